"""Files that talk to a database of their own: an importer, a reader of another program's data.

What comes in: linked queries. What goes out: the same, those of such files unknown instead of unresolved. A file talks to a database of its
own when it opens the connection itself and no schema of the repository has a single table it names. This module does not judge.
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
    foreign = {query.file.path for query in queries if query.file.path not in known and _opens(query.file)}
    for query in queries:
        yield _unknown(query) if query.file.path in foreign else query


def _is_ours(query: LinkedQuery) -> Iterable[bool]:
    return (link.status == "resolved" and link.reference.column is None and not link.derived for link in query.links)


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
