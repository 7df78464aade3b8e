-- The whole schema of today: a new installation runs this, an old one runs the updates.
CREATE TABLE users (
    id SERIAL PRIMARY KEY,
    email TEXT NOT NULL,
    created TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE orders (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    snapshot_id INTEGER,
    created TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE reviews (
    id SERIAL PRIMARY KEY,
    result JSONB
);
