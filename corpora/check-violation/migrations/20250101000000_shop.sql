CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE DOMAIN rating AS INT CHECK (VALUE BETWEEN 1 AND 5);

CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    email TEXT NOT NULL CHECK (length(email) <= 20),
    mood mood NOT NULL DEFAULT 'happy',
    role TEXT CHECK (role IN ('admin', 'member')),
    born INT,
    died INT,
    CHECK (born IS NULL OR died IS NULL OR born < died)
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    status TEXT NOT NULL DEFAULT 'draft',
    quantity INT NOT NULL CHECK (quantity > 0 AND quantity <= 99),
    stars rating,
    kind TEXT NOT NULL DEFAULT 'retail',
    deleted_at TIMESTAMPTZ,
    CONSTRAINT orders_status CHECK (status IN ('draft', 'sent')),
    CONSTRAINT orders_kind CHECK (deleted_at IS NULL OR kind IN ('retail', 'trade'))
);
