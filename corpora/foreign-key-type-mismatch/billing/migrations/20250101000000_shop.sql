CREATE TABLE stores (id int(11) unsigned PRIMARY KEY, name varchar(20) UNIQUE);
CREATE TABLE sales (id int PRIMARY KEY, user_id int(10) unsigned, name char(40), FOREIGN KEY (user_id) REFERENCES stores (id), FOREIGN KEY (name) REFERENCES stores (name));
CREATE TABLE returns (
    id int PRIMARY KEY,
    user_id int,
    order_id bigint,
    FOREIGN KEY (user_id) REFERENCES stores (id), -- want foreign-key-type-mismatch "\"returns.user_id\" is int, and \"stores.id\" is int(11) unsigned"
    note text
);
ALTER TABLE returns ADD CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES sales (id); -- want foreign-key-type-mismatch "is bigint"
