"""The foreign keys of a whole history that its engine took, and that are wrong when all steps are done.

What comes in: a replayed history. What goes out: Failures. Keys at which a statement already failed are not told twice. This module
does not know rules.
"""

from collections.abc import Iterator

from analyzer.catalog.table import ForeignKey, Table
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.source import Span
from analyzer.schema.fold.sqlite import types as sqlite_types
from analyzer.schema.fold.targets import faults
from analyzer.schema.history import Failure, History


def key_faults(history: History) -> Iterator[tuple[Failure, bool]]:
    """Judged against what all steps would build. MySQL's REFERENCES of a column is no key. True where the engine converts the values as it compares."""
    told = {failure.span for step in history.steps for failure in step.failures}
    written = frozenset(_written(history)) if history.dialect == "mysql" else None
    # PostgreSQL looked at every key where it stands, if that is known.
    if history.dialect == "postgres" and any(step.before is not None for step in history.steps):
        return
    # A plain file of definitions may be a part of a schema: what it points at can be in another.
    partial = bool(history.sources) and history.sources[0].kind == "schema-sql"
    for table, key, failure in faults(history.whole or history.schema):
        if partial and failure.kind == "target":
            continue
        if key.defined not in told and (written is None or key.defined in written):
            yield failure, history.dialect == "sqlite" and failure.kind == "key-type" and _is_text(table, key)


def _is_text(table: Table, key: ForeignKey) -> bool:
    """A text beside a number is compared as a number: only the other way around is a text's spelling lost."""
    columns = [table.column(name) for name in key.columns]
    return not any(column is not None and sqlite_types.is_number(column.type) for column in columns)


def _written(history: History) -> Iterator[Span]:
    for step in history.steps:
        for change in step.changes:
            if isinstance(change, CreateTable):
                yield from (clause.span for clause in change.foreign_keys)
            elif isinstance(change, AddConstraint) and change.foreign_key is not None:
                yield change.foreign_key.span
