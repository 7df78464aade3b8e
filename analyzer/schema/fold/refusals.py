"""What PostgreSQL does not let ALTER COLUMN do, whatever rows there are.

What comes in: a column and the change. What goes out: a Failure, or None. Source: PostgreSQL's ALTER TABLE page and `ATExec...` in
src/backend/commands/tablecmds.c. Casts between types are a rule's matter. This module does not know how the change is made.
"""

from analyzer.catalog.schema import Column, Schema, Table
from analyzer.facts.change import AlterColumn
from analyzer.schema.fold.dependents import holder_of_column
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure

_IDENTITY = ("always", "default")
_COMPUTED = ("stored", "virtual")


def unfit(schema: Schema, table: Table, column: Column, change: AlterColumn) -> Failure | None:
    """Why a change of a column cannot succeed."""
    if not column.certain or not table.certain or schema.is_tainted(table.name) or table.kind == "view":
        return None
    if change.type is not None:
        return _held(schema, table, column, change)
    why = _why(table, column, change)
    if not why:
        return None
    message = f'column "{column.name}" of table "{table.name}" {why}'
    return Failure("refused", change.span, message, f"{table.name}.{column.name}", (column.defined, "it is created here"))


def _why(table: Table, column: Column, change: AlterColumn) -> str:
    if change.not_null is False:
        if table.primary_key is not None and column.name in table.primary_key.columns:
            return "is in a primary key"
        return "is an identity column" if column.generated in _IDENTITY else ""
    if change.generated == "" and not change.if_exists:
        wanted = _COMPUTED if change.drop_default else _IDENTITY
        return "" if column.generated in wanted else "is no generated column"
    if change.generated in _IDENTITY:
        return "must be NOT NULL to become an identity column" if column.nullable else ""
    if (change.default is not None or change.drop_default) and change.generated is None:
        return "is an identity column" if column.generated in _IDENTITY else ""
    return ""


def _held(schema: Schema, table: Table, column: Column, change: AlterColumn) -> Failure | None:
    failure = holder_of_column(schema, table, column.name, change.span, "reads")
    if failure is not None:
        return failure
    for other in table.columns:
        if other.generated in _COMPUTED and mentioned(other.default or "", (column.name,), "postgres") and other is not column:
            message = f'column "{other.name}" of table "{table.name}" is computed from column "{column.name}"'
            defined = (other.defined, f'column "{other.name}" is created here')
            return Failure("refused", change.span, message, f"{table.name}.{column.name}", defined)
    return None
