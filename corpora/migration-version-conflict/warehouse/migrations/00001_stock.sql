-- +goose Up
CREATE TABLE stock (id BIGINT PRIMARY KEY, sku TEXT NOT NULL);
-- +goose Down
DROP TABLE stock;
