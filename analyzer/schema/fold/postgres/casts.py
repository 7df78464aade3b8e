"""What PostgreSQL refuses of ALTER COLUMN ... TYPE without USING, and of the default that stays.

What comes in: a schema before one change, and the changes behind it. What goes out: a Failure, or None where it is not certain. A default is cast by
itself, and USING does not help it; that is said only of plain literals, and not where the migration drops it. This module does not know data.
"""

import re
from collections.abc import Sequence

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AlterColumn
from analyzer.schema.fold.lookup import locate
from analyzer.schema.fold.postgres.types import becomes
from analyzer.schema.history import Failure

_LITERAL = re.compile(r"'[^']{0,200}'|-?\d{1,30}(?:\.\d{1,30})?|true|false", re.IGNORECASE)


def cast_failure(schema: Schema, change: SchemaChange, rest: Sequence[SchemaChange]) -> Failure | None:
    """Why the values of a column, or its default, do not become the new type; `schema` is the one before the change."""
    if schema.dialect != "postgres" or not isinstance(change, AlterColumn) or not change.type:
        return None
    table = locate(schema, change.table)
    column = table.column(change.column) if table is not None else None
    if table is None or column is None or schema.is_tainted(table.name) or not column.certain or not table.certain:
        return None
    new = parse_type(change.type, "postgres")
    related = column.defined, f'column "{column.name}" is {column.type.raw} here'
    name = f"{table.name}.{column.name}"
    if becomes(schema, column.type, new):
        return None
    if change.using is None:
        message = f'column "{name}" of type {column.type.raw} cannot be cast automatically to type {change.type}'
        return Failure("cast", change.span, message, name, related)
    if _keeps_default(table, column, (change, *rest)):
        message = f'the default {column.default} of column "{name}" cannot be cast automatically to type {change.type}'
        return Failure("cast", change.span, message, name, related)
    return None


def _keeps_default(table: Table, column: Column, changes: Sequence[SchemaChange]) -> bool:
    """The default is a plain literal, and no action, which may be one of the same statement, takes it away."""
    if column.generated or not _LITERAL.fullmatch((column.default or "").strip()):
        return False
    return not any(
        isinstance(change, AlterColumn) and change.drop_default and fold(change.column, table.dialect) == fold(column.name, table.dialect)
        for change in changes
    )  # fmt: skip
