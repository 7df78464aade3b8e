SET FOREIGN_KEY_CHECKS = 0;
CREATE TABLE orders (id int PRIMARY KEY, user_id int, FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE users (id int PRIMARY KEY, team int, KEY by_team (team));
SET FOREIGN_KEY_CHECKS = 1;
