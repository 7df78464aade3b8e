"""Statements that look at, or need something of, the rows that a table had before the migration.

What comes in: a step's moments. What goes out: what the rows must satisfy, as a phrase. PostgreSQL alone: SQLite has no such statement, and MySQL's
clients cannot put the check off. This module does not know whether the table has rows.
"""

from collections.abc import Iterator

from analyzer.catalog.names import fold
from analyzer.catalog.table import Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.statements import DataStatement, Opaque
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.source import Span
from analyzer.schema.history import Moment, Step


def unsafe(step: Step) -> Iterator[tuple[Moment, str, str]]:
    """Each moment with the phrase and with the remedy."""
    if step.before is None or step.before.dialect != "postgres":
        return
    for moment in step.moments():
        table = moment.table
        if table is None and "*" in step.before.tainted and not moment.change.may:
            yield from _elsewhere(moment)
        if table is None or not moment.existing or moment.change.may or step.before.is_tainted(table.name):
            continue
        if any(_holds(moment.change.span, failure.span) for failure in step.failures):
            continue
        said = _constraint(moment.change, moment.before, table) or _required(moment.change, moment.before, table)
        if said is not None:
            yield moment, *said


def _elsewhere(moment: Moment) -> Iterator[tuple[Moment, str, str]]:
    """A table that something else made was there before."""
    change = moment.change
    if isinstance(change, AddConstraint) and change.check is not None and change.check.valid:
        made = any(isinstance(other, CreateTable | Opaque) for other in moment.before)
        remedy = "add it NOT VALID, and VALIDATE CONSTRAINT in a later migration"
        if not made:
            yield moment, f'every row of "{change.table.name}" must satisfy the new CHECK', remedy


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end


def _constraint(change: SchemaChange, before: tuple[SchemaChange, ...], table: Table) -> tuple[str, str] | None:
    if not isinstance(change, AddConstraint):
        return None
    remedy = "add it NOT VALID, and VALIDATE CONSTRAINT in a later migration"
    if change.check is not None and change.check.valid:
        return f'every row of "{table.name}" must satisfy the new CHECK', remedy
    key = change.foreign_key
    if key is None or not key.valid or _touched(before, table, key.columns):
        return None
    return f'every row of "{table.name}" must have its row in "{key.target.name}"', remedy


def _required(change: SchemaChange, before: tuple[SchemaChange, ...], table: Table) -> tuple[str, str] | None:
    if not isinstance(change, AlterColumn) or not change.not_null:
        return None
    column = table.column(change.column)
    if (
        column is None
        or not column.nullable
        or column.generated
        or not column.certain
        or _touched(before, table, (change.column,))
    ):
        return None
    return f'no row of "{table.name}" may be without "{column.name}"', "fill the rows that are there before it"


def _touched(before: tuple[SchemaChange, ...], table: Table, columns: tuple[str, ...]) -> bool:
    """The migration makes or fills one of these columns, deletes rows, or does what nobody could read."""
    names = {fold(column, table.dialect) for column in columns}
    for change in before:
        match change:
            case Opaque():
                return True
            case AddColumn(column=column) if fold(column.name, table.dialect) in names:
                return True
            case DataStatement(verb="delete" | "other"):
                return True
            case DataStatement(verb="update", columns=assigned):
                if not assigned or names & {fold(column, table.dialect) for column in assigned}:
                    return True
            case _:
                pass
    return False
