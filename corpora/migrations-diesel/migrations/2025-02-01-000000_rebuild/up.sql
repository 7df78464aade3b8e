-- The twelve steps of https://www.sqlite.org/lang_altertable.html, section 7.
PRAGMA foreign_keys = OFF;
CREATE TABLE users_new (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT '', email TEXT);
INSERT INTO users_new (id, name) SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- The other way round: the old table steps aside, and takes the keys that point at it along.
ALTER TABLE orders RENAME TO orders_old;
CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, user_id INTEGER NOT NULL, CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL);
INSERT INTO orders SELECT id, user_id FROM orders_old;
DROP TABLE orders_old;
CREATE INDEX orders_by_user ON orders (user_id, id);
PRAGMA foreign_keys = ON;
