ALTER TABLE users RENAME COLUMN name TO display_name;
ALTER TABLE orders ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
ALTER TABLE orders DROP COLUMN note;
CREATE VIRTUAL TABLE orders_search USING fts5(status, note);
CREATE VIEW totals AS SELECT user_id, SUM(total) AS spent FROM orders GROUP BY user_id;
