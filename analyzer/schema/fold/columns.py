"""Columns appear, disappear, and change.

What comes in: a schema and one change of a column. What goes out: the schema after, and a Failure or None. Tables that inherit follow
their parent. This module does not know keys.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema, Table, fold
from analyzer.facts.change import AddColumn, AlterColumn, ColumnClause, DropColumn, RenameColumn
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.failures import column_exists, column_missing, missing
from analyzer.schema.fold.lookup import children, locate, with_table
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def add(schema: Schema, change: AddColumn) -> Folded:
    """A duplicate keeps the column that is there."""
    table = locate(schema, change.table)
    if table is None:
        if change.if_table_exists:
            return schema, None
        return _add_to_unknown(schema, change), missing(schema, change.table, change.span)
    found = table.column(change.column.name)
    if found is not None:
        return schema, None if change.if_not_exists else column_exists(schema, table, found, change.span)
    schema = with_table(schema, making.add_column(table, change.column, schema, certain=not change.may))
    for child in children(schema, table):
        if child.column(change.column.name) is None:
            plain = replace(change.column, primary_key=False, unique=False, references=None)
            schema = with_table(schema, making.add_column(child, plain, schema))
    return schema, None


def _add_to_unknown(schema: Schema, change: AddColumn) -> Schema:
    """A table that something else made: this column it has, others it may have."""
    if not schema.is_tainted(change.table.name):
        return schema
    table = Table(
        change.table.name, change.table.namespace, "table", schema.dialect, change.span, closed=False, certain=False
    )
    return with_table(schema, making.add_column(table, change.column, schema))


def drop(schema: Schema, change: DropColumn) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    column = table.column(change.column)
    if column is None:
        return schema, None if change.if_exists else column_missing(schema, table, change.column, change.span)
    if change.may:
        return with_table(schema, making.set_column(table, replace(column, certain=False))), None
    schema = changing.drop_column(schema, table, change.column, change.span)
    for child in children(schema, table):
        if child.column(change.column) is not None:
            schema = changing.drop_column(schema, child, change.column, change.span)
    return schema, None


def rename(schema: Schema, change: RenameColumn) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    if table.column(change.column) is None:
        return _add_renamed(schema, table, change), column_missing(schema, table, change.column, change.span)
    taken = table.column(change.to)
    if taken is not None and fold(change.to, schema.dialect) != fold(change.column, schema.dialect):
        return schema, column_exists(schema, table, taken, change.span)
    schema = changing.rename_column(schema, table, change.column, change.to, change.span)
    for child in children(schema, table):
        if child.column(change.column) is not None:
            schema = changing.rename_column(schema, child, change.column, change.to, change.span)
    return schema, None


def _add_renamed(schema: Schema, table: Table, change: RenameColumn) -> Schema:
    """An open table's unknown column is known by its new name from here on."""
    if table.closed or table.column(change.to) is not None:
        return schema
    return with_table(schema, making.add_column(table, _nameless(change.to, change.span), schema))


def _nameless(name: str, span: Span) -> ColumnClause:
    return ColumnClause(span, name)


def alter(schema: Schema, change: AlterColumn) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    column = table.column(change.column)
    if column is None:
        return schema, column_missing(schema, table, change.column, change.span)
    schema = with_table(schema, changing.alter_column(table, column, change))
    for child in children(schema, table):
        inherited = child.column(change.column)
        if inherited is not None:
            schema = with_table(schema, changing.alter_column(child, inherited, change))
    return schema, None
