"""Code that talks to a database whose schema is not here: an importer, a reader of another program's data, a package of its own.

What comes in: linked queries, the live schemas. What goes out: the same, those of such code unknown instead of unresolved. No schema of the
repository has a single table that such code names, and besides: its file opens the connection itself; its handle reads nothing of ours
where another handle of the file does; it is a package that keeps no schema; or its project also reads what only tests build. A schema file
that has fewer of the named tables than it lacks is no schema. Migrations written in code speak of the schema of their day. That a whole file's
tables are missing proves something only where no statement of the repository ever made them: else that is how a migration that never ran
looks. This module does not judge.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.facts.source import DIALECTS, Span
from analyzer.link.external import is_bookkeeping
from analyzer.link.linked import Link, LinkedQuery
from analyzer.program.program import Program
from analyzer.schema.history import History
from analyzer.sql.resolution import Resolution

# The last word of what opens a connection: sqlx, rusqlite, tokio-postgres, DB-API modules, pg, postgres.js, mysql2, better-sqlite3.
_OPENS = frozenset({
    "connect", "connect_with", "connect_lazy", "connect_lazy_with", "open", "open_with_flags", "open_in_memory", "createConnection",
    "createPool", "create_pool", "createClient", "Pool", "Client", "Database", "DatabaseSync", "postgres", "Connection",
})  # fmt: skip
# So many tables must be missing before the whole of a package's or schema's queries is doubted: fewer are mistakes.
_FEW = 2
_MANY = 3
_MAKES = re.compile(
    r"\bcreate\s+(?:\w+\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?(?:[\"`\[]?\w+[\"`\]]?\.)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)


def without_other_databases(
    queries: tuple[LinkedQuery, ...], histories: tuple[History, ...], program: Program
) -> Iterator[LinkedQuery]:
    """Every query, in order."""
    strange = _strangers(queries, histories, program)
    ours = frozenset(query.query.span for query in queries if _is_ours(query, _promised(histories)))
    foreign = _foreign_files(queries, strange, ours)
    handles = _foreign_handles(queries, ours)
    packages = _foreign_packages(queries, histories, ours)

    def is_apart(query: LinkedQuery) -> bool:
        path = query.file.path
        unknown = len(strange[path].keys() & set(_missing(query)))
        elsewhere = unknown >= _MANY or path in foreign or (path, query.query.handle) in handles
        # One name in common with the database that the file opens for itself is chance.
        if unknown >= _FEW and unknown > sum(_names_ours(link) for link in query.links) and _opens(query.file):
            return True
        return query.file.project.path in packages or (elsewhere and query.query.span not in ours)

    fragments = _fragments([query for query in queries if not is_apart(query)], histories)
    for query in queries:
        if query.query.dialect_hint not in ("", *DIALECTS):
            yield _silent(query)
        elif query.file.role == "migration" or query.file.revisions:
            yield _unknown(query, "earlier-schema")
        elif query.schema in fragments or is_apart(query):
            yield _unknown(query, "other-database")
        else:
            yield query


def _strangers(
    queries: tuple[LinkedQuery, ...], histories: tuple[History, ...], program: Program
) -> dict[str, Counter[str]]:
    """By file, the tables it names that no statement of the repository makes or renames, with how many queries name each."""
    texts = [script.text.skeleton for file in program.files.values() for script in file.scripts]
    texts += [query.query.text.skeleton for query in queries]
    made = {name.lower() for text in texts for name in _MAKES.findall(text)}
    made |= {dropped.table.lower() for history in histories for dropped in history.schema.dropped}
    found: dict[str, Counter[str]] = {}
    for query in queries:
        found.setdefault(query.file.path, Counter()).update(set(_missing(query)) - made)
    return found


def _promised(histories: tuple[History, ...]) -> frozenset[str]:
    """Tables that migrations would make which never run, and those they took away: who names them speaks of our database."""
    wholes = [history.whole for history in histories if history.whole is not None]
    gone = (
        dropped.table.lower() for history in histories for dropped in history.schema.dropped if dropped.column is None
    )
    return frozenset((*(name.lower() for whole in wholes for _, name in whole.tables), *gone))


def _foreign_files(
    queries: tuple[LinkedQuery, ...], strange: Mapping[str, Counter[str]], ours: frozenset[Span]
) -> frozenset[str]:
    known = {query.file.path for query in queries if query.query.span in ours}
    mixed = {query.file.project.path for query in queries if query.file.role != "test" and _is_elsewhere(query)}
    return frozenset(
        query.file.path
        for query in queries
        if query.file.path not in known
        and (_opens(query.file) or query.file.project.path in mixed or _is_strange(strange[query.file.path]))
    )


def _is_strange(tables: Counter[str]) -> bool:
    """Several tables that nobody made, asked for again and again, are no slips of the pen."""
    return sum(count > 1 for count in tables.values()) > 1


def _foreign_handles(queries: tuple[LinkedQuery, ...], own: frozenset[Span]) -> frozenset[tuple[str, str]]:
    """(path, handle) where nothing read by a handle of this name is ours, while another handle of the file reads our tables."""
    ours = {(query.file.path, query.query.handle) for query in queries if query.query.span in own}
    names = {handle for _, handle in ours}
    mixed = {path for path, _ in ours}
    return frozenset(
        (query.file.path, query.query.handle)
        for query in queries
        if query.query.handle and query.query.handle not in names and query.file.path in mixed
    )


def _foreign_packages(
    queries: tuple[LinkedQuery, ...], histories: tuple[History, ...], ours: frozenset[Span]
) -> frozenset[str]:
    """Packages, by their paths, that keep no schema and name several tables, none of which is known."""
    places = [source.path for history in histories for source in history.sources if source.live]
    packages = {query.file.project.path for query in queries}
    found = {query.file.project.path for query in queries if query.query.span in ours}
    homes = {package for package in packages if any(_holds(package, place) for place in places)}
    missing = {(query.file.project.path, name) for query in queries for name in _missing(query)}
    counts = Counter(package for package, _ in missing)
    return frozenset(package for package in packages - found - homes if counts[package] >= _FEW)


def _holds(package: str, place: str) -> bool:
    return not package or place == package or place.startswith(f"{package}/")


def _fragments(queries: Sequence[LinkedQuery], histories: tuple[History, ...]) -> frozenset[str]:
    """Schemas, by name, of plain files that hold a small part of what is named: the rest is made where nobody looked."""
    plain = {
        history.schema.name for history in histories if history.sources and history.sources[0].kind == "schema-sql"
    }
    found = {(link.schema, link.reference.table) for query in queries for link in query.links if _names_ours(link)}
    missing = {(query.schema, name) for query in queries for name in _missing(query)}
    has, lacks = Counter(schema for schema, _ in found), Counter(schema for schema, _ in missing)
    return frozenset(name for name in plain if lacks[name] > max(_FEW, 4 * has[name]))


def _missing(query: LinkedQuery) -> Iterator[str]:
    for link in query.links:
        if link.status == "unresolved" and link.reference.column is None and link.reference.table:
            yield link.reference.table.lower()


def _names_ours(link: Link) -> bool:
    return link.status == "resolved" and link.reference.column is None and not link.derived


def _is_ours(query: LinkedQuery, promised: frozenset[str]) -> bool:
    return any(_names_ours(link) or link.reference.table.lower() in promised for link in query.links)


def _is_elsewhere(query: LinkedQuery) -> bool:
    """All of its tables are made by something else than migrations: a database that only tests build, say."""
    tables = [link for link in query.links if link.reference.column is None and not link.derived]
    return bool(tables) and all(
        link.reason == "external" and link.reference.role == "read" and not is_bookkeeping(link.reference.table)
        for link in tables
    )


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
        writes=(),
        compared=(),
        status="unresolved",
        reason="other-database",
    )


def _unknown(query: LinkedQuery, reason: str) -> LinkedQuery:
    query = msgspec.structs.replace(query, writes=(), compared=())
    if not any(link.status == "unresolved" for link in query.links):
        return query
    return msgspec.structs.replace(
        query, links=query.unaccused(reason), problems=(), status="unresolved", reason=reason
    )
