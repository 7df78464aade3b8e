ALTER TABLE orders ADD CONSTRAINT orders_status CHECK (status IN ('draft', 'sent')) NOT VALID; -- want unregistered-migration "2_status"
