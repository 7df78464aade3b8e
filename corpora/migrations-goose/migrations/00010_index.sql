-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY users_by_mail ON users (email);

-- +goose Down
DROP INDEX users_by_mail;
