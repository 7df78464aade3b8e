-- migrate:up
ALTER TABLE orders ADD COLUMN user_id bigint NOT NULL REFERENCES users (id);

-- migrate:down
ALTER TABLE orders DROP COLUMN user_id;
