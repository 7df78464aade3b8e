CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    shop_id BIGINT NOT NULL,
    name VARCHAR(20) NOT NULL,
    email TEXT NOT NULL UNIQUE
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    shop_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    state TEXT NOT NULL
);

CREATE TABLE items (
    id BIGSERIAL PRIMARY KEY,
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL,
    rank INTEGER NOT NULL,
    code TEXT NOT NULL
);

CREATE TABLE labels (
    id BIGSERIAL PRIMARY KEY,
    title TEXT NOT NULL,
    code INTEGER NOT NULL,
    archived BOOLEAN NOT NULL DEFAULT false
);
