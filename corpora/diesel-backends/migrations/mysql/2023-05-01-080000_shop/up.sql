CREATE TABLE users (
    uuid CHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE,
    is_admin BOOLEAN NOT NULL DEFAULT 0,
    created_at DATETIME NOT NULL
);

CREATE TABLE orders (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_uuid CHAR(36) NOT NULL,
    total INTEGER NOT NULL,
    note TEXT,
    FOREIGN KEY (user_uuid) REFERENCES users (uuid)
);

CREATE TABLE wishes (
    user_uuid CHAR(36) NOT NULL,
    sku VARCHAR(40) NOT NULL,
    UNIQUE (sku, user_uuid)
);
