CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    name VARCHAR(20) NOT NULL,
    email TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
    is_admin BOOLEAN NOT NULL DEFAULT false,
    settings JSONB,
    tags TEXT[],
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    parent_id BIGINT REFERENCES orders (id),
    state TEXT NOT NULL,
    total INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE items (
    id BIGSERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL
);

CREATE TABLE labels (
    id BIGSERIAL PRIMARY KEY,
    title TEXT NOT NULL
);

CREATE TABLE order_labels (
    order_id BIGINT NOT NULL REFERENCES orders (id),
    label_id BIGINT NOT NULL REFERENCES labels (id),
    PRIMARY KEY (order_id, label_id)
);

CREATE TABLE payments (
    id BIGSERIAL PRIMARY KEY,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL
);

CREATE TABLE transfers (
    id BIGINT PRIMARY KEY REFERENCES payments (id),
    iban TEXT NOT NULL
);

CREATE TABLE remarks (
    id BIGSERIAL PRIMARY KEY,
    body TEXT NOT NULL,
    settings JSONB NOT NULL
);
