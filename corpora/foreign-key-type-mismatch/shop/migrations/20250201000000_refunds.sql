CREATE TABLE refunds (
    id uuid PRIMARY KEY,
    user_id text REFERENCES users (id), -- want foreign-key-type-mismatch "\"refunds.user_id\" is text, and \"users.id\" is serial"
    note text
);
ALTER TABLE refunds ADD COLUMN account varchar(36) REFERENCES users (account); -- want foreign-key-type-mismatch "is varchar(36), and \"users.account\" is uuid"
ALTER TABLE refunds ADD COLUMN state text REFERENCES users (state); -- want foreign-key-type-mismatch "is text, and \"users.state\" is status"
-- Two columns of one table may change together; a key of another table stands in the way.
CREATE TABLE categories (id int PRIMARY KEY, parent_id int REFERENCES categories (id));
ALTER TABLE categories ALTER COLUMN id TYPE text, ALTER COLUMN parent_id TYPE text;
ALTER TABLE users ALTER COLUMN id TYPE text; -- want foreign-key-type-mismatch "\"orders.user_id\" is integer, and \"users.id\" is text"
