-- migrate:up
ALTER TABLE orders ADD COLUMN user_id bigint NOT NULL REFERENCES users (id); -- want required-column-without-default

-- migrate:down
ALTER TABLE orders DROP COLUMN user_id;
