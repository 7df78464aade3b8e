DROP TABLE wishes;
DROP TABLE orders;
DROP TABLE users;
