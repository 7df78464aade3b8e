CREATE EXTENSION IF NOT EXISTS plpgsql;
CREATE DOMAIN email_address AS text CHECK (VALUE ~ '@');
CREATE TYPE order_status AS ENUM ('draft', 'sent');
CREATE TYPE money_amount AS (amount numeric, currency char(3));
CREATE TABLE users (
    id serial PRIMARY KEY,
    email email_address NOT NULL,
    login varchar(40) CONSTRAINT login_is_unique UNIQUE,
    score double precision NOT NULL DEFAULT 0.0 CHECK (score >= 0),
    seen timestamp(3) with time zone,
    tags text[] NOT NULL DEFAULT ARRAY[]::text[],
    matrix integer[][],
    profile jsonb DEFAULT '{"a": [1, 2]}'::jsonb NOT NULL,
    manager_id integer REFERENCES users ON DELETE SET NULL,
    full_name text GENERATED ALWAYS AS (coalesce(login, '') || ' ') STORED,
    born date, wake time without time zone, bits bit varying(5), flag boolean DEFAULT true,
    UNIQUE (email, login),
    CHECK (score < 100)
);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id integer NOT NULL,
    status order_status NOT NULL DEFAULT 'draft',
    amount money_amount,
    span interval DAY TO SECOND,
    placed timestamptz NOT NULL DEFAULT (now() AT TIME ZONE 'utc'),
    CONSTRAINT to_user FOREIGN KEY (user_id) REFERENCES users (id) MATCH SIMPLE ON UPDATE CASCADE ON DELETE CASCADE NOT DEFERRABLE,
    EXCLUDE USING btree (id WITH =)
);
CREATE TABLE order_copies (LIKE orders INCLUDING ALL, copied_at timestamptz);
CREATE TABLE staff (badge text UNIQUE) INHERITS (users);
CREATE TABLE events (id bigint NOT NULL, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE queue (id int, payload bytea);
CREATE UNLOGGED TABLE jobs (id int);
CREATE TEMPORARY TABLE scratch (id int) ON COMMIT DROP;
CREATE UNIQUE INDEX ON users (lower(login), score DESC NULLS LAST) INCLUDE (born) WHERE flag;
CREATE INDEX ON orders (user_id, status);
CREATE INDEX users_by_tag ON users USING gin (tags array_ops);
CREATE MATERIALIZED VIEW totals (user_id, orders) AS SELECT user_id, count(*) FROM orders GROUP BY user_id WITH NO DATA;
CREATE VIEW recent AS SELECT * FROM orders WHERE placed > now() - interval '1 day';
