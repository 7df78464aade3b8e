"""Queries that talk to a database of their own: an importer, a reader of another program's data, a migration of long ago.

What comes in: linked queries. What goes out: the same, those of another database unknown instead of unresolved. No schema of the
repository has a single table that such a query names, and besides: its file opens the connection itself, or its handle, or its
many tables, set it apart. Migrations written in code speak of the schema of their day. This module does not judge.
"""

from collections import Counter
from collections.abc import Iterator

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.facts.source import DIALECTS
from analyzer.link.graph import LinkedQuery
from analyzer.sql.resolution import Resolution

# The last word of what opens a connection: sqlx, rusqlite, tokio-postgres, DB-API modules, pg, postgres.js, mysql2, better-sqlite3.
_OPENS = frozenset({
    "connect", "connect_with", "connect_lazy", "connect_lazy_with", "open", "open_with_flags", "open_in_memory", "createConnection",
    "createPool", "create_pool", "createClient", "Pool", "Client", "Database", "DatabaseSync", "postgres", "Connection",
})  # fmt: skip
# So many tables that nobody made are no slip of the pen.
_MANY = 3


def without_other_databases(queries: tuple[LinkedQuery, ...]) -> Iterator[LinkedQuery]:
    """Every query, in order."""
    known = {query.file.path for query in queries if _is_ours(query)}
    strange = _strangers(queries)
    foreign = {
        query.file.path
        for query in queries
        if query.file.path not in known and (_opens(query.file) or len(strange[query.file.path]) > 1)
    }
    handles = _foreign_handles(queries)
    for query in queries:
        apart = query.file.path in foreign or (query.file.path, query.query.handle) in handles
        if query.query.dialect_hint not in ("", *DIALECTS):
            yield _silent(query)
        elif query.file.role == "migration":
            yield _unknown(query, "earlier-schema")
        elif not _is_ours(query) and (apart or len(_missing(query)) >= _MANY):
            yield _unknown(query, "other-database")
        else:
            yield query


def _strangers(queries: tuple[LinkedQuery, ...]) -> dict[str, set[str]]:
    """By file, the tables that nobody made and that more than one query is about."""
    asked: dict[str, Counter[str]] = {}
    for query in queries:
        asked.setdefault(query.file.path, Counter()).update(_missing(query))
    return {path: {table for table, count in counts.items() if count > 1} for path, counts in asked.items()}


def _foreign_handles(queries: tuple[LinkedQuery, ...]) -> set[tuple[str, str]]:
    """(path, handle) where nothing read by a handle of this name is ours, while another handle of the file reads our tables."""
    ours = {(query.file.path, query.query.handle) for query in queries if _is_ours(query)}
    names = {handle for _, handle in ours}
    mixed = {path for path, _ in ours}
    return {
        (query.file.path, query.query.handle)
        for query in queries
        if query.query.handle and query.query.handle not in names and query.file.path in mixed
    }


def _is_ours(query: LinkedQuery) -> bool:
    return any(link.status == "resolved" and link.reference.column is None and not link.derived for link in query.links)


def _missing(query: LinkedQuery) -> set[str]:
    return {
        link.reference.table
        for link in query.links
        if link.status == "unresolved" and link.reference.column is None and not link.derived
    }


def _opens(file: FileFacts) -> bool:
    return any(call.callee.replace("::", ".").rpartition(".")[2] in _OPENS for call in file.calls)


def _silent(query: LinkedQuery) -> LinkedQuery:
    """The query of a system that is not read: even its syntax is unknown."""
    nothing = Resolution((), "unresolved", "other-database")
    return msgspec.structs.replace(
        query,
        resolution=nothing,
        links=(),
        problems=(),
        rows=(),
        lacking=(),
        status="unresolved",
        reason="other-database",
    )


def _unknown(query: LinkedQuery, reason: str) -> LinkedQuery:
    if not any(link.status == "unresolved" for link in query.links):
        return query
    links = tuple(
        msgspec.structs.replace(link, status="unknown", reason=reason) if link.status == "unresolved" else link
        for link in query.links
    )
    return msgspec.structs.replace(query, links=links, problems=(), status="unresolved", reason=reason)
