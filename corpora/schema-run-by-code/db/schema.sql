-- Of the time when the shop ran on PostgreSQL.
CREATE TABLE users (id SERIAL PRIMARY KEY, email VARCHAR(200) NOT NULL, screen_name TEXT);
CREATE TABLE orders (id SERIAL PRIMARY KEY, user_id INT NOT NULL, total NUMERIC);
CREATE TABLE resets (token TEXT PRIMARY KEY, user_id INT NOT NULL);
