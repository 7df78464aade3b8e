CREATE TYPE order_status AS ENUM ('draft', 'sent');
CREATE DOMAIN sku AS VARCHAR(20);

CREATE TABLE users (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    legacy_id VARCHAR(36),
    age SMALLINT,
    tags TEXT[] NOT NULL DEFAULT '{}',
    settings JSONB,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    status order_status NOT NULL,
    item sku NOT NULL,
    total NUMERIC(10, 2) NOT NULL,
    placed DATE NOT NULL
);
