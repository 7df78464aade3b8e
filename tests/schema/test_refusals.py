"""What engines refuse, asked of the engines: the last statement of each row fails there if, and only if, it fails here."""

import sqlite3
from typing import Any

import psycopg
import pytest

from tests.schema.test_fold import failures

_TYPES = "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TYPE kind AS ENUM ('a'); CREATE DOMAIN email AS text; CREATE DOMAIN number AS int"
_SHOP = "CREATE TABLE orders (id int, note text, placed timestamptz, billed timestamp, day date, state mood, tags text[], extra jsonb)"
_KEYS = [
    ("uuid", "varchar"), ("int", "bigint"), ("bigint", "int"), ("int", "text"), ("text", "varchar(9)"), ("mood", "text"), ("text", "mood"), ("mood", "mood"),
    ("mood", "kind"), ("email", "varchar"), ("number", "int"), ("number", "email"), ("numeric", "int"), ("int", "numeric"), ("date", "timestamptz"),
    ("serial", "int"), ("boolean", "int"), ("uuid", "uuid"), ("inet", "text"), ("interval", "time"), ("float8", "numeric"), ("numeric", "float8"),
]  # fmt: skip
_CASTS = [
    ("varchar", "uuid"), ("text", "int"), ("text", "mood"), ("varchar(5)", "jsonb"), ("int", "boolean"), ("boolean", "int"), ("int", "text"), ("bigint", "int"),
    ("mood", "text"), ("mood", "kind"), ("mood", "int"), ("email", "int"), ("text", "email"), ("text", "number"), ("json", "jsonb"), ("jsonb", "text"),
    ("timestamp", "date"), ("date", "timestamptz"), ("text", "date"), ("int", "timestamp"), ("uuid", "text"), ("bytea", "text"), ("text", "bytea"),
    ("float8", "numeric"), ("timestamptz", "time"), ("interval", "int"), ("varchar[]", "text[]"),
]  # fmt: skip
_EXPRESSIONS = [
    "now()", "current_timestamp", "CURRENT_DATE", "random()", "placed::date", "(placed)::date", "date(placed)", "CAST(placed AS date)", "date(billed)",
    "date_trunc('day', placed)", "date_trunc('day', placed, 'UTC')", "date_trunc('day', billed)", "placed::text", "note::date", "note::timestamptz",
    "day::timestamptz", "billed::text", "id::text", "concat(note, 'a')", "note || 'a'", "lower(note)", "to_char(billed, 'YYYY')", "coalesce(placed, now())",
    "extract(year FROM placed)", "extract(year FROM billed)", "(placed AT TIME ZONE 'UTC')::date", "CAST(placed AT TIME ZONE 'UTC' AS date)", "state::text",
    "array_to_string(tags, ',')", "billed::date", "note::int", "note::jsonb", "jsonb_build_object('a', id)", "extra ->> 'a'", "pg_catalog.now()",
    "'2024-01-01'::timestamptz", "timezone('UTC', placed)", "note || 'now()'", "date_part('year', placed)",
]  # fmt: skip
_POSTGRES = [
    *((f"CREATE TABLE users (id {key} PRIMARY KEY)", f"CREATE TABLE sales (user_id {type_} REFERENCES users)") for key, type_ in _KEYS),
    *((f"CREATE TABLE users (id {old})", f"ALTER TABLE users ALTER COLUMN id TYPE {new}") for old, new in _CASTS),
    *((_SHOP, f"CREATE INDEX by_it ON orders (id) WHERE ({sql}) IS NOT NULL") for sql in _EXPRESSIONS),
    *((_SHOP, f"CREATE INDEX by_it ON orders (({sql}))") for sql in _EXPRESSIONS),
    ("CREATE TABLE users (id text DEFAULT 'a')", "ALTER TABLE users ALTER id TYPE mood USING id::mood"),
    ("CREATE TABLE users (id text DEFAULT NULL)", "ALTER TABLE users ALTER id TYPE mood USING id::mood"),
    ("CREATE TABLE users (id text DEFAULT '1')", "ALTER TABLE users ALTER id TYPE int USING id::int, ALTER id DROP DEFAULT"),
    ("CREATE TABLE users (id text DEFAULT '1')", "ALTER TABLE users ALTER id TYPE int USING id::int, ALTER id SET DEFAULT 1"),
    ("CREATE TABLE users (id varchar DEFAULT gen_random_uuid())", "ALTER TABLE users ALTER id TYPE uuid USING id::uuid"),
    ("CREATE TABLE users (id int)", "CREATE TABLE sales (user_id int REFERENCES users)"),
    ("CREATE TABLE users (id int)", "CREATE TABLE sales (user_id int REFERENCES users (id))"),
    ("CREATE TABLE users (id int); CREATE UNIQUE INDEX one ON users (id)", "CREATE TABLE sales (user_id int REFERENCES users (id))"),
    ("CREATE TABLE users (id int); CREATE UNIQUE INDEX one ON users (id) WHERE id > 1", "CREATE TABLE sales (user_id int REFERENCES users (id))"),
    ("CREATE TABLE users (id int, no int, UNIQUE (id, no))", "CREATE TABLE sales (a int, b int, FOREIGN KEY (b, a) REFERENCES users (no, id))"),
    ("SELECT 1", "CREATE TABLE sales (user_id int REFERENCES users)"),
    ("SELECT 1", "CREATE TABLE users (id int PRIMARY KEY, friend int REFERENCES users)"),
    ("SELECT 1", "CREATE TABLE users (id int, id text)"),
    ("SELECT 1", "CREATE TABLE users (id int PRIMARY KEY, no int PRIMARY KEY)"),
    ("SELECT 1", "CREATE TABLE users (id int, UNIQUE (number))"),
    ("SELECT 1", "CREATE TABLE users (id int, FOREIGN KEY (number) REFERENCES users (id))"),
    ("CREATE TABLE users (id int PRIMARY KEY)", "ALTER TABLE users ADD PRIMARY KEY (id)"),
    ("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE sales (user_id int REFERENCES users)", "ALTER TABLE users ALTER id TYPE text"),
    ("CREATE TABLE users (id int PRIMARY KEY, friend int REFERENCES users)", "ALTER TABLE users ALTER id TYPE text, ALTER friend TYPE text"),
]  # fmt: skip
_SQLITE = [
    *(("CREATE TABLE parcels (id int)", f"ALTER TABLE parcels ADD COLUMN code {rest}") for rest in (
        "int PRIMARY KEY", "int UNIQUE", "int NOT NULL DEFAULT 1", "int CHECK (code > 1)", "text DEFAULT 'a'",
    )),
    ("CREATE TABLE parcels (id int PRIMARY KEY, code int)", "ALTER TABLE parcels DROP COLUMN id"),
    ("CREATE TABLE parcels (id int, code int UNIQUE)", "ALTER TABLE parcels DROP COLUMN code"),
    ("CREATE TABLE parcels (id int, code int); CREATE INDEX by_code ON parcels (code)", "ALTER TABLE parcels DROP COLUMN code"),
    ("CREATE TABLE parcels (id int, code int); CREATE INDEX by_code ON parcels (id) WHERE code > 1", "ALTER TABLE parcels DROP COLUMN code"),
    ("CREATE TABLE parcels (id int, code int); CREATE INDEX by_code ON parcels (lower(code))", "ALTER TABLE parcels DROP COLUMN code"),
    ("CREATE TABLE parcels (id int, code int CHECK (code > 1))", "ALTER TABLE parcels DROP COLUMN code"),
    ("CREATE TABLE parcels (id int PRIMARY KEY, code int REFERENCES parcels (id))", "ALTER TABLE parcels DROP COLUMN code"),
    ("SELECT 1", "CREATE TABLE parcels (id int, ID text)"),
    ("SELECT 1", "CREATE TABLE parcels (id int PRIMARY KEY, no int PRIMARY KEY)"),
    ("SELECT 1", "CREATE TABLE parcels (id int, UNIQUE (number))"),
    ("SELECT 1", "CREATE TABLE parcels (id int, depot int REFERENCES depots (id))"),
]  # fmt: skip


def test_postgres_refuses_what_we_say(fresh_postgres: "psycopg.Connection[Any]") -> None:
    differing = []
    for before, statement in _POSTGRES:
        fresh_postgres.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        fresh_postgres.execute(f"{_TYPES}; {before}")
        try:
            fresh_postgres.execute(statement)
        except psycopg.Error as error:
            answer = str(error).splitlines()[0]
        else:
            answer = ""
        ours = failures(f"{_TYPES}; {before}; {statement};")
        if bool(answer) != bool(ours):
            differing.append((before, statement, answer, [failure.message for failure in ours]))
    assert differing == []


@pytest.mark.parametrize(("before", "statement"), _SQLITE)
def test_sqlite_refuses_what_we_say(before: str, statement: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(before)
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        answer = str(error)
    else:
        answer = ""
    ours = failures(f"{before}; {statement};", "sqlite")
    assert bool(answer) == bool(ours), (answer, ours)
