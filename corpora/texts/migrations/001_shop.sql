CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, email text, active boolean NOT NULL DEFAULT true);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id), total bigint NOT NULL, created_at timestamptz NOT NULL);
