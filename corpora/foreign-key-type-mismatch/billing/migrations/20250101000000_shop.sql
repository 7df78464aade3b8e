CREATE TABLE users (id int(11) unsigned PRIMARY KEY, name varchar(20) UNIQUE);
CREATE TABLE orders (id int PRIMARY KEY, user_id int(10) unsigned, name char(40), FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (name) REFERENCES users (name));
CREATE TABLE refunds (
    id int PRIMARY KEY,
    user_id int,
    order_id bigint,
    FOREIGN KEY (user_id) REFERENCES users (id), -- want foreign-key-type-mismatch "\"refunds.user_id\" is int, and \"users.id\" is int(11) unsigned"
    note text
);
ALTER TABLE refunds ADD CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders (id); -- want foreign-key-type-mismatch "is bigint"
