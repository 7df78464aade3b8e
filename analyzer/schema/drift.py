"""Sources that say they make one database, and do not make the same.

What comes in: live histories and the candidates beside them. What goes out: Pairs with their differing tables, and definitions that do nothing
because the table is there already in another shape. This module does not know which source is right.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.source import Span
from analyzer.schema.bookkeeping import is_bookkeeping
from analyzer.schema.compare import comparable, compare, differ
from analyzer.schema.differences import Difference
from analyzer.schema.fold.lookup import exact
from analyzer.schema.fold.making import make_table
from analyzer.schema.fold.replay import apply
from analyzer.schema.history import TOOLED, History, Rival, SchemaSource
from analyzer.schema.sources import is_inside

_SEVERAL = 2
# What holds less of the live tables than this shows a part of the database, or an early state: nobody says that it is the whole.
_WHOLE = 0.4
# Beyond this share of differing tables two sources are no longer of one database.
_ALIKE = 0.5


# What two scripts of one database are expected to agree about: the rest is often left to tools.
_TOLD = frozenset({"table", "column", "type", "nullability", "default", "primary key", "unique"})


class Drift(Struct, frozen=True):
    """One table that two sources define differently; `differences` have the live one left. `live` is True where tools run both."""

    table: str
    left: SchemaSource
    right: SchemaSource
    differences: tuple[Difference, ...]
    live: bool


class Shape(Struct, frozen=True):
    """A CREATE TABLE IF NOT EXISTS that changes nothing; `columns` are what it declares otherwise than the table that is `there`.

    `ran` is False where nothing says which of the two runs first.
    """

    table: str
    span: Span
    there: Span
    columns: tuple[str, ...]
    ran: bool = True


def drifts(history: History, histories: Sequence[History], rivals: Sequence[Rival]) -> tuple[Drift, ...]:
    """What disagrees with this history: live histories named after it, and candidates that resemble it more than any other."""
    found: list[Drift] = []
    for other in histories:
        proven = other.schema.name > history.schema.name and history.accuses and other.accuses
        if proven and _alike(history, other.schema, other.project, apart=other.apart):
            found += _pair(history, _whole(other), other.sources[0], live=_is_run(history) and _is_run(other))
    for rival in rivals:
        if rival.migration:
            found += _since_snapshot(history, rival)
            continue
        nearest = max(histories, key=lambda one: (_shared(one, rival), one is history), default=history)
        if nearest is history and _is_whole(rival, history):
            found += _pair(history, rival.schema, rival.source, live=False)
    return tuple(found)


def _since_snapshot(history: History, rival: Rival) -> Iterator[Drift]:
    """A snapshot is of the moment after its migration, not of the end."""
    step = next((step for step in history.steps if step.migration.span.path == rival.migration), None)
    if step is not None and step.after is not None and not history.apart and not rival.apart:
        # The tool that keeps it knows no virtual tables.
        tables = {at: table for at, table in step.after.tables.items() if "virtual" not in table.options}
        mine = replace(step.after, tables=tables, tainted=step.after.tainted | history.schema.tainted)
        yield from _pair(history, rival.schema, rival.source, live=False, mine=mine)


def _whole(history: History) -> Schema:
    """What all steps build; a runner that stops early is a finding of its own."""
    return replace(history.whole or history.schema, tainted=history.schema.tainted)


def _is_run(history: History) -> bool:
    return history.sources[0].kind in {"code-migrations", *TOOLED}


def _is_whole(rival: Rival, history: History) -> bool:
    """A file or folder that builds a database from nothing, and is no part of the history itself."""
    own = {step.migration.span.path for step in history.steps}
    paths = {table.defined.path for table in rival.schema.tables.values()}
    return (
        rival.source.kind in {"schema-sql", *TOOLED}
        and not rival.foreign
        and not paths & own
        and _alike(history, rival.schema, rival.project, apart=rival.apart)
    )


def _alike(history: History, other: Schema, project: str, *, apart: bool) -> bool:
    """One dialect, one project or one inside the other, and no tests, examples or vendored code."""
    near = is_inside(history.project, project) or is_inside(project, history.project)
    return near and history.schema.dialect == other.dialect and not apart and not history.apart


def _shared(history: History, rival: Rival) -> int:
    if history.schema.dialect != rival.schema.dialect:
        return -1
    return len(_whole(history).tables.keys() & rival.schema.tables.keys())


def _pair(
    history: History, other: Schema, source: SchemaSource, *, live: bool, mine: Schema | None = None
) -> Iterator[Drift]:
    mine = _whole(history) if mine is None else mine
    known, theirs = comparable(mine), comparable(other)
    shared = known.keys() & theirs.keys()
    if "*" in mine.tainted | other.tainted or len(shared) < _SEVERAL or 2 * len(shared) < min(len(known), len(theirs)):
        return
    tables: dict[str, list[Difference]] = {}
    keyed = _has_keys(known) and _has_keys(theirs)
    for difference in compare(mine, other):
        if difference.kind not in _TOLD or difference.fine or is_bookkeeping(difference.table):
            continue
        # Scripts that fill a development database leave the keys to others.
        if difference.kind in ("primary key", "unique") and not keyed:
            continue
        tables.setdefault(difference.table, []).append(difference)
    columns = {name for name, found in tables.items() if any(one.kind == "column" for one in found)}
    if len(columns) > _ALIKE * len(shared) and not _agrees(known, theirs, shared):
        return
    whole = len(shared) >= _WHOLE * len(known)
    for name, found in sorted(tables.items()):
        lacking = any(one.kind == "table" for one in found)
        if not lacking or (whole and history.accuses):
            yield Drift(name, history.sources[0], source, tuple(found), live)


def _has_keys(tables: Mapping[tuple[str, str], Table]) -> bool:
    return any(table.primary_key is not None for table in tables.values())


def _agrees(
    known: dict[tuple[str, str], Table], theirs: dict[tuple[str, str], Table], shared: set[tuple[str, str]]
) -> bool:
    """Most columns of the shared tables have the same names."""
    same = every = 0
    for at in shared:
        names = [Counter(column.name.lower() for column in table.columns) for table in (known[at], theirs[at])]
        same += (names[0] & names[1]).total()
        every += max(names[0].total(), names[1].total())
    return same >= _ALIKE * every


def shapes(history: History) -> Iterator[Shape]:
    """Definitions with IF NOT EXISTS of a table that is there in another shape, and that nothing later brings to theirs."""
    if not history.accuses or not _is_ordered(history):
        return
    final = _whole(history)
    made: Counter[str] = Counter(
        change.table.name for step in history.steps for change in step.changes if isinstance(change, CreateTable)
    )
    if all(count < _SEVERAL for count in made.values()):
        return
    schema = Schema(history.schema.name, history.schema.dialect, tainted=final.tainted & {"*"})
    for step in history.steps:
        for change in step.changes:
            if isinstance(change, CreateTable) and made[change.table.name] >= _SEVERAL:
                yield from _shape(schema, change, final)
            schema = apply(schema, change)[0]


def shapes_in_code(history: History, rivals: Sequence[Rival]) -> Iterator[Shape]:
    """Definitions with IF NOT EXISTS that code sends beside the source that makes the schema, of a table that is there in another shape."""
    final = _whole(history)
    for rival in rivals:
        if rival.source.kind == "code-ddl" and _alike(history, rival.schema, rival.project, apart=rival.apart):
            for step in rival.steps:
                for change in step.changes:
                    if isinstance(change, CreateTable):
                        yield from (replace(shape, ran=_is_run(history)) for shape in _shape(final, change, final))


def _is_ordered(history: History) -> bool:
    return history.sources[0].kind != "code-ddl" and all(
        step.migration.tool not in ("plain", "sql") for step in history.steps
    )


def _shape(schema: Schema, change: CreateTable, final: Schema) -> Iterator[Shape]:
    there = exact(schema, change.table)
    if (
        there is None
        or not change.if_not_exists
        or change.temporary
        or change.query is not None
        or not there.certain
        or not there.closed
        or there.kind != "table"
        or schema.is_tainted(there.name)
    ):
        return
    last = exact(final, change.table)
    wished = make_table(schema, change)
    lost = tuple(
        column.name for column in wished.columns if last is not None and _is_lost(column.name, wished, there, last)
    )
    # A table that shares no more than a name is another database's.
    if lost and 2 * len(lost) <= len(wished.columns):
        yield Shape(there.name, change.span, there.defined, lost)


def _is_lost(name: str, wished: Table, there: Table, last: Table) -> bool:
    """The column is declared otherwise than it is, here and at the end of the history."""
    column = wished.column(name)
    for table in (there, last):
        twin = table.column(name)
        if column is None or (twin is not None and not differ(column.type, twin.type, table.dialect)):
            return False
        if twin is None and not table.closed:
            return False
    return True
