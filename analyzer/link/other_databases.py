"""Code that talks to a database whose schema is not here: an importer, a reader of another program's data, a package of its own.

What comes in: linked queries, the live schemas. What goes out: the same, those of such code unknown instead of unresolved. Code talks to
another database when no schema of the repository has a single table it names, and it opens the connection itself, is a package that keeps
no schema, or its project also uses tables that no migration makes; also where a schema file has fewer of the tables that are named than it
lacks. This module does not judge.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.link.graph import Link, LinkedQuery
from analyzer.schema.history import History

# The last word of what opens a connection: sqlx, rusqlite, tokio-postgres, DB-API modules, pg, postgres.js, mysql2, better-sqlite3.
_OPENS = frozenset({
    "connect", "connect_with", "connect_lazy", "connect_lazy_with", "open", "open_with_flags", "open_in_memory", "createConnection",
    "createPool", "create_pool", "createClient", "Pool", "Client", "Database", "DatabaseSync", "postgres", "Connection",
})  # fmt: skip


# So many tables must be missing before the whole of a package's or schema's queries is doubted: fewer are mistakes.
_FEW = 2


def without_other_databases(queries: tuple[LinkedQuery, ...], histories: tuple[History, ...]) -> Iterator[LinkedQuery]:
    """Every query, in order."""
    known = {query.file.path for query in queries if any(_is_ours(query))}
    mixed = {query.file.project.path for query in queries if query.file.role != "test" and _is_elsewhere(query)}
    foreign = {
        query.file.path
        for query in queries
        if query.file.path not in known and (_opens(query.file) or query.file.project.path in mixed)
    }
    packages = _foreign_packages(queries, histories)
    fragments = _fragments(queries, histories)
    for query in queries:
        is_foreign = query.file.path in foreign or query.file.project.path in packages or query.schema in fragments
        yield _unknown(query) if is_foreign else query


def _foreign_packages(queries: tuple[LinkedQuery, ...], histories: tuple[History, ...]) -> frozenset[str]:
    """Packages, by their paths, that keep no schema and name several tables, none of which is known."""
    places = [source.path for history in histories for source in history.sources if source.live]
    packages = {query.file.project.path for query in queries}
    found = {query.file.project.path for query in queries if any(_is_ours(query))}
    homes = {package for package in packages if any(_holds(package, place) for place in places)}
    missing = {(query.file.project.path, name) for query in queries for name in _missing(query)}
    counts = Counter(package for package, _ in missing)
    return frozenset(package for package in packages - found - homes if counts[package] >= _FEW)


def _holds(package: str, place: str) -> bool:
    return not package or place == package or place.startswith(f"{package}/")


def _fragments(queries: tuple[LinkedQuery, ...], histories: tuple[History, ...]) -> frozenset[str]:
    """Schemas, by name, of plain files that hold the lesser part of what is named: the rest is made where nobody looked."""
    plain = {
        history.schema.name for history in histories if history.sources and history.sources[0].kind == "schema-sql"
    }
    found = {(link.schema, link.reference.table) for query in queries for link in query.links if _names_ours(link)}
    missing = {(query.schema, name) for query in queries for name in _missing(query)}
    has, lacks = Counter(schema for schema, _ in found), Counter(schema for schema, _ in missing)
    return frozenset(name for name in plain if lacks[name] > max(_FEW, has[name]))


def _missing(query: LinkedQuery) -> Iterator[str]:
    for link in query.links:
        if link.status == "unresolved" and link.reference.column is None and link.reference.table:
            yield link.reference.table.lower()


def _names_ours(link: Link) -> bool:
    return link.status == "resolved" and link.reference.column is None and not link.derived


def _is_ours(query: LinkedQuery) -> Iterable[bool]:
    return (_names_ours(link) for link in query.links)


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
