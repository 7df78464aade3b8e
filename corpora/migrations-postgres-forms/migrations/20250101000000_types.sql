CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
CREATE TYPE mood AS ENUM ('fine', 'bad');
CREATE TYPE "order" AS ENUM ();
CREATE TYPE address AS (street varchar(40), zip char(5));
CREATE DOMAIN amount AS numeric(10, 2) DEFAULT 0 CHECK (VALUE >= 0) CONSTRAINT not_too_much CHECK (VALUE < 1000);
CREATE TABLE people (
    id serial PRIMARY KEY,
    "roles" "Role"[] NOT NULL DEFAULT ARRAY['USER']::"Role"[],
    mood mood DEFAULT 'bad',
    worst mood[],
    odd "order",
    home address,
    spent amount,
    a float(10), b float(30), c numeric(7), d dec(4, 1), e bit, f bit varying(5), g char, h bpchar, i national character varying(8),
    j timestamp(3), k timestamptz(0)[], l time(2) with time zone, m interval day to second(3), n interval(2), o int array[3], p "char",
    q varchar(5)[][], r pg_catalog.int4, s interval year to month, t nchar(2), v name,
    CHECK (mood <> 'bad' OR spent IS NULL)
);
CREATE INDEX ON people (mood) WHERE mood = 'bad';
ALTER TYPE mood RENAME VALUE 'bad' TO 'awful';
ALTER TYPE mood ADD VALUE 'so-so' BEFORE 'awful';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great' AFTER 'fine';
ALTER TYPE address ADD ATTRIBUTE city text, DROP ATTRIBUTE zip;
ALTER TYPE address RENAME ATTRIBUTE street TO line;
CREATE TABLE addresses OF address (line NOT NULL, PRIMARY KEY (line));
ALTER TYPE address ADD ATTRIBUTE country char(2) CASCADE;
ALTER DOMAIN amount ADD CHECK (VALUE <> 7) NOT VALID;
ALTER DOMAIN amount SET NOT NULL;
ALTER DOMAIN amount DROP DEFAULT;
ALTER DOMAIN amount RENAME CONSTRAINT not_too_much TO limited;
CREATE TYPE gone AS ENUM ('a');
ALTER TABLE people ADD COLUMN u gone;
DROP TYPE gone CASCADE;
