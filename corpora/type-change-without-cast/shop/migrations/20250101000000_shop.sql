CREATE TYPE status AS ENUM ('open', 'done');
CREATE TABLE orders (
    id int PRIMARY KEY,
    code varchar(36),
    total integer DEFAULT 0,
    state text DEFAULT 'open',
    phase text DEFAULT 'open',
    note varchar(10) DEFAULT 'x',
    tags varchar[],
    stamp varchar DEFAULT gen_random_uuid()
);
-- These PostgreSQL converts by itself, or is told how.
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
ALTER TABLE orders ALTER COLUMN note TYPE text;
ALTER TABLE orders ALTER COLUMN tags TYPE text[];
ALTER TABLE orders ALTER COLUMN stamp TYPE uuid USING stamp::uuid;
ALTER TABLE orders ALTER COLUMN phase TYPE status USING phase::status, ALTER COLUMN phase DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN phase TYPE text;
