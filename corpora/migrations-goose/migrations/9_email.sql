-- +goose Up
ALTER TABLE users ADD COLUMN email text NOT NULL; -- want required-column-without-default

-- +goose Down
ALTER TABLE users DROP COLUMN email;
