CREATE TABLE users (id int PRIMARY KEY, email varchar(200) UNIQUE, name text);
