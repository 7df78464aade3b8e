"""The columns of SQLite's CREATE TABLE ... AS SELECT: names, and types that are names of affinities.

What comes in: a schema and a query. What goes out: columns, or None where the query's shape is not known. Source: "CREATE TABLE", section 2, and
"Datatypes In SQLite", section 3.3. This module does not know how queries are resolved.
"""

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.catalog.types import affinity, parse_type
from analyzer.facts.source import Span
from analyzer.sql.resolution import OutputColumn
from analyzer.sql.resolve import output_columns
from analyzer.sql.scan import scan


def stored_columns(schema: Schema, query: str, span: Span) -> tuple[Column, ...] | None:
    """All may be NULL and have no default; a name that comes twice is numbered."""
    found = output_columns(query, "sqlite", schema)
    if found is None:
        return None
    items = _items(query)
    texts = items if len(items) == len(found) else [[""]] * len(found)
    names: list[str] = []
    for name in spelled(schema, query, found):
        names.append(_numbered(name, names))
    types = [_affinity(schema, column, words) for column, words in zip(found, texts, strict=True)]
    return tuple(
        Column(name, parse_type(type_, "sqlite"), nullable=True, defined=span)
        for name, type_ in zip(names, types, strict=True)
    )


def spelled(schema: Schema, query: str, found: tuple[OutputColumn, ...]) -> tuple[str, ...]:
    """The names of a query's columns: one without an alias has the name that its table gives it."""
    items = _items(query)
    aliased = (
        [len(words) > 1 and words[-2] not in (".", "") for words in items]
        if len(items) == len(found)
        else [False] * len(found)
    )
    return tuple(
        column.name if alias else _own_name(schema, column) for column, alias in zip(found, aliased, strict=True)
    )


def _own_name(schema: Schema, column: OutputColumn) -> str:
    table = schema.table(column.source.rpartition(".")[0]) if column.source else None
    known = table.column(column.name) if table is not None else None
    return known.name if known is not None else column.name


def _numbered(name: str, taken: list[str]) -> str:
    """`a`, `a:1`, `a:2`."""
    known = {other.lower() for other in taken}
    number, free = 0, name
    while free.lower() in known:
        number += 1
        free = f"{name}:{number}"
    return free


def _affinity(schema: Schema, column: OutputColumn, words: list[str]) -> str:
    """A column has its own, CAST that of its type; other expressions have none."""
    if column.source:
        of = schema.table(column.source.rpartition(".")[0])
        any_of_strict = column.type.raw.upper() == "ANY" and of is not None and "strict" in of.options
        return "" if any_of_strict else affinity(column.type.raw)
    if words[0] == "CAST" and "AS" in words:
        end = len(words) - words[::-1].index(")") if ")" in words else len(words)
        inner = words[:end]
        if _closes_at_end(inner):
            return affinity(" ".join(inner[len(inner) - inner[::-1].index("AS") : -1]))
    return ""


def _closes_at_end(words: list[str]) -> bool:
    depth = 0
    for at, word in enumerate(words[1:], start=1):
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return at == len(words) - 1
    return False


def _items(query: str) -> list[list[str]]:
    """The words of each item of the select list, in upper case."""
    items: list[list[str]] = [[]]
    depth = 0
    for token in scan(query, "sqlite"):
        word = query[token.start : token.end].upper()
        depth += (word == "(") - (word == ")")
        if token.kind == "comment" or (depth == 0 and word in ("SELECT", "DISTINCT", "ALL") and items == [[]]):
            continue
        if depth == 0 and word in ("FROM", "UNION", "EXCEPT", "INTERSECT"):
            break
        if depth == 0 and word == ",":
            items.append([])
        else:
            items[-1].append(word)
    return [item or [""] for item in items]
