CREATE TABLE orders (
    id int PRIMARY KEY,
    state text NOT NULL,
    placed timestamptz NOT NULL,
    billed timestamp,
    total numeric
);
CREATE TABLE events (id int, note text, placed timestamptz);
-- What depends on the row alone may be indexed; a check may be anything.
CREATE INDEX orders_open ON orders (placed) WHERE state = 'open' AND placed > '2024-01-01'::timestamptz;
CREATE INDEX orders_by_day ON orders ((billed::date), (placed AT TIME ZONE 'UTC'));
CREATE INDEX orders_by_utc_day ON orders (((placed AT TIME ZONE 'UTC')::date), lower(state), (total::text));
CREATE INDEX orders_by_month ON orders (date_trunc('month', billed), (extract(year from billed)));
ALTER TABLE events ADD CHECK (placed < now());
CREATE FUNCTION concat(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $2';
CREATE INDEX orders_named ON orders (concat(state, state));
