"""Definitions with holes: what stands beside a hole is known, what it may hide is never accused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.catalog.schema import Schema
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.migration import Migration
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import replay
from analyzer.schema.history import Step
from analyzer.sql.ddl.read import read_changes
from analyzer.sql.embed import embed, embed_plain
from analyzer.sql.resolve import resolve
from analyzer.sql.scan import scan


def spliced(sql: str) -> Text:
    parts: list[Part] = []
    at = 0
    for index, piece in enumerate(sql.split("{}")):
        if index:
            parts.append(HolePart(Span("shop.py", at, at + 2), UnknownOrigin()))
            at += 2
        if piece:
            parts.append(LiteralPart(piece, Span("shop.py", at, at + len(piece)), ((0, at),)))
        at += len(piece)
    return Text(Span("shop.py", 0, at), tuple(parts))


def built(sql: str, dialect: Dialect) -> tuple[Schema, Step]:
    done = replay((Migration(Span("shop.py", 0, 0), "1", "", (), (spliced(sql),)),), dialect, "main")
    return done.schema, done.steps[0]


# statement, table, columns ("?" behind those of which not everything is known), may there be others
TABLES = (
    ("CREATE TABLE {}.users (id INT NOT NULL, email TEXT)", "users", "id email", False),
    ("CREATE TABLE {}users (id INT)", "users", "id", False),
    ("CREATE TABLE {}_users (id INT)", "users", "id", False),
    ("CREATE TABLE {} users (id INT)", "users", "id", False),
    ("CREATE TABLE users (id {}, email TEXT)", "users", "id? email", False),
    ("CREATE TABLE users (id {} NOT NULL, email TEXT)", "users", "id email", False),
    ("CREATE TABLE users (id INT, at TIMESTAMP NOT NULL DEFAULT {})", "users", "id at", False),
    ("CREATE TABLE users (email VARCHAR({}) NOT NULL, id INT)", "users", "email id", False),
    ("CREATE TABLE users (email TEXT {}, id INT)", "users", "email? id", False),
    ("CREATE TABLE users (id INT, email TEXT {})", "users", "id email?", True),
    ("CREATE TABLE users (id INT, {})", "users", "id", True),
    ("CREATE TABLE users (id INT, {} TEXT, email TEXT)", "users", "id email", True),
    ("CREATE TABLE users ({})", "users", "", True),
    ("CREATE TABLE users {}", "users", "", True),
    ("CREATE TABLE users (id INT, PRIMARY KEY ({}))", "users", "id?", False),
    ("CREATE TABLE users (id INT, shop INT REFERENCES {}shops (id))", "users", "id shop", False),
    ("CREATE TABLE users (id INT) {}", "users", "id", False),
)


@pytest.mark.parametrize(
    ("sql", "name", "spliced"),
    [
        ('CREATE TABLE {{ index .Options "Namespace" }}.users (id INT)', "users", "namespace"),
        ("CREATE TABLE ${schema}.users (id INT)", "users", "namespace"),
        ("CREATE TABLE :shop_schema.users (id INT)", "users", "namespace"),
        ("CREATE TABLE {{prefix}}users (id INT)", "users", "prefix"),
        ("CREATE TABLE {{ prefix }}_users (id INT)", "users", "prefix"),
        ("CREATE TABLE users (id INT, tags TEXT DEFAULT '{{a,b},{c,d}}')", "users", ""),
    ],
)
def test_what_a_tool_puts_in_is_a_hole(sql: str, name: str, spliced: str) -> None:
    part = LiteralPart(sql, Span("shop.sql", 0, len(sql)), ((0, 0),))
    (change,) = read_changes(Text(part.span, (part,)), "postgres")
    assert isinstance(change, CreateTable)
    assert (change.table.name, change.table.spliced) == (name, spliced)
    assert change.span == part.span


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("sql", "name", "columns", "is_open"), TABLES)
def test_table_stands_beside_its_holes(dialect: Dialect, sql: str, name: str, columns: str, is_open: bool) -> None:
    schema, step = built(sql, dialect)
    table = schema.table(name)
    assert table is not None
    assert " ".join(f"{each.name}{'' if each.certain else '?'}" for each in table.columns) == columns
    assert table.closed is not is_open
    assert not step.failures


# statement, names that are tainted
TAINTS = (
    ("CREATE TABLE {} (id INT)", {"*"}),
    ("CREATE TABLE shop_{} (id INT)", {"shop_*"}),
    ("CREATE TABLE shop_{}_log (id INT)", {"shop_*_log"}),
    ("ALTER TABLE users ADD COLUMN {} TEXT", {"users"}),
    ("CREATE VIEW buyers AS SELECT {} FROM users", {"buyers"}),
    ("DROP TABLE IF EXISTS {}users", set()),
)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("sql", "names"), TAINTS)
def test_unknown_name_taints_what_it_may_be(dialect: Dialect, sql: str, names: set[str]) -> None:
    schema, _ = built(f"CREATE TABLE orders (id INT); {sql}", dialect)
    assert schema.tainted == names


def test_pattern_taints_only_what_is_like_it() -> None:
    schema, _ = built("CREATE TABLE orders (id INT); CREATE TABLE shop_{} (id INT)", "postgres")
    assert schema.is_tainted("shop_1")
    assert not schema.is_tainted("orders")
    assert not schema.is_tainted("shoppers")


SHOP = (
    "CREATE TABLE {}.orders (id INT, total INT); CREATE TABLE {}users (id INT, email TEXT); CREATE TABLE items (id INT)"
)

# query, names proved missing
QUERIES = (
    ("SELECT nope FROM orders", ["nope"]),
    ("SELECT nope FROM shop.orders", ["nope"]),
    ("SELECT nope FROM {}.orders", ["nope"]),
    ("SELECT nope FROM {}users", ["nope"]),
    ("SELECT nope FROM {}_users", ["nope"]),
    ("SELECT nope FROM shop_users", []),
    ("SELECT nope FROM {}buyers", []),
    ("SELECT nope FROM {}tems", []),
    ("SELECT nope FROM {}.buyers", []),
    ("SELECT nope FROM {}items", ["nope"]),
    ("SELECT nope FROM it{}", []),
    ("SELECT id FROM itemz", ["itemz"]),
)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("sql", "missing"), QUERIES)
def test_query_finds_spliced_tables(dialect: Dialect, sql: str, missing: list[str]) -> None:
    found = resolve(embed(spliced(sql)), dialect, built(SHOP, dialect)[0])
    assert [each.column or each.table for each in found.references if each.status == "unresolved"] == missing
    assert not found.problems


def test_several_that_end_alike_are_no_one() -> None:
    schema, _ = built("CREATE TABLE a_users (id INT); CREATE TABLE b_users (id INT, email TEXT)", "sqlite")
    found = resolve(embed(spliced("SELECT email FROM {}users")), "sqlite", schema)
    assert found.status == "unresolved"
    assert all(each.status == "unknown" for each in found.references)


STATEMENTS = (
    "CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(20) NOT NULL UNIQUE, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
    "CREATE TABLE orders (id INT, user_id INT REFERENCES users (id), total INT CHECK (total > 0), PRIMARY KEY (id))",
    "ALTER TABLE users ADD COLUMN name TEXT",
    "ALTER TABLE orders ADD COLUMN note TEXT NOT NULL DEFAULT 'x'",
    "CREATE INDEX by_total ON orders (total, user_id)",
    "CREATE VIEW buyers AS SELECT u.email, o.total FROM users u JOIN orders o ON o.user_id = u.id",
)
ASKED = (
    "SELECT u.id, u.email, u.name, u.at FROM users u WHERE u.email = 'a'",
    "SELECT id, user_id, total, note FROM orders ORDER BY total LIMIT 3",
    "INSERT INTO orders (id, user_id, total, note) VALUES (1, 2, 3, 'x')",
    "UPDATE users SET name = 'x', email = 'y' WHERE id = 1",
    "SELECT email, total FROM buyers",
    "DELETE FROM orders WHERE user_id IN (SELECT id FROM users)",
)


def _holed(sql: str, dialect: Dialect, at: frozenset[int], *, keywords: bool = True) -> str:
    """The text with holes for some of its words. Of its first two words one stays: what has neither is no definition to anyone."""
    tokens = list(scan(sql, dialect))
    at -= {1} if 0 in at else set()
    out, last = [], 0
    for index, token in enumerate(tokens):
        is_keyword = sql[token.start : token.end].isupper()
        if index in at and token.kind != "punctuation" and (keywords or not is_keyword):
            out += (sql[last : token.start], "{}")
            last = token.end
    return "".join(out) + sql[last:]


PLACES = st.frozensets(st.integers(0, 40), max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.tuples(*(PLACES for _ in STATEMENTS)), st.sampled_from(ASKED), PLACES, st.sampled_from(DIALECTS))
def test_holes_accuse_nothing(
    places: tuple[frozenset[int], ...], query: str, asked: frozenset[int], dialect: Dialect
) -> None:
    """Whatever a hole stands for, the whole text would be accused of nothing: so is the text with the hole."""
    script = "; ".join(_holed(sql, dialect, at) for sql, at in zip(STATEMENTS, places, strict=True))
    schema, step = built(script, dialect)
    assert not step.failures
    for text in (embed(spliced(_holed(query, dialect, asked, keywords=False))), embed_plain(query)):
        found = resolve(text, dialect, schema)
        assert not [each for each in found.references if each.status == "unresolved"]
        assert not found.problems
