CREATE TYPE order_status AS ENUM ('draft', 'paid', 'InTransit');

CREATE TABLE users (
    id SERIAL PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE,
    name TEXT,
    "type" TEXT NOT NULL DEFAULT 'customer',
    joined_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    reviewer_id INTEGER REFERENCES users (id),
    status order_status NOT NULL DEFAULT 'draft',
    total_cents INTEGER NOT NULL,
    note TEXT,
    placed_at TIMESTAMPTZ
);

CREATE TABLE order_items (
    order_id BIGINT NOT NULL REFERENCES orders (id),
    position SMALLINT NOT NULL,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (order_id, position)
);
