-- +goose Up
CREATE TABLE suppliers (id BIGINT PRIMARY KEY); -- want migration-version-conflict "has the version of"
-- +goose Down
DROP TABLE suppliers;
