"""What cannot succeed, with its evidence; and what must never be accused."""

import pytest

from analyzer.catalog.schema import Schema
from analyzer.facts.migration import Migration
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import replay, replay_unordered
from analyzer.schema.history import Failure


def failures(sql: str, dialect: Dialect = "postgres") -> list[Failure]:
    span = Span("1_shop.sql", 0, len(sql))
    text = Text(span, (LiteralPart(sql, span, ((0, 0),)),))
    steps = replay([Migration(span, "1_shop", "plain", (1,), (text,))], dialect, "main").steps
    return [failure for step in steps for failure in step.failures]


def built(sql: str, dialect: Dialect = "postgres") -> Schema:
    span = Span("1_shop.sql", 0, len(sql))
    text = Text(span, (LiteralPart(sql, span, ((0, 0),)),))
    return replay([Migration(span, "1_shop", "plain", (1,), (text,))], dialect, "main").whole


def messages(sql: str, dialect: Dialect = "postgres") -> list[str]:
    return [failure.message for failure in failures(sql, dialect)]


USERS = "CREATE TABLE users (id int PRIMARY KEY, email text); "


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE TABLE users (id int)", 'table "users" already exists'),
        ("CREATE VIEW users AS SELECT 1", 'table "users" already exists'),
        ("DROP TABLE orders", 'table "orders" does not exist'),
        ("ALTER TABLE users ADD COLUMN email text", 'column "email" of table "users" already exists'),
        ("ALTER TABLE users DROP COLUMN name", 'table "users" has no column "name"'),
        ("ALTER TABLE users RENAME name TO nick", 'table "users" has no column "name"'),
        ("ALTER TABLE users ALTER COLUMN name SET NOT NULL", 'table "users" has no column "name"'),
        ("ALTER TABLE users ADD UNIQUE (name)", 'table "users" has no column "name"'),
        ("CREATE INDEX i ON users (id); CREATE INDEX i ON users (email)", 'index "i" already exists'),
        ("CREATE TYPE t AS ENUM ('a'); CREATE TYPE t AS ENUM ('a')", 'type "t" already exists'),
        ("ALTER TYPE t ADD VALUE 'a'", 'type "t" does not exist'),
        ("CREATE TABLE orders (id int", "a parenthesis is not closed"),
        ("ALTER TABLE users ADD PRIMARY KEY (email)", 'table "users" already has a primary key'),
        ("ALTER TABLE users ALTER id DROP NOT NULL", 'column "id" of table "users" is in a primary key'),
        ("CREATE VIEW v AS SELECT email FROM users; DROP TABLE users", 'view "v" depends on table "users"'),
        (
            "CREATE VIEW v AS SELECT email FROM users; ALTER TABLE users DROP email",
            'view "v" depends on column "email" of table "users"',
        ),
        (
            "CREATE VIEW v AS SELECT id, email FROM users; CREATE OR REPLACE VIEW v AS SELECT email FROM users",
            'view "v" cannot lose or rename column "id"',
        ),
        (
            "CREATE TABLE orders (user_id int REFERENCES users); ALTER TABLE users DROP CONSTRAINT users_pkey",
            'constraint "orders_user_id_fkey" on table "orders" depends on a key of table "users"',
        ),
        ("DROP INDEX users_pkey", 'constraint "users_pkey" of table "users" requires index "users_pkey"'),
        ("CREATE VIEW v AS SELECT 1 FROM orders", 'table "orders" does not exist'),
    ],
)
def test_what_cannot_succeed(sql: str, message: str) -> None:
    assert messages(USERS + sql) == [message]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE IF NOT EXISTS users (id text)",
        "DROP TABLE IF EXISTS orders; DROP INDEX IF EXISTS nothing; DROP TYPE IF EXISTS nothing; DROP VIEW IF EXISTS nothing",
        "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text; ALTER TABLE users DROP COLUMN IF EXISTS name",
        "ALTER TABLE IF EXISTS orders ADD COLUMN a int; ALTER TABLE IF EXISTS orders RENAME TO sales",
        "ALTER TABLE auth.accounts ADD COLUMN a int; CREATE INDEX ON cron.job (a)",
        "CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b; DROP VIEW v",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'orders' || ' (id int)'; END $$; ALTER TABLE orders ADD COLUMN a int",
        "ALTER TABLE users DROP CONSTRAINT users_pkey; ALTER TABLE users ADD PRIMARY KEY (id, email)",
        "CREATE TABLE orders (no int, LIKE users); CREATE INDEX ON orders (email); CREATE INDEX ON orders (ctid)",
        "CREATE TEMP TABLE users (a int); ALTER TABLE users ADD COLUMN b int; DROP TABLE users; DROP TABLE users",
        "CREATE VIEW v AS SELECT email FROM users; ALTER TABLE users DROP email CASCADE; CREATE VIEW v AS SELECT id FROM users",
        "CREATE TABLE orders (user_id int REFERENCES users); DROP TABLE users CASCADE; ALTER TABLE orders DROP CONSTRAINT some_name; DROP TABLE orders",
        "ALTER TABLE users DROP CONSTRAINT old_name; CREATE TABLE orders (id int PRIMARY KEY, u int REFERENCES users); DROP TABLE orders",
        "SET search_path TO archive, public; CREATE TABLE users (no int); ALTER TABLE users DROP no; CREATE INDEX ON public.users (email)",
        "ALTER TABLE users RENAME TO people; CREATE TABLE users (id int); ALTER TABLE people DROP COLUMN email",
    ],
)
def test_what_succeeds(sql: str) -> None:
    assert messages(USERS + sql) == []


