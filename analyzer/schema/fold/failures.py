"""The sentences of failures: what is there already, what is not there, with the place that made or took it.

What comes in: a schema and a name. What goes out: a Failure, or None where it is not certain. This module does not know changes.
"""

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.lookup import is_settled
from analyzer.schema.history import Failure


def exists(schema: Schema, name: ObjectName, span: Span, found: Table) -> Failure | None:
    """A table or view of this name is there."""
    if not is_settled(schema, name) or not found.certain:
        return None
    related = (found.defined, f'{found.kind} "{found.name}" is created here')
    return Failure("exists", span, f'{found.kind} "{name.name}" already exists', name.name, related)


def missing(schema: Schema, name: ObjectName, span: Span, kind: str = "table") -> Failure | None:
    """No table or view of this name is there."""
    if not is_settled(schema, name):
        return None
    dropped = schema.last_dropped(name.name, None)
    related = None
    if dropped is not None:
        verb = f'renamed to "{dropped.renamed_to}"' if dropped.renamed_to else "dropped"
        related = (dropped.span, f'{kind} "{name.name}" is {verb} here')
    return Failure("missing", span, f'{kind} "{name.name}" does not exist', name.name, related)


def column_exists(schema: Schema, table: Table, column: Column, span: Span) -> Failure | None:
    if schema.is_tainted(table.name) or not column.certain:
        return None
    related = (column.defined, f'column "{column.name}" is created here')
    message = f'column "{column.name}" of table "{table.name}" already exists'
    return Failure("exists", span, message, f"{table.name}.{column.name}", related)


def column_missing(schema: Schema, table: Table, name: str, span: Span) -> Failure | None:
    """The table is known whole, and has no such column."""
    if schema.is_tainted(table.name) or not table.closed:
        return None
    dropped = schema.last_dropped(table.name, name)
    related = None
    if dropped is not None:
        verb = f'renamed to "{dropped.renamed_to}"' if dropped.renamed_to else "dropped"
        related = (dropped.span, f'column "{name}" is {verb} here')
    message = f'table "{table.name}" has no column "{name}"'
    return Failure("missing", span, message, f"{table.name}.{name}", related)


def two_keys(schema: Schema, table: Table, span: Span) -> Failure | None:
    """A table has one primary key."""
    if schema.is_tainted(table.name) or table.primary_key is None or not table.certain:
        return None
    related = (table.primary_key.defined, "the primary key is created here")
    return Failure("exists", span, f'table "{table.name}" already has a primary key', table.name, related)


def constraint_exists(schema: Schema, table: Table, name: str, defined: Span, span: Span) -> Failure | None:
    if schema.is_tainted(table.name) or not table.certain:
        return None
    related = (defined, f'constraint "{name}" is created here')
    message = f'constraint "{name}" of table "{table.name}" already exists'
    return Failure("exists", span, message, f"{table.name}.{name}", related)
