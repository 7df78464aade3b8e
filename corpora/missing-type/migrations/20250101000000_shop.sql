CREATE TYPE order_status AS ENUM ('draft', 'sent');
CREATE DOMAIN sku AS TEXT;
CREATE TYPE money_amount AS (currency TEXT, amount NUMERIC);
CREATE TABLE orders (id BIGSERIAL PRIMARY KEY, status order_status NOT NULL, item sku NOT NULL);
