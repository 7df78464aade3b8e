"""SQLite's CREATE TABLE and ADD COLUMN: what is wrong with a definition by itself.

What comes in: a CreateTable, or a column and a table's options. What goes out: sentences. Source: "CREATE TABLE" of SQLite, build.c. This module does
not know which tables exist.
"""

from collections.abc import Iterable, Iterator

from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import ColumnClause

_STRICT = frozenset({"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"})


def faults(change: CreateTable) -> Iterator[str]:
    """What is wrong with a definition by itself."""
    columns = change.columns
    names = [column.name.lower() for column in columns]
    doubled = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if doubled is not None:
        yield f'column "{doubled}" is defined twice'
    keys = [column for column in columns if column.primary_key]
    if len(keys) + (change.primary_key is not None) > 1:
        yield f'table "{change.table.name}" has more than one primary key'
    for clause in (change.primary_key, *change.unique, *change.foreign_keys):
        for name in clause.columns if clause is not None else ():
            if name.lower() not in names:
                yield f'table "{change.table.name}" has no column "{name}"'
    if "without rowid" in change.options and not keys and change.primary_key is None:
        yield f'table "{change.table.name}" has neither a rowid nor a primary key'
    for foreign in change.foreign_keys:
        if foreign.target_columns and len(foreign.columns) != len(foreign.target_columns):
            yield "a foreign key names another number of columns in the table it points at"
    yield from _of_columns(change)


def _of_columns(change: CreateTable) -> Iterator[str]:
    for column in change.columns:
        computed = column.generated in ("stored", "virtual")
        if message := untyped(change.options, change.table.name, column):
            yield message
        if column.references is not None and len(column.references.target_columns) > 1:
            yield f'the foreign key of column "{column.name}" points at several columns'
        keyed = column.primary_key or (
            change.primary_key is not None and names_column(change.primary_key.columns, column.name)
        )
        if computed and keyed:
            yield f'generated column "{column.name}" cannot be part of the primary key'
    if change.columns and all(column.generated in ("stored", "virtual") for column in change.columns):
        yield f'table "{change.table.name}" has no column that is not generated'


def names_column(columns: Iterable[str], name: str) -> bool:
    return any(column.lower() == name.lower() for column in columns)


def untyped(options: tuple[str, ...], table: str, column: ColumnClause) -> str:
    if "strict" not in options or column.type.strip('"`[]').upper() in _STRICT:
        return ""
    return f'type "{column.type}" of column "{column.name}" is none of a STRICT table: "{table}"'
