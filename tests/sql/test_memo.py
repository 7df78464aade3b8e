"""A resolution is made once for a text and what it asked of the schema."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.sql import resolve as module
from analyzer.sql.embed import embed_plain
from analyzer.sql.memo import forget
from analyzer.sql.resolve import resolve
from tests.sql.shop import shop


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that were looked at anew."""
    seen: list[str] = []
    split = module.split

    def noted(sql: str, dialect: module.Dialect) -> list[tuple[int, int]]:
        seen.append(sql)
        return list(split(sql, dialect))

    monkeypatch.setattr(module, "split", noted)
    forget()
    yield seen
    forget()


def without(schema: Schema, table: str, column: str) -> Schema:
    found = schema.tables["", table]
    changed = replace(found, columns=tuple(each for each in found.columns if each.name != column))
    return replace(schema, tables={**schema.tables, ("", table): changed})


def test_another_table_changes_nothing(made: list[str]) -> None:
    first = resolve(embed_plain("SELECT email FROM users"), "postgres", shop("postgres"))
    again = resolve(embed_plain("SELECT email FROM users"), "postgres", without(shop("postgres"), "orders", "total"))
    assert len(made) == 1
    assert again is first


def test_its_own_table_does(made: list[str]) -> None:
    text = embed_plain("SELECT email FROM users WHERE id IN (SELECT user_id FROM orders WHERE total > 1)")
    resolve(text, "postgres", shop("postgres"))
    later = resolve(text, "postgres", without(shop("postgres"), "orders", "total"))
    assert len(made) == len("ab")
    assert [each.column for each in later.references if each.status == "unresolved"] == ["total"]


def test_a_table_that_is_made_later_is_seen() -> None:
    schema = shop("postgres")
    absent = replace(schema, tables={key: table for key, table in schema.tables.items() if key[1] != "orders"})
    text = embed_plain("SELECT total FROM orders")
    assert resolve(text, "postgres", absent).references[-1].status == "unresolved"
    assert resolve(text, "postgres", schema).references[-1].status == "resolved"


def test_who_creates_a_missing_table_counts() -> None:
    text = embed_plain("SELECT total FROM invoices")
    ours = resolve(text, "postgres", shop("postgres"), external=lambda _: False)
    theirs = resolve(text, "postgres", shop("postgres"), external=lambda name: name == "invoices")
    assert (ours.references[-1].status, theirs.references[-1].status) == ("unresolved", "unknown")
