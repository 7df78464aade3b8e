"""Program and Histories -> ReferenceGraph.

What comes in: query sites with evaluated texts, replayed schemas. What goes out: every reference with its status. A database that is
unknown for a site silences it wherever any schema has the name. This module does not judge.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.file import FileFacts
from analyzer.facts.model import HostType
from analyzer.facts.query import Query
from analyzer.facts.reference import Reference
from analyzer.facts.source import DIALECTS, Dialect
from analyzer.link.alternatives import agreed, without_impossible
from analyzer.link.cache import as_cached, cache_states, cached_sites
from analyzer.link.databases import completed
from analyzer.link.documents import document_queries
from analyzer.link.external import external_tables
from analyzer.link.graph import ReferenceGraph
from analyzer.link.keys_elsewhere import made_elsewhere, with_loose_tables
from analyzer.link.linked import Link, LinkedQuery, PlacedProblem
from analyzer.link.made_in_code import (
    as_explained,
    as_migration,
    code_changes,
    dialect_of,
    made_tables,
    migrating_functions,
    modelled_tables,
    probed_tables,
    tables_by_file,
    with_made_columns,
    without_own_tables,
)
from analyzer.link.models import defining, model_sites, twins, without_strange_tables, without_strangers
from analyzer.link.other_databases import without_other_databases
from analyzer.link.rows import pair_rows
from analyzer.link.value_sets import value_sets
from analyzer.link.values import bound_type
from analyzer.link.writes import compared_values, linked_writes
from analyzer.program.program import Program
from analyzer.schema.history import History, Survey
from analyzer.sql.ddl.read import read_changes
from analyzer.sql.embed import EmbeddedSql, embed
from analyzer.sql.resolution import Resolution, SqlReference
from analyzer.sql.resolve import resolve

# Paths whose queries nobody of this project wrote or runs.
_FOREIGN = ("vendored", "generated")


def link(program: Program, surveyed: Survey, external: Iterable[str] = ()) -> ReferenceGraph:
    """Every query site against the schema its file reads."""
    documents = tuple(history for history in surveyed.histories if history.dialect == "mongodb")
    surveyed = replace(surveyed, histories=tuple(h for h in surveyed.histories if h.dialect != "mongodb"))
    ordered = {text.span for history in surveyed.histories for step in history.steps for text in step.migration.up}
    loose = {function.span.path for _, function in program.loose}
    changes = tuple(
        made for made in code_changes(program) if made.query.text.span not in ordered and made.file.path not in loose
    )
    is_external = external_tables(external, {*made_tables(changes), *probed_tables(program), *modelled_tables(program)})
    databases = tuple(rival.schema for rival in surveyed.rivals if rival.source.kind == "database")
    elsewhere = made_elsewhere(program, ordered)
    histories = tuple(
        completed(with_loose_tables(with_made_columns(history, changes), elsewhere), databases, is_external)
        for history in surveyed.histories
    )
    made_in = tables_by_file(changes)
    silent = {history.schema.name for history in histories if not history.accuses}
    migrating = migrating_functions(changes) | frozenset(f for one in program.timelines for f in one.functions)
    live = tuple(history for history in histories if history.serves)

    def linked(file: FileFacts, query: Query, among: tuple[History, ...]) -> LinkedQuery:
        found = _linked(program, file, query, among, is_external)
        return without_own_tables(found, made_in.get(file.path, frozenset()))

    def decided(found: Iterable[LinkedQuery]) -> tuple[LinkedQuery, ...]:
        queries = tuple(found)
        queries = tuple(as_explained(query) if query.schema in silent else query for query in queries)
        queries = tuple(
            as_migration(query) if query.query.function in migrating or query.query.text.span in ordered else query
            for query in queries
        )
        return tuple(agreed(without_impossible(without_other_databases(queries, live, program))))

    def sites(found: Iterable[tuple[FileFacts, Query]]) -> Iterator[LinkedQuery]:
        # What a revision sends is replayed; what it asks, it asks of the schema of its day.
        return (
            linked(file, query, histories) for file, query in found if file.role not in _FOREIGN and not file.revisions
        )

    def models() -> Iterator[LinkedQuery]:
        """Every model once, and once more for each tree of migrations that makes the same tables for another engine."""
        for file, query in model_sites(program):
            first = linked(file, query, histories)
            yield first
            yield from (linked(file, query, (twin,)) for twin in twins(first.schema, histories))

    known = tuple(
        defining(as_explained(query) if query.schema in silent else query)
        for query in without_strangers(tuple(models()), program)
    )
    queries = tuple(without_strange_tables(as_cached(decided(sites(program.queries())), program), known))
    queries += tuple(query for history in documents for query in document_queries(program, history))
    graph = ReferenceGraph(
        program, (*live, *documents), queries, surveyed.sources, surveyed.rivals, surveyed.unregistered
    )
    states = tuple(cache_states(graph, decided(sites(cached_sites(program)))))
    texts = tuple(query for query in queries if query.document is None)
    return replace(graph, cache=states, models=known, value_sets=value_sets(texts, known, program, live))


def serving(histories: tuple[History, ...], path: str, hint: str) -> tuple[History, ...]:
    """The histories whose schema code at a path may read, likeliest first: the nearest folder, the driver's dialect."""
    return tuple(sorted(histories, key=lambda history: (-_depth(history, path), history.dialect != hint)))


