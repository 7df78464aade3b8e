CREATE TABLE payments (id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL); -- want migration-version-conflict "flyway refuses the second"
