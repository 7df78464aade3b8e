CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL); -- want migration-version-conflict "flyway refuses the second"
