"""Program and Histories -> ReferenceGraph.

What comes in: query sites with evaluated texts, replayed schemas. What goes out: every reference with its status. A database that is
unknown for a site silences it wherever any schema has the name. This module does not judge.
"""

from collections.abc import Callable, Iterable

from analyzer.catalog.schema import Schema
from analyzer.facts.change import AddColumn, CreateTable, CreateView, RenameColumn, RenameTable
from analyzer.facts.file import FileFacts
from analyzer.facts.query import Query
from analyzer.facts.reference import Reference
from analyzer.facts.source import DIALECTS, Dialect
from analyzer.link.external import external_tables
from analyzer.link.graph import Link, LinkedQuery, PlacedProblem, ReferenceGraph
from analyzer.link.rows import pair_rows
from analyzer.program.program import Program
from analyzer.schema.history import History
from analyzer.sql.ddl import read_changes
from analyzer.sql.embed import EmbeddedSql, embed
from analyzer.sql.resolution import Resolution, SqlReference
from analyzer.sql.resolve import resolve

# Paths whose queries nobody of this project wrote or runs.
_FOREIGN = ("vendored", "generated")


def link(program: Program, histories: tuple[History, ...], external: Iterable[str] = ()) -> ReferenceGraph:
    """Every query site against the schema its file reads."""
    is_external = external_tables(external, _made_in_code(program))
    queries = tuple(
        _linked(program, file, query, histories, is_external)
        for file, query in program.queries()
        if file.role not in _FOREIGN
    )
    return ReferenceGraph(program, histories, queries)


def _made_in_code(program: Program) -> frozenset[str]:
    """Tables that statements outside the migrations create or change: their columns cannot be known from migrations alone."""
    names: set[str] = set()
    for file, query in program.queries():
        head = query.text.skeleton.lstrip()[:200].upper()
        if not head.startswith(("CREATE", "ALTER")) and query.operation != "script":
            continue
        for change in read_changes(query.text, _dialect_of(query, file, ())):
            match change:
                case CreateTable(table=table) | AddColumn(table=table) | RenameColumn(table=table):
                    names.add(table.name)
                case RenameTable(to=to):
                    names.add(to.name)
                case CreateView(view=view):
                    names.add(view.name)
                case _:
                    pass
    return frozenset(names)


def serving(histories: tuple[History, ...], path: str, hint: str) -> tuple[History, ...]:
    """The histories whose schema code at a path reads: those of the nearest folder, of the driver's dialect where that decides."""
    depth = {index: _depth(history, path) for index, history in enumerate(histories)}
    nearest = max(depth.values(), default=-1)
    found = tuple(history for index, history in enumerate(histories) if depth[index] == nearest >= 0)
    spoken = tuple(history for history in found if history.dialect == hint)
    return spoken or found


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
    embedded = embed(query.text)
    candidates = serving(histories, file.path, query.dialect_hint)
    dialects = _dialects(candidates, histories)
    chosen, resolution = _best(query, file, embedded, candidates, dialects, is_external)
    schema = chosen.schema if chosen is not None else None
    symbol = program.symbol(query)
    links = tuple(_link(query, embedded, reference, schema, symbol) for reference in resolution.references)
    problems = tuple(
        PlacedProblem(embedded.span(problem.start, problem.end), problem) for problem in resolution.problems
    )
    linked = LinkedQuery(
        query=query,
        file=file,
        sql=embedded.sql,
        schema=schema.name if schema is not None else "",
        dialect=chosen.dialect if chosen is not None else _dialect_of(query, file, ()),
        resolution=resolution,
        status=resolution.status,
        reason=resolution.reason,
        symbol=symbol,
        links=links,
        problems=problems,
    )
    return pair_rows(linked, program, schema)


def _dialects(candidates: tuple[History, ...], histories: tuple[History, ...]) -> tuple[Dialect, ...]:
    return tuple(dict.fromkeys(history.dialect for history in (*candidates, *histories)))


def _best(  # noqa: PLR0917 - what a resolution depends on
    query: Query,
    file: FileFacts,
    embedded: EmbeddedSql,
    candidates: tuple[History, ...],
    dialects: tuple[Dialect, ...],
    is_external: Callable[[str], bool],
) -> tuple[History | None, Resolution]:
    """The first schema that has everything the text names, else the one that lacks least."""

    def attempt(dialect: Dialect, schema: Schema | None) -> Resolution:
        others = tuple(other for other in dialects if other != dialect)
        return resolve(
            embedded,
            dialect,
            schema,
            paramstyle=query.paramstyle,
            script=query.operation == "script",
            alternatives=others if schema is not None else tuple(d for d in DIALECTS if d != dialect),
            external=is_external,
        )

    if not candidates:
        return None, attempt(_dialect_of(query, file, dialects), None)
    tried = [(history, attempt(history.dialect, history.schema)) for history in candidates]
    return min(tried, key=lambda entry: _faults(entry[1]))


def _faults(resolution: Resolution) -> tuple[int, int]:
    unresolved = sum(reference.status == "unresolved" for reference in resolution.references)
    return unresolved + len(resolution.problems), resolution.status == "unresolved"


def _dialect_of(query: Query, file: FileFacts, dialects: tuple[Dialect, ...]) -> Dialect:
    hinted: tuple[Dialect, ...] = tuple(dialect for dialect in DIALECTS if dialect == query.dialect_hint)
    spoken: tuple[Dialect, ...] = tuple(
        dialect for dialect in DIALECTS if any(connection.dialect == dialect for connection in file.connections)
    )
    return next(iter((*hinted, *dialects, *spoken)), "postgres")


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
