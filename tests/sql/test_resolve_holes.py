"""Texts with holes: what stands beside a hole is still resolved, what it may hide is never accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text
from analyzer.sql.embed import EmbeddedSql, embed, embed_plain
from analyzer.sql.resolve import resolve
from tests.sql.shop import shop


def with_holes(sql: str) -> EmbeddedSql:
    parts: list[Part] = []
    at = 0
    for index, piece in enumerate(sql.split("{}")):
        if index:
            parts.append(HolePart(Span("shop.py", at, at + 2), UnknownOrigin()))
            at += 2
        parts.append(LiteralPart(piece, Span("shop.py", at, at + len(piece)), ((0, at),)))
        at += len(piece)
    return embed(Text(Span("shop.py", 0, at), tuple(parts)))


# text, status, reason, columns proved missing
CASES = (
    ("SELECT {} FROM users WHERE {}", "partial", "", []),
    ("SELECT id, nope FROM users WHERE {}", "partial", "", ["nope"]),
    ("SELECT id, nope FROM users {}", "partial", "", []),
    ("SELECT id FROM users WHERE id IN ({}) AND nope = 1", "resolved", "", ["nope"]),
    ("SELECT id FROM users WHERE id IN {}", "resolved", "", []),
    ("SELECT id FROM {} WHERE nope = 1", "unresolved", "dynamic-table", []),
    ("SELECT id FROM shop_{} WHERE nope = 1", "unresolved", "dynamic-table", []),
    ("SELECT id FROM users ORDER BY created_at {} LIMIT {} OFFSET {}", "resolved", "", []),
    ("SELECT id FROM users WHERE nope = 1 {}", "partial", "", ["nope"]),
    ("UPDATE users SET {} WHERE nope = 1", "partial", "", ["nope"]),
    ("UPDATE users SET name = ?, {} WHERE id = ?", "partial", "", []),
    ("UPDATE users SET {} = ? WHERE id = ?", "partial", "", []),
    ("INSERT INTO users ({}) VALUES ({})", "partial", "", []),
    ("INSERT INTO users (id, nope) VALUES {}", "resolved", "", ["nope"]),
    ("INSERT INTO users (id, email) VALUES (1, 'a'), {}", "resolved", "", []),
    ("DELETE FROM users {}", "partial", "", []),
    ("SELECT id FROM users WHERE name {} ?", "resolved", "", []),
    ("SELECT id FROM users WHERE name LIKE '%{}%' AND nope = 1", "resolved", "", ["nope"]),
    ("{}", "unresolved", "dynamic-sql", []),
    ("{} WHERE id = 1", "unresolved", "dynamic-sql", []),
    ("{} SELECT id FROM shoppers", "unresolved", "dynamic", []),
    ("SELECT u.{} FROM users u WHERE u.nope = 1", "partial", "", ["nope"]),
    ("SELECT u.id FROM users u JOIN {} ON {} WHERE u.nope = 1", "unresolved", "dynamic-table", ["nope"]),
    ("SELECT DISTINCT {} FROM users u {} WHERE nope = 1", "partial", "", []),
)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("sql", "status", "reason", "missing"), CASES)
def test_rest_is_resolved(dialect: Dialect, sql: str, status: str, reason: str, missing: list[str]) -> None:
    resolution = resolve(with_holes(sql), dialect, shop(dialect))
    assert (resolution.status, resolution.reason) == (status, reason)
    assert [each.column for each in resolution.references if each.status == "unresolved"] == missing
    assert not resolution.problems


def test_offsets_are_the_texts() -> None:
    embedded = with_holes("SELECT {}, nope FROM users WHERE id = {} AND u.naem = {}")
    found = resolve(embedded, "sqlite", shop("sqlite")).references
    assert [embedded.sql[each.start : each.end] for each in found] == ["nope", "users", "id", "naem"]


def test_hole_in_select_list_leaves_shape_open() -> None:
    assert resolve(with_holes("SELECT id, {} FROM users"), "postgres", shop("postgres")).statements[0].columns is None


WORDS = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "users",
        "orders",
        "id",
        "email",
        ",",
        "(",
        ")",
        "*",
        "=",
        "1",
        "'x'",
        '"',
        "'",
        "?",
        "$1",
        ":a",
        "{}",
        "AND",
        "OR",
        "NOT",
        "IN",
        "JOIN",
        "ON",
        "LEFT",
        "USING",
        "GROUP",
        "BY",
        "ORDER",
        "LIMIT",
        "INSERT",
        "INTO",
        "VALUES",
        "UPDATE",
        "SET",
        "DELETE",
        "WITH",
        "AS",
        "x",
        "UNION",
        "ALL",
        "RETURNING",
        "ON",
        "CONFLICT",
        "DO",
        "NOTHING",
        "EXISTS",
        "CASE",
        "WHEN",
        "THEN",
        "END",
        "::",
        "text",
        ".",
        ";",
        "--",
        "/*",
        "*/",
        "[",
        "]",
        "||",
        "->",
        "->>",
        "COUNT(*)",
        "OVER",
        "PARTITION",
        "LATERAL",
        "unnest",
        "EXCLUDED",
        "CAST",
        "INTERVAL",
        "NULL",
        "IS",
        "BETWEEN",
        "LIKE",
        "DISTINCT",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from(DIALECTS), st.booleans())
def test_nothing_raises(sql: str, dialect: Dialect, has_schema: bool) -> None:
    schema = shop(dialect) if has_schema else None
    for embedded in (embed_plain(sql), with_holes(sql)):
        resolution = resolve(embedded, dialect, schema)
        for reference in resolution.references:
            assert 0 <= reference.start <= reference.end <= len(sql)
        if schema is None:
            assert all(reference.status != "unresolved" for reference in resolution.references)


def test_deep_nesting_is_a_reason() -> None:
    assert (
        resolve(embed_plain("SELECT " + "(" * 5000 + "1" + ")" * 5000), "sqlite", shop("sqlite")).status == "unresolved"
    )


def test_long_chains_are_read() -> None:
    sql = "SELECT id FROM users WHERE " + " OR ".join(f"id = {number}" for number in range(3000))
    assert resolve(embed_plain(sql), "sqlite", shop("sqlite")).status in ("resolved", "unresolved")
