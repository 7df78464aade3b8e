"""What a column takes, by the lists of its type and its checks."""

import pytest

from analyzer.facts.source import Dialect
from tests.schema.stepping import replayed_script

_POSTGRES = """
CREATE TYPE state AS ENUM ('draft', 'sent');
ALTER TYPE state ADD VALUE 'paid';
CREATE DOMAIN channel AS text CHECK (VALUE IN ('web', 'shop'));
CREATE TABLE orders (
    id int, state state, channel channel, size text CHECK (size IN ('s', 'm')), level int CHECK (level IN (1, 2)), note text,
    CONSTRAINT size_check CHECK (size = ANY (ARRAY['m', 'l'])), states state[]
);
ALTER TABLE orders ADD CONSTRAINT note_check CHECK (note IN ('a')) NOT VALID;
"""
_MYSQL = """
CREATE TABLE orders (state ENUM('draft', 'it''s') NOT NULL, kind ENUM('a') COLLATE utf8mb4_bin, size VARCHAR(9) CHECK (size IN ('S')));
"""
_SQLITE = """
CREATE TABLE orders (state TEXT COLLATE NOCASE CHECK (state IN ('draft')), size TEXT CHECK (size IN ('s')), level INTEGER CHECK (level IN (1)));
"""


@pytest.mark.parametrize(
    ("script", "dialect", "column", "listed"),
    [
        (_POSTGRES, "postgres", "state", [("enum", "state", ("draft", "sent", "paid"))]),
        (_POSTGRES, "postgres", "channel", [("domain", "channel_check", ("web", "shop"))]),
        (_POSTGRES, "postgres", "size", [("check", "orders_size_check", ("s", "m")), ("check", "size_check", ("m", "l"))]),
        (_POSTGRES, "postgres", "note", [("check", "note_check", ("a",))]),
        (_POSTGRES, "postgres", "states", []),
        (_POSTGRES, "postgres", "id", []),
        (_MYSQL, "mysql", "state", [("enum", "", ("draft", "it's"))]),
    ],
)  # fmt: skip
def test_what_lists_the_values(script: str, dialect: Dialect, column: str, listed: list[object]) -> None:
    schema = replayed_script(script, dialect)
    table = schema.table("orders")
    found = table.column(column) if table is not None else None
    assert table is not None
    assert found is not None
    assert [(one.kind, one.name, one.values) for one in schema.allowed_values(table, found)] == listed


@pytest.mark.parametrize(
    ("script", "dialect", "column", "value", "let_in"),
    [
        (_POSTGRES, "postgres", "state", "Draft", False),
        (_POSTGRES, "postgres", "level", "01", True),
        (_POSTGRES, "postgres", "level", "3", False),
        (_MYSQL, "mysql", "state", "DRAFT", True),
        (_MYSQL, "mysql", "kind", "A", False),
        (_MYSQL, "mysql", "size", "s", True),
        (_SQLITE, "sqlite", "state", "Draft", True),
        (_SQLITE, "sqlite", "size", "S", False),
        (_SQLITE, "sqlite", "level", "1.0", True),
    ],
)
def test_what_is_let_in(script: str, dialect: Dialect, column: str, value: str, let_in: bool) -> None:
    schema = replayed_script(script, dialect)
    table = schema.table("orders")
    found = table.column(column) if table is not None else None
    assert table is not None
    assert found is not None
    assert all(one.admits(value) for one in schema.allowed_values(table, found)) is let_in
