CREATE DOMAIN country AS CHAR(2);

CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    name VARCHAR(10) NOT NULL,
    land country,
    bio TEXT,
    code CHAR(3)
);
