ALTER TABLE users ADD COLUMN country text NOT NULL; -- want required-column-without-default "column \"country\" cannot be added where \"users\" may have rows"
