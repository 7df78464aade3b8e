"""Columns appear, disappear, and change.

What comes in: a schema and one change of a column. What goes out: the schema after, and a Failure or None. Tables that inherit follow
their parent. This module does not know keys.
"""

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.clause import ColumnClause
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.constraints import named_already
from analyzer.schema.fold.dependents import holder_of_column, holder_of_key, without_readers
from analyzer.schema.fold.failures import column_exists, column_missing, missing, two_keys
from analyzer.schema.fold.indexes import index_exists
from analyzer.schema.fold.lookup import children, key_of, locate, with_table
from analyzer.schema.fold.postgres.inheritance import gained
from analyzer.schema.fold.postgres.refusals import unfit
from analyzer.schema.fold.words import mentioned
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
    if change.column.primary_key and table.primary_key is not None and schema.dialect == "postgres":
        return schema, two_keys(schema, table, change.span)
    if schema.dialect == "postgres" and not change.may:
        clause = change.column
        references = clause.references.name if clause.references is not None else ""
        names = (clause.key_name, references, *(check.name for check in clause.checks))
        failure = named_already(schema, table, names, change.span)
        if failure is None and clause.key_name:
            failure = index_exists(schema, clause.key_name, table.namespace, change.span)
        if failure is not None:
            return schema, failure
    after = making.add_column(table, change.column, schema, certain=not change.may)
    after = making.placed(after, change.column.name, change.after)
    return _inherited(with_table(schema, after), table, after, change.column), None


def _inherited(schema: Schema, before: Table, after: Table, clause: ColumnClause) -> Schema:
    """Children get what their parent got."""
    plain = replace(clause, primary_key=False, unique=False, references=None, checks=())
    if clause.generated in ("always", "default"):
        plain = replace(plain, generated="")
    for child in children(schema, after):
        grown = child
        if child.column(clause.name) is None:
            grown = making.add_column(child, plain, schema)
            grown = making.set_column(grown, replace(grown.columns[-1], inherited=True))
        grown = gained(schema, before, after, grown)
        schema = _inherited(with_table(schema, grown), child, grown, clause)
    return schema


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
    if schema.dialect == "postgres":
        failure = None if change.cascade else _held(schema, table, column.name, change)
        if failure is not None:
            return schema, failure
        schema = without_readers(schema, table, change.span, column.name)
    return _without(schema, table, change.column, change.span), None


def _held(schema: Schema, table: Table, column: str, change: DropColumn) -> Failure | None:
    failure = holder_of_column(schema, table, column, change.span) or holder_of_key(
        schema, table, (), column, change.span
    )
    if failure is not None:
        return failure
    for other in table.columns:
        if (
            other.generated in ("stored", "virtual")
            and other.name != column
            and mentioned(other.default or "", (column,), "postgres")
        ):
            who = f'column "{other.name}"'
            message = f'{who} depends on column "{column}" of table "{table.name}"'
            return Failure(
                "refused", change.span, message, f"{table.name}.{column}", (other.defined, f"{who} is created here")
            )
    return None


def _without(schema: Schema, table: Table, column: str, span: Span) -> Schema:
    """The column gone, here and in children; with it, in PostgreSQL, the columns computed from it."""
    computed = tuple(
        other.name
        for other in table.columns
        if other.generated in ("stored", "virtual")
        and other.name != column
        and mentioned(other.default or "", (column,), schema.dialect)
    )
    schema = changing.drop_column(schema, table, column, span)
    for name in computed if schema.dialect == "postgres" else ():
        now = schema.tables.get(key_of(schema, table), table)
        if now.column(name) is not None:
            schema = without_readers(schema, now, span, name)
            schema = changing.drop_column(schema, schema.tables.get(key_of(schema, now), now), name, span)
    for child in children(schema, table):
        inherited = child.column(column)
        if inherited is not None and inherited.inherited:
            schema = _without(schema, child, column, span)
    return schema


def rename(schema: Schema, change: RenameColumn) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    if table.column(change.column) is None:
        return _add_renamed(schema, table, change), column_missing(schema, table, change.column, change.span)
    taken = table.column(change.to)
    if taken is not None and fold(change.to, schema.dialect) != fold(change.column, schema.dialect):
        return schema, column_exists(schema, table, taken, change.span)
    for child in children(schema, table):
        taken = child.column(change.to)
        if taken is not None and change.to != change.column:
            return schema, column_exists(schema, child, taken, change.span)
    return _renamed(schema, table, change), None


def _renamed(schema: Schema, table: Table, change: RenameColumn) -> Schema:
    schema = changing.rename_column(schema, table, change.column, change.to, change.span)
    for child in children(schema, table):
        if child.column(change.column) is not None:
            schema = _renamed(schema, child, change)
    return schema


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
        return schema, None if change.if_exists else column_missing(schema, table, change.column, change.span)
    if schema.dialect == "postgres" and not change.may:
        failure = unfit(schema, table, column, change)
        if failure is not None:
            return schema, failure
        if change.generated == "" and change.if_exists and column.generated == "":
            return schema, None
    return _altered(schema, table, column, change), None


def _altered(schema: Schema, table: Table, column: Column, change: AlterColumn) -> Schema:
    """Identity is a table's own; all else children follow."""
    altered = changing.alter_column(table, column, change)
    schema = with_table(schema, making.placed(altered, change.column, change.after))
    for child in children(schema, table):
        inherited = child.column(change.column)
        if inherited is not None and (change.generated is None or "partition" in child.options):
            schema = _altered(schema, child, inherited, change)
    return schema
