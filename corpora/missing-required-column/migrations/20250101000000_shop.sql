CREATE DOMAIN currency AS TEXT DEFAULT 'EUR';

CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    nick TEXT,
    token UUID NOT NULL DEFAULT gen_random_uuid(),
    upper_name TEXT NOT NULL GENERATED ALWAYS AS (upper(name)) STORED,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE orders (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users(id),
    status TEXT NOT NULL DEFAULT 'draft',
    currency currency NOT NULL,
    total NUMERIC(12, 2) NOT NULL
);

CREATE TABLE audits (
    id BIGSERIAL PRIMARY KEY,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL
);

CREATE TABLE imports (
    id BIGSERIAL PRIMARY KEY,
    source TEXT NOT NULL,
    batch TEXT NOT NULL
);

CREATE FUNCTION fill_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.slug := lower(NEW.name);
    RETURN NEW;
END
$$;

CREATE TRIGGER users_slug BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION fill_slug();
CREATE TRIGGER audits_actor BEFORE INSERT ON audits FOR EACH ROW EXECUTE FUNCTION audit_extension_fill();