def test_evidence_names_the_step_that_took_it_away() -> None:
    sql = USERS + "ALTER TABLE users RENAME COLUMN email TO mail; ALTER TABLE users ALTER COLUMN email SET NOT NULL"
    (failure,) = failures(sql)
    assert failure.related is not None
    span, sentence = failure.related
    assert sql[span.start : span.end] == "ALTER TABLE users RENAME COLUMN email TO mail"
    assert sentence == 'column "email" is renamed to "mail" here'


def test_a_broken_statement_is_the_only_fault() -> None:
    assert messages(USERS + "CREATE TABLE orders (id int,); CREATE INDEX ON orders (id)") == [
        "unexpected ) after a comma"
    ]


def test_names_compare_as_the_dialect_compares() -> None:
    assert messages("CREATE TABLE Users (Id INT, Name TEXT); ALTER TABLE users DROP COLUMN id", "sqlite") == []
    assert messages('CREATE TABLE "Users" (id INT); ALTER TABLE users ADD COLUMN a int', "postgres") == [
        'table "users" does not exist'
    ]


@pytest.mark.parametrize("dialect", ["postgres", "sqlite", "mysql"])
def test_no_order_of_statements_crashes(dialect: Dialect) -> None:
    statements = [
        "CREATE TABLE a (b INT PRIMARY KEY, c INT REFERENCES a (b), UNIQUE (c), CHECK (c > 0))",
        "ALTER TABLE a RENAME TO d",
        "ALTER TABLE d RENAME COLUMN b TO e",
        "CREATE UNIQUE INDEX i ON d (lower(c))",
        "CREATE VIEW v AS SELECT * FROM d",
        "ALTER TABLE d DROP COLUMN c",
        "DROP TABLE d CASCADE",
        "DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$",
    ]
    for start in range(len(statements)):
        failures("; ".join(statements[start:] + statements[:start]), dialect)


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_an_index_of_a_namespace_nobody_made_is_another(dialect: Dialect) -> None:
    sql = (
        "CREATE TABLE orders (id INT, note TEXT); CREATE INDEX by_note ON orders (note);"
        "DROP INDEX IF EXISTS orders.by_note; DROP INDEX orders.by_id;"
    )
    assert not failures(sql, dialect)
    table = built(sql, dialect).table("orders")
    assert table is not None
    assert [index.name for index in table.indexes] == ["by_note"]


def test_files_in_no_order_add_to_tables_of_namespaces_that_come_later() -> None:
    texts = ("ALTER TABLE shop.users ADD PRIMARY KEY (id);", "CREATE SCHEMA shop; CREATE TABLE shop.users (id int);")
    migrations = []
    for name, sql in zip(("keys", "tables"), texts, strict=True):
        span = Span(f"{name}.sql", 0, len(sql))
        text = Text(span, (LiteralPart(sql, span, ((0, 0),)),))
        migrations.append(Migration(span, name, "plain", (name,), (text,)))
    table = replay_unordered(migrations, "postgres", "main").schema.table("users")
    assert table is not None
    assert table.primary_key is not None
