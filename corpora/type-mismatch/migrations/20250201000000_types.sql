CREATE TYPE parcel_state AS ENUM ('packed', 'sent');
CREATE DOMAIN email AS TEXT CHECK (VALUE LIKE '%@%');
CREATE DOMAIN points AS BIGINT;

CREATE TABLE parcels (
    id UUID PRIMARY KEY,
    state parcel_state NOT NULL,
    contact email NOT NULL,
    score points NOT NULL,
    tags TEXT[] NOT NULL,
    weights BIGINT[] NOT NULL,
    labels JSONB NOT NULL,
    seen_from INET NOT NULL,
    held INTERVAL NOT NULL,
    seal BYTEA NOT NULL,
    due DATE NOT NULL,
    opened TIMESTAMP NOT NULL,
    count SMALLINT NOT NULL,
    ratio REAL NOT NULL,
    attempts INTEGER NOT NULL
);
