"""Migrations that exist and that nothing runs.

What comes in: replayed candidates with what became of them, and the program's loose functions. What goes out: Unregistered values, with what
each would add to the schema that is live, and what of it would fail there. This module does not judge.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.program import Program
from analyzer.schema.bases import Replayed
from analyzer.schema.fold.replay import replay
from analyzer.schema.history import TOOLED, Failure, History, Unregistered
from analyzer.schema.liveness import is_near, is_retired, is_weak, only_alters
from analyzer.schema.sources import Candidate
from analyzer.sql.ddl.read import read_changes


def unregistered(
    program: Program, live: Sequence[tuple[Replayed, History]], outrun: Iterable[tuple[Replayed, str]]
) -> Iterator[Unregistered]:
    """What a journal leaves out, modules that a list in code leaves out, folders of files beside a schema that code makes."""
    for one, history in live:
        for migration in one.candidate.migrations:
            if not migration.registered:
                yield _left_out(migration.span, migration.id, "the journal", history, migration.up)
    by_path = {one.candidate.path: history for one, history in live}
    runs = frozenset(_sent(program)).union(*(one.candidate.runs for one, _ in live))
    for timeline, function in program.loose:
        if timeline.path in by_path:
            file = program.files[function.span.path]
            name = file.path.rpartition("/")[2].rpartition(".")[0]
            yield _left_out(function.span, name, timeline.path, by_path[timeline.path], _texts(file, function.span))
    for one, runner in outrun:
        for migration in one.candidate.migrations if runner in by_path else ():
            if migration.span.path in runs:
                continue
            yield _left_out(migration.span, migration.id, runner, by_path[runner], migration.up)
    yield from _by_hand(live, runs)


def _by_hand(live: Sequence[tuple[Replayed, History]], runs: frozenset[str]) -> Iterator[Unregistered]:
    """Files that alter what a tool's migrations make, and that nothing in the repository names."""
    for one, _ in live:
        unnamed = [file for file in one.candidate.migrations if not file.named and file.span.path not in runs]
        found = _run_beside(one, live) if unnamed else None
        if found is None:
            continue
        other, history = found
        for migration in unnamed:
            made = _left_out(migration.span, migration.id, other.path or ".", history, migration.up)
            # What fails behind them alone may go on from the one before it.
            yield replace(made, tool=other.tool, failures=())


def _run_beside(one: Replayed, live: Sequence[tuple[Replayed, History]]) -> tuple[Candidate, History] | None:
    """The tool's migrations near by that make most of the tables that files alter, where these make none of them."""
    loose = is_weak(one.candidate) and only_alters(one) and not is_retired(one.candidate)
    altered = _altered(one) if loose else frozenset[str]()
    for other, history in live:
        candidate = other.candidate
        is_run = candidate.kind in TOOLED and not is_weak(candidate) and not candidate.apart and not candidate.foreign
        alike = is_run and candidate.dialect == one.candidate.dialect and is_near(one, other)
        if alike and altered and 2 * len(altered & other.lasting) >= len(altered):
            return candidate, history
    return None


def _altered(one: Replayed) -> frozenset[str]:
    """The tables that it changes and does not make."""
    changes = [change for step in one.steps for change in step.changes]
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    changed = {change.table.name for change in changes if isinstance(change, AddColumn | AddConstraint | AddIndex)}
    return frozenset(fold(name, one.candidate.dialect) for name in changed - made)


def _sent(program: Program) -> Iterator[str]:
    """Files whose text code sends, from wherever."""
    for file, query in program.queries():
        yield from (part.span.path for part in query.text.parts if part.span.path != file.path)


def _texts(file: FileFacts, function: Span) -> tuple[Text, ...]:
    return tuple(query.text for query in file.queries if query.function == function)


def _left_out(span: Span, name: str, runner: str, history: History, texts: Iterable[Text]) -> Unregistered:
    known = tuple(texts)
    changes = (change for text in known for change in read_changes(text, history.dialect))
    adds = dict.fromkeys(name for change in changes for name in _added(change, history.schema))
    failures = _failing(Migration(span, name, "", (name,), known, transactional=False), history)
    return Unregistered(span, name, runner, history.schema.name, tuple(adds), failures)


def _failing(migration: Migration, history: History) -> tuple[Failure, ...]:
    """What could not succeed behind all that runs. What is there already is no fault: somebody made it another way."""
    steps = replay((migration,), history.dialect, "", history.whole or history.schema).steps if history.accuses else ()
    return tuple(failure for step in steps for failure in step.failures if failure.kind != "exists")


def _added(change: SchemaChange, schema: Schema) -> Iterator[str]:
    """Names of tables and columns that the schema lacks, as sentences write them."""
    match change:
        case CreateTable(table=made) if schema.table(made.name) is None:
            yield f'table "{made.name}"'
        case AddColumn(table=name, column=column):
            table = schema.table(name.name)
            if table is not None and table.column(column.name) is None:
                yield f'column "{name.name}.{column.name}"'
        case _:
            return
