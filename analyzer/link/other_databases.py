"""Files that talk to a database of their own: an importer, a reader of another program's data.

What comes in: linked queries. What goes out: the same, those of such files unknown instead of unresolved. A file may talk to another
database when no schema of the repository has a single table it names, and it opens the connection itself or its project also uses tables that
no migration makes. This module does not judge.
"""

from collections.abc import Iterable, Iterator

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.link.graph import LinkedQuery

# The last word of what opens a connection: sqlx, rusqlite, tokio-postgres, DB-API modules, pg, postgres.js, mysql2, better-sqlite3.
_OPENS = frozenset({
    "connect", "connect_with", "connect_lazy", "connect_lazy_with", "open", "open_with_flags", "open_in_memory", "createConnection",
    "createPool", "create_pool", "createClient", "Pool", "Client", "Database", "DatabaseSync", "postgres", "Connection",
})  # fmt: skip


def without_other_databases(queries: tuple[LinkedQuery, ...]) -> Iterator[LinkedQuery]:
    """Every query, in order."""
    known = {query.file.path for query in queries if any(_is_ours(query))}
    mixed = {query.file.project.path for query in queries if query.file.role != "test" and _is_elsewhere(query)}
    foreign = {
        query.file.path
        for query in queries
        if query.file.path not in known and (_opens(query.file) or query.file.project.path in mixed)
    }
    for query in queries:
        yield _unknown(query) if query.file.path in foreign else query


def _is_ours(query: LinkedQuery) -> Iterable[bool]:
    return (link.status == "resolved" and link.reference.column is None and not link.derived for link in query.links)


def _is_elsewhere(query: LinkedQuery) -> bool:
    """All of its tables are made by something else than migrations: a database that only tests build, say."""
    tables = [link for link in query.links if link.reference.column is None and not link.derived]
    return bool(tables) and all(link.reason == "external" and link.reference.role == "read" for link in tables)


def _opens(file: FileFacts) -> bool:
    return any(call.callee.replace("::", ".").rpartition(".")[2] in _OPENS for call in file.calls)


def _unknown(query: LinkedQuery) -> LinkedQuery:
    if not any(link.status == "unresolved" for link in query.links):
        return query
    links = tuple(
        msgspec.structs.replace(link, status="unknown", reason="other-database")
        if link.status == "unresolved"
        else link
        for link in query.links
    )
    return msgspec.structs.replace(query, links=links, problems=(), status="unresolved", reason="other-database")
