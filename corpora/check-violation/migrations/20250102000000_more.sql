ALTER TYPE mood ADD VALUE 'calm';
ALTER TABLE orders DROP CONSTRAINT orders_status;
ALTER TABLE orders ADD CONSTRAINT orders_status CHECK (status IN ('draft', 'sent', 'paid')) NOT VALID;
