"""The statements that `schema --format sql` prints build the schema they were printed of, in the engines themselves."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.migration import Migration
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.report.ddl import schema_sql
from analyzer.schema.compare import compare
from analyzer.schema.fold.replay import replay
from tests.corpus import CORPORA
from tests.schema.building import build
from tests.schema.engines.postgres import engine_lines, replayed_lines
from tests.schema.engines.shapes import TableShape
from tests.schema.engines.sqlite import sqlite_shapes
from tests.schema.replaying import corpora, replayed, scripts

_POSTGRES = """
CREATE EXTENSION IF NOT EXISTS plpgsql;
CREATE SCHEMA billing;
CREATE TYPE mood AS ENUM ('good', 'it''s bad');
CREATE TYPE money_amount AS (amount numeric, currency char(3));
CREATE DOMAIN email AS varchar(200) DEFAULT 'none' NOT NULL CHECK (value <> '');
CREATE FUNCTION made_up(n int) RETURNS int LANGUAGE sql AS 'SELECT n';
CREATE TABLE users (id bigserial PRIMARY KEY, "Full Name" text COLLATE "C", mail email, mood mood DEFAULT 'good', paid money_amount,
  short text GENERATED ALWAYS AS (left("Full Name", 3)) STORED, code int GENERATED ALWAYS AS IDENTITY, UNIQUE NULLS NOT DISTINCT (code),
  number int DEFAULT made_up(3), CHECK (number > 0 AND "Full Name" NOT LIKE '%x'));
CREATE TABLE billing.orders (id int, shop int, user_id bigint REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
  price numeric(10,2) DEFAULT '0', made timestamptz(3) NOT NULL DEFAULT now(), tags text[] DEFAULT '{}', PRIMARY KEY (shop, id));
CREATE INDEX by_name ON users (lower("Full Name") text_pattern_ops DESC NULLS LAST, id) INCLUDE (mood) WHERE mood = 'good';
CREATE INDEX tagged ON billing.orders USING gin (tags);
CREATE UNIQUE INDEX once ON billing.orders (user_id) NULLS NOT DISTINCT;
CREATE INDEX made_ups ON users (number);
CREATE VIEW names AS SELECT "Full Name" AS name FROM users;
CREATE VIEW long_names AS SELECT name FROM names WHERE length(name) > 3;
CREATE MATERIALIZED VIEW spent AS SELECT user_id, sum(price) AS total FROM billing.orders GROUP BY 1;
"""


def test_postgres_builds_what_is_printed(fresh_postgres: "psycopg.Connection[Any]") -> None:
    (history,) = build({"migrations/0001_begin.sql": _POSTGRES})
    printed = schema_sql([history.schema])
    fresh_postgres.execute(printed)
    theirs, ours = _lines(fresh_postgres, history.schema)
    # What calls a function of the schema's own is a comment.
    assert [line for line in ours - theirs if ".number " not in line] == []
    assert [line for line in theirs - ours if ".number " not in line] == []
    views = fresh_postgres.execute("SELECT count(*) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace")  # fmt: skip
    assert views.fetchone() == (3,)
    assert "/* made_up(3) calls made_up */" in printed


@pytest.mark.parametrize("name", corpora(dialect="postgres"))
def test_postgres_builds_every_corpus_again(name: str, fresh_postgres: "psycopg.Connection[Any]") -> None:
    schema = replayed(name).schema
    fresh_postgres.execute(schema_sql([schema]))
    theirs, ours = _lines(fresh_postgres, schema)
    assert (sorted(theirs - ours), sorted(ours - theirs)) == ([], [])


@pytest.mark.parametrize("name", corpora(dialect="sqlite"))
def test_sqlite_builds_every_corpus_again(name: str) -> None:
    """Beside what the migrations themselves build: SQLite's shapes have not all that ours have."""
    history = replayed(name)
    with closing(sqlite3.connect(":memory:")) as again, closing(sqlite3.connect(":memory:")) as first:
        again.executescript(schema_sql([history.schema]))
        for script in scripts(history):
            first.executescript(script)
        assert _loose(sqlite_shapes(again)) == _loose(sqlite_shapes(first))


def _lines(connection: "psycopg.Connection[Any]", schema: Schema) -> tuple[frozenset[str], frozenset[str]]:
    connection.execute("RESET search_path")
    return engine_lines(connection), replayed_lines(schema)


@pytest.mark.parametrize("name", sorted(path.name for path in CORPORA.glob("migrations-*")))
def test_what_is_printed_is_read_as_the_same_schema(name: str) -> None:
    schema = replayed(name).schema
    again = replay([_migration(schema_sql([schema]))], schema.dialect, schema.name).schema
    assert compare(schema, again) == ()


def _migration(sql: str) -> Migration:
    span = Span("printed.sql", 0, len(sql.encode()))
    return Migration(span, "printed", "plain", (1,), (Text(span, (LiteralPart(sql, span, ((0, 0),)),)),))


def _loose(shapes: dict[str, TableShape]) -> dict[str, TableShape]:
    """Without defaults that are NULL or draw from a sequence: an engine keeps none, or has it by another name. The columns that a key points at
    may be named or meant.
    """
    return {
        name: replace(
            shape,
            targets=(),
            columns=tuple(
                replace(one, default=None) if (one.default or "").startswith(("nextval(", "null")) else one
                for one in shape.columns
            ),
        )
        for name, shape in shapes.items()
    }
