CREATE TABLE orders (id int PRIMARY KEY, code varchar(36));
ALTER TABLE orders MODIFY COLUMN code int;
