CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY); -- want unreachable-migration
DROP TABLE IF EXISTS invoices;
DROP INDEX IF EXISTS orders_by_note;
CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
INSERT INTO users_new (id, email) SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
CREATE INDEX users_by_name ON users (name);
-- The runner's own table is there before anything runs.
ALTER TABLE _sqlx_migrations ADD COLUMN applied_by TEXT;
