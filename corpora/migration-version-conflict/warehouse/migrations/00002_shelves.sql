-- +goose Up
CREATE TABLE shelves (id BIGINT PRIMARY KEY);
-- +goose Down
DROP TABLE shelves;
