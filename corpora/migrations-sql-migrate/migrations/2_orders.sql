-- +migrate Up
CREATE TABLE orders (id integer PRIMARY KEY AUTOINCREMENT, user_id integer NOT NULL REFERENCES users (id), total real);
-- +migrate StatementBegin
CREATE TRIGGER orders_total AFTER INSERT ON orders
BEGIN
    UPDATE orders SET total = 0 WHERE id = new.id AND total IS NULL;
END;
-- +migrate StatementEnd

-- +migrate Down
DROP TABLE orders;
