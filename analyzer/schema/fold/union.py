"""What may be there: the optimistic union of statements whose order, or whose running at all, is not known.

What comes in: a schema and a change. What goes out: the schema with what the change may have made, and nothing taken away. This module does not
know where statements come from.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.catalog.types import UNKNOWN
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, RenameColumn
from analyzer.facts.change.tables import CreateTable, RenameTable
from analyzer.schema.fold import columns, tables


def unite(schema: Schema, change: SchemaChange) -> Schema:
    """The schema with what a change may make; other kinds of change leave it as it is."""
    match change:
        case CreateTable(table=name, temporary=False) if (known := schema.table(name.name, name.namespace)) is not None:
            made, _ = tables.create_table(Schema(schema.name, schema.dialect), change)
            return _widened(schema, known, made.table(name.name, name.namespace))
        case RenameTable(table=name, to=to) if (known := schema.table(name.name)) is not None:
            target = schema.table(to.name)
            if target is not None:
                return _widened(schema, target, known)
            return _with(schema, replace(known, name=to.name))
        case RenameColumn(table=name, column=column, to=new) if (known := schema.table(name.name)) is not None:
            old = known.column(column)
            more = (replace(old, name=new),) if old is not None and known.column(new) is None else ()
            return _with(schema, replace(known, columns=(*known.columns, *more)))
        case CreateTable():
            return tables.create_table(schema, change)[0]
        case AddColumn(table=name, column=clause):
            # The row's shape depends on when the statement ran.
            added = columns.add(schema, change)[0]
            table = added.table(name.name, name.namespace)
            if table is None or schema.table(name.name, name.namespace) == table:
                return added
            shaped = tuple(replace(c, certain=False) if c.name == clause.name else c for c in table.columns)
            return _with(added, replace(table, columns=shaped))
        case _:
            return schema


def nameless(change: CreateTable) -> CreateTable:
    """The table without the names of its constraints: two files of which nobody runs both may use one twice."""
    return replace(
        change,
        columns=tuple(replace(column, key_name="") for column in change.columns),
        primary_key=replace(change.primary_key, name="") if change.primary_key is not None else None,
        unique=tuple(replace(key, name="") for key in change.unique),
        foreign_keys=tuple(replace(key, name="") for key in change.foreign_keys),
        checks=tuple(replace(check, name="") for check in change.checks),
        indexes=tuple(replace(index, name="") for index in change.indexes),
    )


def _widened(schema: Schema, known: Table, other: Table | None) -> Schema:
    """A table with the columns of another shape of it added, uncertain; a column of two types is of none."""
    if other is None:
        return schema
    shared = tuple(
        column
        if (twin := other.column(column.name)) is None or (twin.type, twin.nullable) == (column.type, column.nullable)
        else replace(column, type=UNKNOWN, nullable=True, certain=False)
        for column in known.columns
    )
    more = tuple(replace(column, certain=False) for column in other.columns if known.column(column.name) is None)
    return _with(schema, replace(known, columns=(*shared, *more), closed=known.closed and other.closed))


def _with(schema: Schema, table: Table) -> Schema:
    key = next(
        (at for at, known in schema.tables.items() if known.name == table.name),
        ("", table.name if schema.dialect == "postgres" else table.name.lower()),
    )
    return replace(schema, tables={**schema.tables, key: table})
