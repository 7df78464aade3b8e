ALTER TABLE roles ADD COLUMN rank int NOT NULL; -- want required-column-without-default "column \"rank\" cannot be added where \"roles\" has rows: it is NOT NULL and has no default"
ALTER TABLE users ADD COLUMN name text NOT NULL; -- want required-column-without-default "where \"users\" may have rows"
-- These fill themselves, or may stay empty.
ALTER TABLE users ADD COLUMN number bigserial NOT NULL;
ALTER TABLE users ADD COLUMN code int GENERATED ALWAYS AS IDENTITY;
ALTER TABLE users ADD COLUMN joined timestamptz NOT NULL DEFAULT now();
ALTER TABLE users ADD COLUMN stage stage NOT NULL;
ALTER TABLE users ADD COLUMN nick text;
-- Emptied, or made here.
TRUNCATE TABLE orders;
ALTER TABLE orders ADD COLUMN total int NOT NULL;
CREATE TABLE carts (id int PRIMARY KEY);
ALTER TABLE carts ADD COLUMN total int NOT NULL;
