CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), total REAL NOT NULL DEFAULT 0);
CREATE INDEX orders_by_user ON orders (user_id);
