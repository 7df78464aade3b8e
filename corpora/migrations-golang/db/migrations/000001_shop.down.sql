DROP TABLE orders, users;
