-- Every spelling of a key that SQLite knows.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    "display name" VARCHAR(80),
    [role] TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'editor', 'owner')),
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    nickname
);
CREATE TABLE orders (
    number TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    total REAL NOT NULL DEFAULT (0),
    tax REAL GENERATED ALWAYS AS (total * 0.2) STORED,
    label TEXT AS (number || '-' || user_id)
) STRICT;
CREATE TABLE order_lines (
    order_number TEXT NOT NULL,
    position INT NOT NULL,
    sku TEXT,
    PRIMARY KEY (order_number, position)
    CONSTRAINT to_order FOREIGN KEY (order_number) REFERENCES orders
    CHECK (position > 0)
) WITHOUT ROWID;
CREATE TABLE tags (id INTEGER PRIMARY KEY DESC, name TEXT, UNIQUE (name) ON CONFLICT IGNORE);
CREATE TABLE days (day INTEGER, PRIMARY KEY (day));
CREATE UNIQUE INDEX IF NOT EXISTS users_by_role ON users (role, lower(email)) WHERE role <> 'owner';
CREATE INDEX main.orders_by_user ON orders (user_id DESC);
CREATE VIEW spenders AS SELECT user_id, sum(total) AS spent FROM orders GROUP BY user_id;
CREATE TRIGGER lines_follow AFTER DELETE ON orders
BEGIN
    DELETE FROM order_lines WHERE order_number = OLD.number;
    UPDATE users SET role = CASE WHEN role = 'owner' THEN 'owner' ELSE 'reader' END WHERE id = OLD.user_id;
END;
