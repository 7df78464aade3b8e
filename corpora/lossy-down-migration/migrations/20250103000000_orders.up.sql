CREATE TABLE orders (id int PRIMARY KEY); ALTER TABLE users ADD COLUMN age int;
