ALTER TABLE users ADD COLUMN phone TEXT; -- want unregistered-migration "column \"users.phone\""
