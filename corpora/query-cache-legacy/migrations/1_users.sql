CREATE TABLE users (
    id BIGINT PRIMARY KEY,
    email TEXT NOT NULL
);

CREATE TABLE orders (id BIGINT PRIMARY KEY);
DO $$
BEGIN
    EXECUTE 'ALTER TABLE orders ADD COLUMN ' || 'total' || ' INTEGER'; -- want opaque-migration "nothing is said of \"orders\""
END $$;
