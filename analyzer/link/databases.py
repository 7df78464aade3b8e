"""What a database that was given as evidence decides: names that replay left open.

What comes in: a History, and the schemas of databases. What goes out: the History with tables and columns of theirs, where it could not say
whether it has them. A database proves that an object was there once, not that a migration makes it: nothing is closed by it, and where
replay is certain it says nothing. This module does not judge.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.schema.history import History


def completed(history: History, databases: Sequence[Schema], is_external: Callable[[str], bool]) -> History:
    """Tables that something unread, or the code itself, may make; columns of tables that may have others."""
    tables = dict(history.schema.tables)
    for database in databases:
        if database.dialect != history.dialect:
            continue
        for key, table in database.tables.items():
            known = tables.get(key) or history.schema.table(table.name)
            if known is None and (_is_open(table.name, history) or is_external(table.name)):
                tables[key] = _uncertain(table)
            elif known is not None and key in tables and _may_have_more(known, history):
                tables[key] = _widened(known, table)
    return (
        history if tables == history.schema.tables else replace(history, schema=replace(history.schema, tables=tables))
    )


def _is_open(name: str, history: History) -> bool:
    return not history.accuses or history.schema.is_tainted(name)


def _may_have_more(table: Table, history: History) -> bool:
    return not table.closed or not table.certain or _is_open(table.name, history)


def _uncertain(table: Table) -> Table:
    return replace(table, closed=False, certain=False, columns=tuple(map(_perhaps, table.columns)))


def _widened(known: Table, table: Table) -> Table:
    more = tuple(_perhaps(column) for column in table.columns if known.column(column.name) is None)
    return replace(known, columns=(*known.columns, *more)) if more else known


def _perhaps(column: Column) -> Column:
    return replace(column, certain=False)
