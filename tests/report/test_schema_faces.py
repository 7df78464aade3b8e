"""`schema`, `queries`, `rules`: their contracts, and that the SQL builds what it was made from."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, ForeignKey, Index, Key, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.source import Span
from analyzer.report.ddl import schema_sql
from analyzer.report.mermaid import schema_mermaid
from analyzer.report.places import Places
from analyzer.report.queries import queries_json, queries_text
from analyzer.report.rules import explanation, rules_json, rules_text
from analyzer.report.schema import relations, schema_json, schema_text, sources_text, type_name
from tests.report.samples import SOURCES, graph, history, postgres_schema, sample, schema
from tests.report.test_formats import valid

PLACES = Places(SOURCES)


def test_schema_json_keeps_the_contract(snapshot: SnapshotAssertion) -> None:
    said = schema_json([history(schema()), history(postgres_schema())], PLACES)
    valid(said, "schema")
    assert said == snapshot


def test_queries_json_keeps_the_contract(snapshot: SnapshotAssertion) -> None:
    said = queries_json(graph().queries, PLACES)
    valid(said, "queries")
    assert said == snapshot


def test_no_schema_and_no_query_are_valid() -> None:
    assert valid(schema_json([], PLACES), "schema")["schemas"] == []
    assert valid(queries_json([], PLACES), "queries")["queries"] == []


def test_texts(snapshot: SnapshotAssertion) -> None:
    assert schema_text([history(schema())]) == snapshot(name="schema")
    assert sources_text(history(schema()).sources) == snapshot(name="sources")
    assert queries_text(graph().queries, PLACES) == snapshot(name="queries")
    assert rules_text(sample().rules) == snapshot(name="rules")
    assert explanation(sample().rules[0]) == snapshot(name="explanation")


def test_rules_json_has_the_documentation() -> None:
    assert '"Why": "The statement fails the first time it runs."' in rules_json(sample().rules)


def test_sql_and_mermaid(snapshot: SnapshotAssertion) -> None:
    assert schema_sql([schema(), postgres_schema()]) == snapshot(name="sql")
    assert schema_mermaid([schema(), postgres_schema()]) == snapshot(name="mermaid")


def test_sqlite_builds_the_schema_again() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema_sql([schema()]))
        columns = connection.execute("SELECT name, type, \"notnull\", pk FROM pragma_table_info('orders')").fetchall()
        keys = connection.execute('SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(\'orders\')')
        assert columns == [("id", "INTEGER", 0, 1), ("user_id", "INTEGER", 1, 0), ("total", "NUMERIC(10,2)", 0, 0)]
        assert keys.fetchall() == [("users", "user_id", "id", "CASCADE")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("bigint", "bigint"),
        ("varchar(255)", "character varying(255)"),
        ("varchar", "character varying"),
        ("varchar(20)[]", "character varying(20)[]"),
        ("char", "character(1)"),
        ("numeric(10, 2)", "numeric(10,2)"),
        ("decimal(10)", "numeric(10,0)"),
        ("timestamp(3)", "timestamp(3) without time zone"),
        ("timestamptz(6)", "timestamp(6) with time zone"),
        ("float(8)", "real"),
        ("vector(1536)", "vector(1536)"),
        ("text[]", "text[]"),
    ],
)
def test_postgres_types_have_their_modifiers(raw: str, name: str) -> None:
    assert type_name(parse_type(raw, "postgres"), "postgres") == name


def test_a_key_without_columns_means_the_primary_key_and_a_unique_key_is_one_to_one() -> None:
    here = Span("schema.sql", 0, 0)

    def table(name: str, key: ForeignKey | None = None) -> Table:
        columns = tuple(Column(column, parse_type("INTEGER", "sqlite"), True, here) for column in ("id", "user_id"))
        keys = (key,) if key else ()
        index = Index("one", ("user_id",), here, unique=True)
        return Table(name, "", "table", "sqlite", here, columns, primary_key=Key(("id",), here), foreign_keys=keys, indexes=(index,))  # fmt: skip

    carts = table("carts", ForeignKey(("user_id",), "users", (), here))
    found = Schema("main", "sqlite", {("", "users"): table("users"), ("", "carts"): carts})
    assert list(relations(found)) == [
        {"from": "carts.user_id", "to": "users.id", "cardinality": "one-to-one", "basis": "key"}
    ]
    assert 'REFERENCES "users" ("id")' in schema_sql([found])


NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(NAMES, st.lists(NAMES, min_size=1, max_size=4, unique_by=str.lower), NAMES)
def test_any_name_survives_sqlite(name: str, columns: list[str], tainted: str) -> None:
    here = Span("schema.sql", 0, 0)
    table = Table(
        f"t {name}", "", "table", "sqlite", here, tuple(Column(column, parse_type("", "sqlite"), True, here) for column in columns),
        primary_key=Key(tuple(columns), here), unique=(Key((columns[0],), here),),
        foreign_keys=(ForeignKey((columns[0],), f"t {name}", (columns[0],), here),),
    )  # fmt: skip
    made = Schema(name, "sqlite", {("", table.name): table}, tainted=frozenset({tainted}))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema_sql([made]))
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [(table.name,)]
    lines = schema_mermaid([made]).splitlines()
    assert len(lines) == len(columns) + 5
    valid(schema_json([history(made)], PLACES), "schema")
