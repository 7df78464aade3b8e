CREATE TABLE users (id int PRIMARY KEY, email text, name text);
CREATE TABLE roles (id int PRIMARY KEY, name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int, total int, note text);
INSERT INTO roles (id, name) VALUES (1, 'clerk');