def _depth(history: History, path: str) -> int:
    """The length of the longest served folder that holds the path; -1 where none does."""
    folders = [folder for folder in history.serves if folder in ("", path) or path.startswith(f"{folder}/")]
    return max((len(folder) for folder in folders), default=-1)


def _linked(
    program: Program,
    file: FileFacts,
    query: Query,
    histories: tuple[History, ...],
    is_external: Callable[[str], bool],
) -> LinkedQuery:
    candidates = serving(histories, file.path, query.dialect_hint)
    dialects = _dialects(candidates, histories)
    chosen, resolution = _best(query, file, candidates, dialects, is_external)
    embedded = embed(query.text, chosen.dialect if chosen is not None else dialect_of(query, file, dialects))
    schema = chosen.schema if chosen is not None else None
    symbol = program.symbol(query)
    links = tuple(
        _elsewhere(_link(query, embedded, reference, schema, symbol), histories) for reference in resolution.references
    )
    lacking = {lack.span for lack in query.lacking}
    links = tuple(replace(one, reason="model") if one.reference.span in lacking else one for one in links)
    # What is amiss with a text that we made ourselves is our own fault.
    problems = tuple(
        PlacedProblem(embedded.span(problem.start, problem.end), problem)
        for problem in resolution.problems
        if not query.built
    )
    # Names of another engine's schema explain a text; its types and NULLs say nothing of this engine's.
    typed = chosen is None or query.dialect_hint in ("", chosen.dialect)
    values = query.arguments.values if query.arguments is not None else ()
    dialect = chosen.dialect if chosen is not None else dialect_of(query, file, ())
    defines = any(statement.kind == "ddl" for statement in resolution.statements)
    linked = LinkedQuery(
        query=query,
        file=file,
        sql=embedded.sql,
        schema=schema.name if schema is not None else "",
        dialect=dialect,
        resolution=resolution,
        status=resolution.status,
        reason=query.why or resolution.reason,
        symbol=symbol,
        links=links,
        problems=problems,
        bound=tuple(bound_type(value, program, file) if typed else HostType("") for value in values),
        changes=read_changes(query.text, dialect) if defines else (),
    )
    if not typed:
        return linked
    if schema is not None and not _is_rivalled(resolution, schema, candidates, file.path):
        linked = replace(
            linked,
            writes=tuple(linked_writes(query, embedded, resolution, schema)),
            compared=tuple(compared_values(query, embedded, resolution, schema)),
        )
    return pair_rows(linked, program, schema)


