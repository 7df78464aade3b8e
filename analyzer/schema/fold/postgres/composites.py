"""Types and the columns that have them: attributes of composite types, values in expressions, and what DROP TYPE takes along.

What comes in: a schema and a type of it. What goes out: the schema after. This module does not know how types are made.
"""

from msgspec.structs import replace

from analyzer.catalog.named import EnumType, NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Column, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.change.types import AlterComposite
from analyzer.facts.source import Span
from analyzer.schema.fold.changing import drop_column
from analyzer.schema.fold.dependents import without_readers
from analyzer.schema.fold.lookup import key_of, with_table
from analyzer.schema.fold.making import make_column
from analyzer.schema.fold.words import with_value
from analyzer.schema.history import Failure


def alter(schema: Schema, change: AlterComposite) -> tuple[Schema, Failure | None]:
    """The type with its attributes changed, and the tables made OF it."""
    found = schema.types.get(change.type.name)
    if found is None or found.base is not None:
        return schema, None
    schema = replace(
        schema,
        types={**schema.types, found.name: replace(found, attributes=_changed(found.attributes, change, schema))},
    )
    for table in tuple(schema.tables.values()):
        if f"of {found.name}" in table.options:
            schema = with_table(schema, replace(table, columns=_changed(table.columns, change, schema)))
    return schema, None


def _changed(columns: tuple[Column, ...], change: AlterComposite, schema: Schema) -> tuple[Column, ...]:
    if change.add is not None:
        return (*columns, make_column(change.add, schema.dialect))
    if change.drop:
        return tuple(column for column in columns if column.name != change.drop)
    return tuple(
        column
        if column.name != change.column
        else replace(column, name=change.to)
        if change.to
        else replace(column, type=parse_type(change.retype, schema.dialect))
        for column in columns
    )


def has_type(column: Column, named: EnumType | NamedType) -> bool:
    return named.name in (column.type.name, column.type.element)


def renamed_value(schema: Schema, enum: EnumType, old: str, new: str) -> Schema:
    """Defaults, checks and predicates hold the value itself: they say its new name."""
    for table in tuple(schema.tables.values()):
        if any(has_type(column, enum) for column in table.columns):
            schema = with_table(schema, _respelled(table, enum, old, new))
    return schema


def _respelled(table: Table, enum: EnumType, old: str, new: str) -> Table:
    return replace(
        table,
        columns=tuple(
            replace(column, default=with_value(column.default, old, new))
            if column.default and has_type(column, enum)
            else column
            for column in table.columns
        ),
        checks=tuple(
            replace(
                check,
                sql=with_value(check.sql, old, new),
                values=check.values and tuple(new if value == old else value for value in check.values),
            )
            for check in table.checks
        ),
        indexes=tuple(
            replace(index, where=index.where and with_value(index.where, old, new)) for index in table.indexes
        ),
    )


def holder(schema: Schema, named: EnumType | NamedType, span: Span) -> Failure | None:
    """Why a type cannot be dropped without CASCADE: a column has it."""
    if schema.tainted:
        return None
    for table in schema.tables.values():
        column = next((column for column in table.columns if has_type(column, named) and column.certain), None)
        if column is not None and table.kind == "table" and table.certain and LOOSE not in table.options:
            message = f'column "{column.name}" of table "{table.name}" depends on type "{named.name}"'
            return Failure(
                "refused", span, message, named.name, (column.defined, f'column "{column.name}" is created here')
            )
    return None


def without_columns(schema: Schema, named: EnumType | NamedType, span: Span) -> Schema:
    """CASCADE drops the columns of the type, and what stands on them."""
    for table in tuple(schema.tables.values()):
        for column in table.columns if table.kind == "table" else ():
            now = schema.tables.get(key_of(schema, table))
            if has_type(column, named) and now is not None:
                schema = without_readers(schema, now, span, column.name)
                schema = drop_column(schema, schema.tables[key_of(schema, table)], column.name, span)
    return schema
