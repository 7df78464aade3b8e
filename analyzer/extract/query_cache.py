"""sqlx's cache of checked queries: its entries, and where a file holds queries that are checked and could not be read.

What comes in: a Source. What goes out: CachedQuerys, and an error for what is no such file. Source of the format: `sqlx-macros-core`, `query/data.rs`,
and for `sqlx-data.json` the macros of sqlx 0.4 to 0.6. An entry's key is the SHA-256 of the text. This module does not know whether an entry holds.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.facts.cache import CachedColumn, CachedQuery
from analyzer.facts.file import FileError
from analyzer.facts.query import Query
from analyzer.facts.source import Source, Span

_DIALECTS = {"PostgreSQL": "postgres", "SQLite": "sqlite", "MySQL": "mysql"}
_LEGACY = "sqlx-data.json"


def cached_queries(source: Source) -> tuple[tuple[CachedQuery, ...], tuple[FileError, ...]]:
    """The entries of a file of the cache, none of another file."""
    folder, _, name = source.path.rpartition("/")
    is_entry = folder.rpartition("/")[2] == ".sqlx" and name.startswith("query-")
    if source.language != "json" or not (is_entry or name == _LEGACY):
        return (), ()
    try:
        document = msgspec.json.decode(source.content)
    except (ValueError, RecursionError) as error:
        return (), (FileError(source.path, f"query cache not understood: {error}"),)
    entries = tuple(_all(document, source) if name == _LEGACY else _entries((("", document),), source, ""))
    known = bool(entries) or (name == _LEGACY and isinstance(document, dict))
    return entries, () if known else (FileError(source.path, "query cache not understood: no query in it"),)


def _all(document: object, source: Source) -> Iterator[CachedQuery]:
    """One file of all entries by their keys, and the name of the database beside them."""
    if isinstance(document, dict):
        database = document.get("db")
        yield from _entries(document.items(), source, database if isinstance(database, str) else "")


def _entries(items: Iterable[tuple[str, object]], source: Source, database: str) -> Iterator[CachedQuery]:
    at = 0
    for key, value in items:
        text = value.get("query") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(text, str):
            continue
        # Keys stand in the order of the file; behind one that is written with escapes none is looked for.
        found = source.content.find(key.encode("utf-8", "replace"), at) if at != -1 else -1
        at = found
        end = max(found, 0) + max(len(key), 1)
        described = value.get("describe")
        yield _entry(
            value,
            text,
            described if isinstance(described, dict) else value,
            Span(source.path, max(found, 0), end),
            key,
            database,
        )


def _entry(
    value: Mapping[str, object], text: str, described: Mapping[str, object], span: Span, key: str, database: str
) -> CachedQuery:
    named, hashed = value.get("db_name"), value.get("hash")
    types, count = _parameters(described.get("parameters"))
    return CachedQuery(
        span=span,
        hash=hashed if isinstance(hashed, str) else key,
        text=text,
        dialect=_DIALECTS.get(named if isinstance(named, str) else database, ""),
        columns=tuple(_columns(_list(described.get("columns")), _list(described.get("nullable")))),
        parameters=types,
        parameter_count=count,
    )


def _columns(columns: list[object], nullable: list[object]) -> Iterator[CachedColumn]:
    for index, column in enumerate(columns):
        if isinstance(column, dict):
            name, null = column.get("name"), nullable[index] if index < len(nullable) else None
            yield CachedColumn(
                name if isinstance(name, str) else "",
                _type(column.get("type_info")),
                null if isinstance(null, bool) else None,
            )


def _parameters(value: object) -> tuple[tuple[str, ...], int]:
    """`{"Left": [types]}` where the database tells the types, `{"Right": count}` where it tells their number."""
    left, right = (value.get("Left"), value.get("Right")) if isinstance(value, dict) else (None, None)
    types = tuple(map(_type, _list(left)))
    return types, right if isinstance(right, int) and not types else len(types)


def _type(value: object) -> str:
    """A plain name; `{"Custom": {"name": ..}}` for a type of the user's; `{"type": ..}` in MySQL."""
    if isinstance(value, dict):
        custom = value.get("Custom")
        value = custom.get("name") if isinstance(custom, dict) else value.get("type")
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def unread(source: Source, root: Node, queries: Iterable[Query]) -> Iterator[Span]:
    """Names of macros about queries that no checked query of the file was read from: definitions of macros, arguments that are no text."""
    if source.language != "rust" or b"query" not in source.content:
        return
    read = sorted((query.span.start, query.span.end) for query in queries if query.checked)
    for captures, _ in matches("rust", "checked", root):
        node = captures["name"][0]
        if not any(start <= node.start_byte < end for start, end in read):
            yield Span(source.path, node.start_byte, node.end_byte)
