CREATE TABLE users (
    uuid TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    is_admin BOOLEAN NOT NULL DEFAULT 0,
    created_at DATETIME NOT NULL
);

CREATE TABLE orders (
    id INTEGER NOT NULL PRIMARY KEY,
    user_uuid TEXT NOT NULL REFERENCES users (uuid),
    total INTEGER NOT NULL,
    note TEXT
);

CREATE TABLE wishes (
    user_uuid TEXT NOT NULL,
    sku TEXT NOT NULL
);
