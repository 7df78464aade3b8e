CREATE TYPE order_state AS ENUM ('draft', 'sent');
CREATE DOMAIN channel AS TEXT CHECK (VALUE IN ('web', 'shop'));

CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('guest', 'member', 'owner')),
    level INTEGER NOT NULL CHECK (level IN (1, 2, 3)),
    theme TEXT NOT NULL DEFAULT 'light',
    country TEXT NOT NULL
);

CREATE TABLE kinds (
    name TEXT PRIMARY KEY
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users(id),
    state order_state NOT NULL DEFAULT 'draft',
    channel channel NOT NULL DEFAULT 'web',
    kind TEXT NOT NULL REFERENCES kinds(name),
    payment TEXT NOT NULL CONSTRAINT payment_is_known CHECK (payment IN ('card', 'cash')),
    size TEXT NOT NULL,
    CHECK (length(size) < 3)
);
