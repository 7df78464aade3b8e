CREATE TABLE users (
    uuid CHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE,
    is_admin BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    user_uuid CHAR(36) NOT NULL REFERENCES users (uuid),
    total INTEGER NOT NULL,
    note TEXT
);

CREATE TABLE wishes (
    user_uuid CHAR(36) NOT NULL,
    sku VARCHAR(40) NOT NULL,
    PRIMARY KEY (user_uuid, sku)
);
