CREATE DOMAIN stage AS text DEFAULT 'new';
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);
CREATE TABLE roles (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, note text);
INSERT INTO roles (id, name) VALUES (1, 'admin'), (2, 'clerk');
