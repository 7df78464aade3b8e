DO $$ BEGIN
    CREATE TYPE channel AS ENUM ('web', 'shop');
EXCEPTION
    WHEN duplicate_object THEN null;
END $$;
DO $outer$
DECLARE
    row record;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = 'channel') THEN
        ALTER TABLE orders ADD COLUMN channel channel;
    END IF;
    FOR row IN SELECT id FROM orders LOOP
        UPDATE orders SET channel = 'web' WHERE id = row.id;
    END LOOP;
    IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'people' AND column_name = 'mobile') THEN
        ALTER TABLE people RENAME COLUMN mobile TO cell;
    END IF;
END $outer$;
CREATE FUNCTION add_one(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n + 1; SELECT n + 2; END;
CREATE TABLE warehouses (code text PRIMARY KEY, UNIQUE (code));
CREATE TABLE a_table_whose_name_is_rather_long_for_what_it_holds (a_column_whose_name_is_long_as_well integer UNIQUE REFERENCES queue (id));
ALTER TABLE a_table_whose_name_is_rather_long_for_what_it_holds DROP CONSTRAINT a_table_whose_name_is_rather__a_column_whose_name_is_long_a_key;
DROP TABLE IF EXISTS warehouses, nothing CASCADE;
