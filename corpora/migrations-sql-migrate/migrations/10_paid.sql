-- +migrate Up notransaction
ALTER TABLE orders ADD COLUMN paid integer NOT NULL DEFAULT 0;

-- +migrate Down
ALTER TABLE orders DROP COLUMN paid;
