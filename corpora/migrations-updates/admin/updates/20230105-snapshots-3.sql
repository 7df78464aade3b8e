ALTER TABLE orders DROP COLUMN cart_id;
