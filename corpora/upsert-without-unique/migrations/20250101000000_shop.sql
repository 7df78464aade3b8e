CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    tenant BIGINT NOT NULL,
    deleted_at TIMESTAMPTZ,
    CONSTRAINT users_name_tenant UNIQUE (tenant, name)
);

CREATE UNIQUE INDEX users_email_live ON users (email) WHERE deleted_at IS NULL;
CREATE INDEX users_tenant ON users (tenant);

CREATE TABLE tags (
    id BIGSERIAL PRIMARY KEY,
    label TEXT NOT NULL,
    colour TEXT
);

CREATE UNIQUE INDEX tags_label ON tags (lower(label));

CREATE TABLE visits (day DATE NOT NULL, path TEXT NOT NULL, count INT NOT NULL DEFAULT 0);

CREATE TABLE coupons (id BIGSERIAL PRIMARY KEY, code TEXT NOT NULL);
CREATE SCHEMA north;
CREATE SCHEMA south;
CREATE TABLE north.stock (item TEXT PRIMARY KEY, count INT NOT NULL);
CREATE TABLE south.stock (item TEXT, count INT NOT NULL);
