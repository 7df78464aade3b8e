"""MySQL's tables: the indexes it makes for foreign keys, and what is left of them when a column goes.

What comes in: a table. What goes out: the table as MySQL has it. Sources: MySQL's reference manual, "FOREIGN KEY Constraints" and "ALTER TABLE";
`mysql_prepare_create_table` in sql_table.cc. This module does not know changes.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import ForeignKey, Index, Key, Table
from analyzer.schema.fold.naming import chosen
from analyzer.schema.fold.words import mentioned


def has(columns: tuple[str, ...], name: str) -> bool:
    return any(column.lower() == name.lower() for column in columns)


def indexed(table: Table) -> tuple[tuple[Index | Key, tuple[str, ...]], ...]:
    """All that may serve a foreign key: plain columns up to the first expression."""
    keys: tuple[Key, ...] = (*((table.primary_key,) if table.primary_key is not None else ()), *table.unique)
    plain = [(index, index.columns[: min(index.expressions, default=len(index.columns))]) for index in table.indexes]
    return (
        *((key, key.columns) for key in keys),
        *((index, columns) for index, columns in plain if index.method not in ("fulltext", "spatial")),
    )


def serves(columns: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """The wanted columns come first, in their order."""
    return bool(wanted) and tuple(name.lower() for name in columns[: len(wanted)]) == tuple(
        name.lower() for name in wanted
    )


def supported(schema: Schema, table: Table, fresh: tuple[ForeignKey, ...] = ()) -> Table:
    """New foreign keys with indexes that serve them; what MySQL made by itself goes where another index does its work."""
    for key in fresh:
        serving = [index for index, columns in indexed(table) if serves(columns, key.columns)]
        if not any(
            not isinstance(index, Index) or not index.implicit or len(index.columns) > len(key.columns)
            for index in serving
        ):
            kept = tuple(index for index in table.indexes if index not in serving)
            table = replace(table, indexes=kept)
            name = key.name if not _is_generated(table, key.name) else chosen(schema, table, key.columns, "idx")
            made = Index(name, key.columns, key.defined, implicit=True)
            table = replace(table, indexes=(*table.indexes, made))
    return _pruned(table)


def _is_generated(table: Table, name: str) -> bool:
    return name.lower().startswith(f"{table.name.lower()}_ibfk_")


def _pruned(table: Table) -> Table:
    for index in table.indexes:
        others = [columns for other, columns in indexed(table) if other is not index]
        if index.implicit and any(serves(columns, index.columns) for columns in others):
            return _pruned(replace(table, indexes=tuple(other for other in table.indexes if other is not index)))
    return table


def without_column(table: Table, name: str) -> Table:
    """An index loses the column, and is gone where it had no other. A check that names no other column goes too."""

    def left(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(column for column in columns if column.lower() != name.lower())

    primary = table.primary_key
    return replace(
        table,
        columns=tuple(column for column in table.columns if column.name.lower() != name.lower()),
        primary_key=replace(primary, columns=left(primary.columns))
        if primary is not None and left(primary.columns)
        else None,
        unique=tuple(replace(key, columns=left(key.columns)) for key in table.unique if left(key.columns)),
        indexes=tuple(_shortened(index, name) for index in table.indexes if index.expressions or left(index.columns)),
        checks=tuple(check for check in table.checks if not mentioned(check.sql, (name,), "mysql")),
    )


def _shortened(index: Index, name: str) -> Index:
    if index.expressions or not has(index.columns, name):
        return index
    kept = [at for at, column in enumerate(index.columns) if column.lower() != name.lower()]
    options = tuple(index.options[at] for at in kept) if index.options else ()
    return replace(index, columns=tuple(index.columns[at] for at in kept), options=options)
