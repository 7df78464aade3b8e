"""The foreign keys of a whole history that its engine took, and that are wrong when all steps are done.

What comes in: a replayed history. What goes out: the table, and a Failure. Keys at which a statement already failed are not told twice. This module
does not know rules.
"""

from collections.abc import Iterator

from analyzer.catalog.schema import Table
from analyzer.facts.change import AddConstraint, CreateTable
from analyzer.facts.source import Span
from analyzer.schema.fold.keys import faults
from analyzer.schema.history import Failure, History


def key_faults(history: History) -> Iterator[tuple[Table, Failure]]:
    """Judged against what all steps would build. MySQL's REFERENCES of a column is no key."""
    told = {failure.span for step in history.steps for failure in step.failures}
    written = frozenset(_written(history)) if history.dialect == "mysql" else None
    # PostgreSQL looked at every key where it stands, if that is known.
    if history.dialect == "postgres" and any(step.before is not None for step in history.steps):
        return
    for table, key, failure in faults(history.whole or history.schema):
        if key.defined not in told and (written is None or key.defined in written):
            yield table, failure


def _written(history: History) -> Iterator[Span]:
    for step in history.steps:
        for change in step.changes:
            if isinstance(change, CreateTable):
                yield from (clause.span for clause in change.foreign_keys)
            elif isinstance(change, AddConstraint) and change.foreign_key is not None:
                yield change.foreign_key.span
