-- An example has tables of its own.
CREATE TABLE users (id TEXT PRIMARY KEY, nick TEXT);
CREATE TABLE orders (id TEXT PRIMARY KEY, user_id TEXT);
