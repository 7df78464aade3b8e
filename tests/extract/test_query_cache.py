"""Entries of sqlx's query cache, and files that only look like it."""

import json

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.cache import CachedColumn, CachedQuery
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Source, Span

PATH = ".sqlx/query-0a.json"
ENTRY = {
    "db_name": "PostgreSQL",
    "query": "SELECT id, status, address FROM orders WHERE id = $1",
    "describe": {
        "columns": [
            {"ordinal": 0, "name": "id", "type_info": "Int8"},
            {"ordinal": 1, "name": "status", "type_info": {"Custom": {"name": "order_status", "kind": {"Enum": []}}}},
            {"ordinal": 2, "name": "address", "type_info": 7},
        ],
        "parameters": {"Left": ["Int8"]},
        "nullable": [False, True, None],
    },
    "hash": "0a",
}


def facts(content: bytes, path: str = PATH) -> FileFacts:
    return extract(Source(path, content, "json", "config"))


def test_an_entry() -> None:
    assert facts(json.dumps(ENTRY).encode()).cached == (
        CachedQuery(
            Span(PATH, 0, 1),
            "0a",
            "SELECT id, status, address FROM orders WHERE id = $1",
            "postgres",
            (
                CachedColumn("id", "Int8", nullable=False),
                CachedColumn("status", "order_status", nullable=True),
                CachedColumn("address"),
            ),
            ("Int8",),
            1,
        ),
    )


def test_a_number_of_parameters_where_their_types_are_not_known() -> None:
    entry = {"db_name": "SQLite", "query": "SELECT 1", "describe": {"parameters": {"Right": 3}}, "hash": "0a"}
    (found,) = facts(json.dumps(entry).encode()).cached
    assert (found.dialect, found.parameters, found.parameter_count) == ("sqlite", (), 3)


def test_one_file_of_all_entries() -> None:
    content = json.dumps({"db": "MySQL", "0a": {"query": "SELECT 1"}, "0b": {"query": "SELECT 2"}, "0c": []}).encode()
    found = facts(content, "shop/sqlx-data.json").cached
    assert [(entry.hash, entry.text, entry.dialect) for entry in found] == [
        ("0a", "SELECT 1", "mysql"),
        ("0b", "SELECT 2", "mysql"),
    ]
    assert [content[entry.span.start : entry.span.end] for entry in found] == [b"0a", b"0b"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"query": 1}',
        b"\xff\xfe",
        b'{"query": "\\ud800"}',
        b"[" * 200_000,
        b'{"describe": ' * 100_000,
        b'{"hash": "' + b"0" * 1_000_000,
    ],
    ids=lambda content: repr(content[:12]),
)
@pytest.mark.parametrize("path", [PATH, "sqlx-data.json"])
def test_what_is_no_entry_is_an_error_and_nothing_else(content: bytes, path: str) -> None:
    found = facts(content, path)
    assert found.cached == ()
    assert [error.path for error in found.errors] == ([] if content == b'{"query": 1}' and path != PATH else [path])


@pytest.mark.parametrize(
    "value",
    [
        {"query": "SELECT 1", "describe": []},
        {"query": "SELECT 1", "describe": {"columns": 1, "parameters": [], "nullable": "no"}},
        {
            "query": "SELECT 1",
            "describe": {"columns": [1, None, {}], "parameters": {"Left": 1, "Right": "x"}, "nullable": [1]},
        },
        {"query": "SELECT 1", "db_name": [], "hash": {}},
    ],
)
def test_wrong_types_leave_out_what_they_stand_for(value: object) -> None:
    (found,) = facts(json.dumps(value).encode()).cached
    assert found.text == "SELECT 1"
    assert found.parameters == ()


def test_keys_with_escapes_are_not_looked_for_again_and_again() -> None:
    content = b"{" + b",".join(b'"\\u0061%d": {"query": "x"}' % number for number in range(50_000)) + b"}"
    assert len(facts(content, "sqlx-data.json").cached) == 50_000


def test_other_json_is_no_cache() -> None:
    assert facts(b"{", "package.json").errors == ()
    assert facts(b"{", ".sqlx/notes.json").errors == ()
