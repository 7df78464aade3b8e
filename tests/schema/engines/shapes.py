"""The catalogue of a database as plain values, and the same of a replayed schema.

What comes in: our Schema. What goes out: {table: TableShape}, to be compared with what a module beside this one reads from an engine. Tables,
columns, types, nullability, defaults, keys, checks and indexes; nothing else.
"""

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Index, Table
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
    """Columns are in order; keys (columns, target, on delete, on update), checks and indexes are sorted. Expressions are canonical.

    `targets` says of each foreign key which columns it names; PostgreSQL's are left out. `names` are MySQL's of foreign and unique keys.
    """

    columns: tuple[ColumnShape, ...]
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[tuple[tuple[str, ...], str, str, str], ...] = ()
    indexes: tuple[IndexShape, ...] = ()
    checks: tuple[str, ...] = ()
    targets: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    names: tuple[str, ...] = ()


def views_of(schema: Schema) -> dict[str, tuple[str, ...] | None]:
    """The columns of every view; None where they are not known."""
    return {
        table.name: tuple(column.name for column in table.columns) if table.closed else None
        for table in schema.tables.values()
        if table.kind == "view"
    }


def shape_of(schema: Schema) -> dict[str, TableShape]:
    """Our own answer; views are left out."""
    return {
        (f"{namespace}." if namespace else "") + table.name: _table(table, schema)
        for (namespace, _), table in schema.tables.items()
        if table.kind == "table" and "virtual" not in table.options and namespace != "pg_temp"
    }


def _table(table: Table, schema: Schema) -> TableShape:
    return TableShape(
        tuple(_column(column, schema) for column in table.columns),
        table.primary_key.columns if table.primary_key else (),
        tuple(sorted((*(key.columns for key in table.unique), *_unique_indexes(table)))),
        tuple(
            sorted(
                (key.columns, key.table, _action(key.on_delete, table), _action(key.on_update, table))
                for key in table.foreign_keys
            )
        ),
        tuple(sorted(_index(index, schema) for index in table.indexes if not _is_key(index, table))),
        tuple(sorted(canonical(check.sql, schema.dialect) for check in table.checks)),
        _targets(table),
        tuple(
            sorted(
                key.name
                for key in (
                    *table.foreign_keys,
                    *table.unique,
                    *filter(lambda index: _is_key(index, table), table.indexes),
                )
            )
        )
        if table.dialect == "mysql"
        else (),
    )


def _is_key(index: Index, table: Table) -> bool:
    """In MySQL a unique index is a unique key."""
    return table.dialect == "mysql" and index.unique


def _unique_indexes(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(index.columns for index in table.indexes if _is_key(index, table))


def _action(word: str, table: Table) -> str:
    return "no action" if not word or (table.dialect == "mysql" and word == "restrict") else word


def _targets(table: Table) -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]:
    if table.dialect == "postgres":
        return ()
    keys = sorted(
        table.foreign_keys,
        key=lambda key: (
            key.columns,
            key.table,
            _action(key.on_delete, table),
            _action(key.on_update, table),
            key.target,
        ),
    )
    return tuple((key.columns, key.table, key.target) for key in keys)


def _column(column: Column, schema: Schema) -> ColumnShape:
    if schema.dialect == "mysql" and column.default is not None:
        type_ = _type_name(column.type, schema)
        generated = "" if column.generated == "auto" else column.generated
        return ColumnShape(column.name, type_, column.nullable, mysql_default(column.default, type_), generated)
    default = (
        None
        if column.default is None
        else canonical(column.default, schema.dialect, target=_type_name(column.type, schema))
    )
    generated = "" if column.generated == "auto" else column.generated
    return ColumnShape(column.name, _type_name(column.type, schema), column.nullable, default, generated)


def mysql_default(text: str, type_: str) -> str:
    """A number's quotes say nothing, nor do its zeros behind the point."""
    plain = canonical(text, "mysql", target=type_).strip("'")
    is_text = type_.startswith(("varchar", "char", "text", "enum", "set", "binary", "date", "time"))
    is_number = plain.lstrip("+-").replace(".", "", 1).isdigit() and not is_text
    return str(float(plain)) if is_number else canonical(text, "mysql", target=type_)


def _index(index: Index, schema: Schema) -> IndexShape:
    columns = tuple(_index_column(index, at, schema) for at in range(len(index.columns)))
    return IndexShape(index.name, columns, index.unique, canonical(index.where or "", schema.dialect))


def _index_column(index: Index, at: int, schema: Schema) -> str:
    if at not in index.expressions:
        return index.columns[at]
    return "<expr>" if schema.dialect != "postgres" else canonical(index.columns[at], schema.dialect)


def _type_name(type_: ColumnType, schema: Schema) -> str:
    """SQLite prints its own types' names in upper case, however they were declared."""
    name = schema.column_type(type_).name
    return name.upper() if schema.dialect == "sqlite" else name
