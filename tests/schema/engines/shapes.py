"""The catalogue of a database as plain values, and the same of a replayed schema.

What comes in: our Schema. What goes out: {table: TableShape}, to be compared with what a module beside this one reads from an engine. Tables,
columns, types, nullability, defaults, keys, checks and indexes; nothing else.
"""

from msgspec import Struct

from analyzer.catalog.schema import Column, Index, Schema, Table
from analyzer.catalog.types import ColumnType
from analyzer.sql.canonical import canonical


class ColumnShape(Struct, frozen=True, order=True):
    """`default` is canonical, None without one; a computed column's expression is its default. `generated` as in Column, "auto" left out."""

    name: str
    type: str
    nullable: bool
    default: str | None = None
    generated: str = ""


class IndexShape(Struct, frozen=True, order=True):
    """Expressions are canonical where the engine prints them, `<expr>` where it does not. `where` is canonical."""

    name: str
    columns: tuple[str, ...]
    unique: bool
    where: str = ""


class TableShape(Struct, frozen=True):
    """Columns are in order; keys (columns, target, on delete, on update), checks and indexes are sorted. Expressions are canonical."""

    columns: tuple[ColumnShape, ...]
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[tuple[tuple[str, ...], str, str, str], ...] = ()
    indexes: tuple[IndexShape, ...] = ()
    checks: tuple[str, ...] = ()


def shape_of(schema: Schema) -> dict[str, TableShape]:
    """Our own answer; views are left out."""
    return {
        (f"{namespace}." if namespace else "") + table.name: _table(table, schema)
        for (namespace, _), table in schema.tables.items()
        if table.kind == "table" and "virtual" not in table.options
    }


def _table(table: Table, schema: Schema) -> TableShape:
    return TableShape(
        tuple(_column(column, schema) for column in table.columns),
        table.primary_key.columns if table.primary_key else (),
        tuple(sorted(key.columns for key in table.unique)),
        tuple(
            sorted(
                (key.columns, key.table, key.on_delete or "no action", key.on_update or "no action")
                for key in table.foreign_keys
            )
        ),
        tuple(sorted(_index(index, schema) for index in table.indexes)),
        tuple(sorted(canonical(check.sql, schema.dialect) for check in table.checks)),
    )


def _column(column: Column, schema: Schema) -> ColumnShape:
    default = (
        None
        if column.default is None
        else canonical(column.default, schema.dialect, target=_type_name(column.type, schema))
    )
    generated = "" if column.generated == "auto" else column.generated
    return ColumnShape(column.name, _type_name(column.type, schema), column.nullable, default, generated)


def _index(index: Index, schema: Schema) -> IndexShape:
    columns = tuple(_index_column(index, at, schema) for at in range(len(index.columns)))
    return IndexShape(index.name, columns, index.unique, canonical(index.where or "", schema.dialect))


def _index_column(index: Index, at: int, schema: Schema) -> str:
    if at not in index.expressions:
        return index.columns[at]
    return "<expr>" if schema.dialect == "sqlite" else canonical(index.columns[at], schema.dialect)


def _type_name(type_: ColumnType, schema: Schema) -> str:
    """SQLite prints its own types' names in upper case, however they were declared."""
    name = schema.column_type(type_).name
    return name.upper() if schema.dialect == "sqlite" else name
