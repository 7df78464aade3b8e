-- +goose Up
CREATE TABLE users (id serial PRIMARY KEY, seen timestamptz);
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION touch() RETURNS trigger AS $body$
BEGIN
    NEW.seen := now();
    RETURN NEW;
END;
$body$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER touch_users BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();

-- +goose Down
DROP TABLE users;
