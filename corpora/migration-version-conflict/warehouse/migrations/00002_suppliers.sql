-- +goose Up -- want migration-version-conflict "goose refuses the second"
CREATE TABLE suppliers (id BIGINT PRIMARY KEY);
-- +goose Down
DROP TABLE suppliers;
