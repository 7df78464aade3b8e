-- +migrate Up
CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT, email text NOT NULL);

-- +migrate Down
DROP TABLE users;