def _is_rivalled(resolution: Resolution, schema: Schema, candidates: tuple[History, ...], path: str) -> bool:
    """Whether another schema that is as near has a table of the same name with other columns: nobody knows which one is meant."""
    tables = {one.table for one in resolution.references if one.column is None and one.role == "write"}
    others = [history for history in candidates if history.schema is not schema]
    depth = next((_depth(history, path) for history in candidates if history.schema is schema), -1)
    return any(
        _depth(history, path) >= depth and _names(history.schema, name) not in (None, _names(schema, name))
        for history in others
        for name in tables
    )


def _names(schema: Schema, table: str) -> frozenset[str] | None:
    found = schema.table(table)
    return frozenset(column.name.lower() for column in found.columns) if found is not None else None


def _dialects(candidates: tuple[History, ...], histories: tuple[History, ...]) -> tuple[Dialect, ...]:
    return tuple(dict.fromkeys(history.dialect for history in (*candidates, *histories)))


def _best(
    query: Query,
    file: FileFacts,
    candidates: tuple[History, ...],
    dialects: tuple[Dialect, ...],
    is_external: Callable[[str], bool],
) -> tuple[History | None, Resolution]:
    """The likeliest schema that has everything the text names, else the one that lacks least.

    Which database a site talks to is rarely written beside it: a name that any schema of the repository has is accused of nothing.
    A schema that serves no folder (it belongs to tests) only silences.
    """
    plain = None if query.built else embed(query.text)

    def attempt(dialect: Dialect, schema: Schema | None) -> Resolution:
        others = tuple(other for other in dialects if other != dialect)
        return resolve(
            plain or embed(query.text, dialect),
            dialect,
            schema,
            paramstyle=query.paramstyle,
            script=query.operation == "script",
            alternatives=others if schema is not None else tuple(d for d in DIALECTS if d != dialect),
            external=is_external,
        )

    tried: list[tuple[History, Resolution]] = []
    for history in candidates:
        tried.append((history, attempt(history.dialect, history.schema)))
        if _faults(tried[-1][1]) == (0, False):
            break
    # A schema that does not serve the file, or of another engine than the driver's, may explain a text, never accuse it.
    sound = [entry for entry in tried if _may_accuse(entry[0], file.path, query) or not _faults(entry[1])[0]]
    if not sound:
        return None, attempt(dialect_of(query, file, dialects), None)
    # That others make a table explains a text worse than the schema of the nearest folder refuses it.
    near = max(_depth(history, file.path) for history, _ in sound)
    home = [entry for entry in sound if _depth(entry[0], file.path) == near]
    told = [entry for entry in sound if not _faults(entry[1])[0] and not _leans_on_others(entry[1])]
    return min(told or home, key=lambda entry: _faults(entry[1]))


def _leans_on_others(resolution: Resolution) -> bool:
    return any(reference.reason == "external" and reference.column is None for reference in resolution.references)


def _may_accuse(history: History, path: str, query: Query) -> bool:
    return _depth(history, path) >= 0 and query.dialect_hint in ("", history.dialect)


def _faults(resolution: Resolution) -> tuple[int, int]:
    unresolved = sum(reference.status == "unresolved" for reference in resolution.references)
    return unresolved + len(resolution.problems), resolution.status == "unresolved"


def _elsewhere(link: Link, histories: tuple[History, ...]) -> Link:
    """A table that another schema of the repository has is accused of nothing, whichever schema was chosen."""
    if link.status != "unresolved" or link.reference.column is not None or not link.reference.table:
        return link
    if any(history.schema.table(link.reference.table) is not None for history in histories):
        return replace(link, status="unknown", reason="other-database")
    return link


def _link(query: Query, embedded: EmbeddedSql, found: SqlReference, schema: Schema | None, symbol: str) -> Link:
    span = embedded.span(found.start, found.end)
    return Link(
        reference=Reference(span, found.table, found.column, found.role, found.namespace),
        status=found.status,
        reason=found.reason,
        candidates=found.candidates,
        schema=schema.name if schema is not None else "",
        symbol=symbol,
        query=query.span,
        derived=found.derived,
    )
