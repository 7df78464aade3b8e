"""Migrations that exist and that nothing runs.

What comes in: replayed candidates with what became of them, and the program's loose functions. What goes out: Unregistered values, with what
each would add to the schema that is live, and what of it would fail there. This module does not judge.
"""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.program import Program
from analyzer.schema.bases import Replayed
from analyzer.schema.fold.replay import replay
from analyzer.schema.history import Failure, History, Unregistered
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
