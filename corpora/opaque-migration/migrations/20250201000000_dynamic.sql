-- A block without definitions changes no schema.
DO $$
BEGIN
    UPDATE users SET email = lower(email);
END $$;

-- A guarded definition is read.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'name') THEN
        ALTER TABLE users ADD COLUMN name TEXT;
    END IF;
END $$;
CREATE INDEX users_by_name ON users (name);

DO $$
BEGIN
    EXECUTE 'ALTER TABLE orders ADD COLUMN ' || 'status' || ' TEXT'; -- want opaque-migration "nothing is said of \"orders\""
END $$;
CREATE INDEX orders_by_status ON orders (status);
