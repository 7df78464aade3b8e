"""The cache of checked queries beside the code and the schema.

What comes in: a Program, linked queries. What goes out: queries whose unknown references an entry decides, and CacheStates: where a cache is
needed and absent, lacks a query, has an entry no query asks for, or saw a database that the migrations do not make. An entry proves that some
database had what it names, not that the migrations create it. Sources: docs.rs/sqlx, `query!`, "Offline Mode"; `sqlx-macros-core`, which looks
for an entry in the crate's folder and in the workspace's. This module does not judge.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.types import ColumnType, parse_type
from analyzer.facts.cache import CachedColumn, CachedQuery
from analyzer.facts.file import FileFacts
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import Link, LinkedQuery
from analyzer.link.standing import CacheConflict, CacheState
from analyzer.program.program import Program
from analyzer.schema.history import History

# Crates whose derives write checked queries that stand in no source file.
_WRITERS = frozenset({"es-entity", "ormx", "sqlx-crud"})
# What an entry can settle: the names were not decided because of a table that replay does not know to its end.
_SETTLED = frozenset({"tainted", "open-table", "unknown-table"})
_FAMILIES = frozenset(
    {"int", "float", "decimal", "text", "bool", "uuid", "timestamp", "timestamptz", "date", "bytes", "json"}
)


class _Cache(Struct, frozen=True):
    """The entries for the crates in and below `folder`. `whole` is False where a file of it could not be read."""

    folder: str
    entries: tuple[CachedQuery, ...]
    whole: bool


def _texts(program: Program) -> dict[str, CachedQuery]:
    return {entry.text: entry for path in sorted(program.files) for entry in program.files[path].cached}


def _text(query: Query) -> str | None:
    """The text as the macro hashes it, None where it is not known to the end."""
    return query.text.skeleton if query.text.is_complete else None


def _sites(program: Program) -> list[tuple[FileFacts, Query]]:
    return [(file, query) for file, query in program.queries() if query.checked and query.framework == "sqlx"]


def cached_sites(program: Program) -> Iterator[tuple[FileFacts, Query]]:
    """Entries that no query of the code has, as queries of their own."""
    asked = {_text(query) for _, query in _sites(program)} if any(f.cached for f in program.files.values()) else set()
    for path in sorted(program.files):
        file = program.files[path]
        for entry in file.cached:
            if entry.text not in asked:
                part = LiteralPart(entry.text, entry.span, ((0, entry.span.start),))
                text = Text(entry.span, (part,))
                yield file, Query(entry.span, text, "sqlx", checked=True, dialect_hint=entry.dialect)


def as_cached(queries: tuple[LinkedQuery, ...], program: Program) -> tuple[LinkedQuery, ...]:
    """Queries, with what replay left unknown decided by the entry of their text."""
    entries = _texts(program)
    if not entries:
        return queries
    return tuple(
        _settled(query) if query.query.checked and _text(query.query) in entries else query for query in queries
    )


def _settled(query: LinkedQuery) -> LinkedQuery:
    links = tuple(
        replace(link, status="resolved", reason="cached")
        if link.status == "unknown" and link.reason in _SETTLED
        else link
        for link in query.links
    )
    if links == query.links or any(link.status == "unknown" for link in links):
        return replace(query, links=links)
    return replace(query, links=links, status="resolved", reason="")


def cache_states(graph: ReferenceGraph, unasked: tuple[LinkedQuery, ...]) -> Iterator[CacheState]:
    """Everything that is amiss. `unasked` are the entries that no query of the code has, linked as queries."""
    caches = _caches(graph.program)
    yield from _absent(graph, caches)
    if caches:
        yield from _unlisted(graph, caches)
        unused = frozenset(_unused(graph.program, caches))
        yield from _beside_schema(graph, caches, unasked, unused)


def _caches(program: Program) -> tuple[_Cache, ...]:
    """The caches of code that is ours: those of vendored code and of examples are not for us to judge."""
    homes = {file.path for file, _ in _sites(program) if file.role == "code"}
    found: dict[str, list[FileFacts]] = {}
    for path, file in program.files.items():
        folder, _, name = path.rpartition("/")
        if file.language == "json" and folder.rpartition("/")[2] == ".sqlx":
            found.setdefault(folder.rpartition("/")[0], []).append(file)
        elif name == "sqlx-data.json":
            found.setdefault(folder, []).append(file)
    return tuple(
        _Cache(
            folder,
            tuple(entry for file in found[folder] for entry in file.cached),
            all(not file.errors for file in found[folder]),
        )
        for folder in sorted(found)
        if any(_holds(folder, home) for home in homes)
    )


def _holds(folder: str, path: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _absent(graph: ReferenceGraph, caches: tuple[_Cache, ...]) -> Iterator[CacheState]:
    """The first checked query of each workspace that has neither a cache nor a word on a database."""
    settings = {setting.kind for file in graph.program.files.values() for setting in file.settings}
    # With caches for other crates nobody knows whose build is the one without a database.
    offline = "offline" in settings and not caches
    if "prepare" in settings or ("database" in settings and not offline):
        return
    told: set[str] = set()
    for file, query in _sites(graph.program):
        if graph.role(query.span) != "code" or any(_holds(cache.folder, file.project.path) for cache in caches):
            continue
        workspace = _workspace(graph.program, file)
        if workspace is not None and workspace not in told:
            told.add(workspace)
            yield CacheState("absent", query.span, symbol=graph.program.symbol(query))


def _workspace(program: Program, file: FileFacts) -> str | None:
    """The outermost folder with a manifest of cargo around a file; None where there is no manifest at all."""
    folders = [path.rpartition("/")[0] for path in program.files if path.rpartition("/")[2] == "Cargo.toml"]
    return min((folder for folder in folders if _holds(folder, file.path)), key=len, default=None)


def _unlisted(graph: ReferenceGraph, caches: tuple[_Cache, ...]) -> Iterator[CacheState]:
    """Queries without an entry, in crates of which the cache has others. What only tests run is often left out of it."""
    kept: dict[str, frozenset[str]] = {}
    asked: dict[str, list[tuple[Query, str]]] = {}
    for file, query in _sites(graph.program):
        crate, text = file.project.path, _text(query)
        near = [cache for cache in caches if _holds(cache.folder, crate)]
        # A build script that makes a database of its own leaves the cache aside.
        script = graph.program.files.get(f"{crate}/build.rs" if crate else "build.rs")
        if (script is None or not script.settings) and near and text is not None and all(cache.whole for cache in near):
            kept.setdefault(crate, frozenset(entry.text for cache in near for entry in cache.entries))
            asked.setdefault(crate, []).append((query, text))
    for crate, queries in asked.items():
        if all(text not in kept[crate] for _, text in queries):
            continue
        for query, text in queries:
            if text not in kept[crate] and graph.role(query.span) == "code":
                yield CacheState("unlisted", query.text.span, symbol=graph.program.symbol(query))


def _unused(program: Program, caches: tuple[_Cache, ...]) -> Iterator[Span]:
    """Entries no query asks for, where every checked query of the crates is known."""
    asked = {text for _, query in _sites(program) if (text := _text(query)) is not None}
    for cache in caches:
        left = [entry for entry in cache.entries if entry.text not in asked]
        # A cache most of whose entries have no query is written by something that was not read.
        if left and 2 * len(left) <= len(cache.entries) and _is_read(program, cache.folder):
            yield from (entry.span for entry in left)


def _is_read(program: Program, folder: str) -> bool:
    """Whether the text of every checked query below a folder is known: none is made by a macro, or lies where a file does not parse."""
    files = [file for path, file in program.files.items() if file.language == "rust" and _holds(folder, path)]
    return not any(
        file.unread
        or file.project.depends_on(_WRITERS)
        or any(query.checked and _text(query) is None for query in file.queries)
        for file in files
    )


def _beside_schema(
    graph: ReferenceGraph, caches: tuple[_Cache, ...], unasked: Iterable[LinkedQuery], unused: frozenset[Span]
) -> Iterator[CacheState]:
    """Entries beside the schema: by a query of their crates that has their text, else by themselves."""
    linked: dict[str, list[LinkedQuery]] = {}
    # What a test names may be made by the test.
    for query in (*(query for query in graph.queries if query.query.checked), *unasked):
        if not graph.is_test(query.query.span):
            linked.setdefault(_text(query.query) or "", []).append(query)
    for cache in caches:
        for entry in cache.entries:
            near = (known for known in linked.get(entry.text, ()) if _holds(cache.folder, known.file.path))
            state = _state(entry, next(near, None), graph)
            if entry.span in unused:
                yield replace(state, kind="unused")
            elif state.links or state.conflicts:
                yield state


def _state(entry: CachedQuery, query: LinkedQuery | None, graph: ReferenceGraph) -> CacheState:
    state = CacheState("contradicted", entry.span, entry)
    if query is None:
        return state
    links = tuple(link for link in query.links if link.status == "unresolved" and link.reason != "row")
    conflicts = tuple(_conflicts(entry, query, graph))
    return replace(state, schema=query.schema, symbol=query.symbol, links=_once(links), conflicts=conflicts)


def _once(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple({(link.reference.table, link.candidates, link.reference.column): link for link in links}.values())


def _conflicts(entry: CachedQuery, query: LinkedQuery, graph: ReferenceGraph) -> Iterator[CacheConflict]:
    """Columns of the result that are plain columns of a table, each once, where every schema that has them contradicts."""
    columns = query.columns
    if columns is None or len(columns) != len(entry.columns) or query.dialect != entry.dialect:
        return
    histories = [history for history in graph.histories if history.dialect == entry.dialect]
    told: set[str] = set()
    for cached, output in zip(entry.columns, columns, strict=True):
        if not output.source or output.source in told:
            continue
        # Which of several databases an entry saw is not written in it.
        having = [one for one in histories if graph.column(one.schema.name, output.source)]
        found = [_conflict(cached, output.source, history) for history in having]
        chosen = [each for history, each in zip(having, found, strict=True) if history.schema.name == query.schema]
        if chosen and chosen[0] is not None and None not in found:
            told.add(output.source)
            yield chosen[0]


def _conflict(cached: CachedColumn, source: str, history: History) -> CacheConflict | None:
    table = history.schema.table(source.rpartition(".")[0])
    column = table.column(source.rpartition(".")[2]) if table is not None else None
    if table is None or column is None or not (history.accuses and table.certain and column.certain):
        return None
    if table.kind != "table" or history.schema.is_tainted(table.name):
        return None
    seen = parse_type(cached.type.lower(), history.dialect)
    if history.dialect != "mysql" and _differ(seen, history.schema.column_type(column.type)):
        return CacheConflict(source, cached.type, column.type.raw or column.type.name, column.defined)
    # Only PostgreSQL says of a column whether it may be NULL; the others guess it from the statement.
    if history.dialect == "postgres" and cached.nullable is False and column.nullable:
        return CacheConflict(source, "NOT NULL", "nullable", column.defined)
    return None


def _differ(seen: ColumnType, declared: ColumnType) -> bool:
    return seen.family in _FAMILIES and declared.family in _FAMILIES and seen.family != declared.family
