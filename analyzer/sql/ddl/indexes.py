"""Indexes: CREATE, DROP and ALTER INDEX, and the lists of columns and expressions in them.

What comes in: a cursor. What goes out: index clauses and changes. Sources: the CREATE INDEX pages of PostgreSQL, SQLite and MySQL.
This module does not know what a table's columns are.
"""

from analyzer.facts.change import AddIndex, DropIndex, IndexClause, NoEffect, ObjectName, RenameIndex, SchemaChange
from analyzer.facts.source import Span
from analyzer.sql.ddl.cursor import Cursor


def read_create_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands at UNIQUE or INDEX."""
    unique = cursor.take_any("UNIQUE", "FULLTEXT", "SPATIAL") == "UNIQUE"
    cursor.expect("INDEX")
    concurrently = cursor.take("CONCURRENTLY")
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    # A name may be missing in PostgreSQL, and must not be the word ON then.
    name = ObjectName("") if cursor.sees("ON") else cursor.object_name()
    if cursor.dialect == "mysql" and cursor.take("USING"):
        cursor.name()
    cursor.expect("ON")
    if cursor.dialect == "postgres":
        cursor.take("ONLY")
    table = cursor.object_name()
    if name.namespace and cursor.dialect == "sqlite":
        table = ObjectName(table.name, name.namespace)
    index = read_index_body(cursor, name.name, unique=unique, span=cursor.span())
    return (AddIndex(cursor.span(), table, index, if_not_exists, concurrently),)


def read_index_body(cursor: Cursor, name: str, *, unique: bool, span: Span) -> IndexClause:
    """From USING or the parenthesis on, to the end of the clause."""
    method = cursor.name().lower() if cursor.take("USING") else ""
    columns, expressions = read_keys(cursor.group())
    include: tuple[str, ...] = ()
    where = None
    while not cursor.done:
        if cursor.take("INCLUDE"):
            include = read_keys(cursor.group())[0]
        elif cursor.take("WHERE"):
            where = cursor.rest()
        else:
            cursor.skip()
    return IndexClause(span, name, columns, unique, where, expressions, include, method)


def read_keys(cursor: Cursor) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names and the texts of expressions, and the positions of the expressions."""
    columns: list[str] = []
    expressions: list[int] = []
    for position, item in enumerate(cursor.items()):
        plain = item.kind() in ("word", "quoted") and _is_plain(item)
        if not plain:
            expressions.append(position)
        columns.append(item.name() if plain else _expression(item))
    return tuple(columns), tuple(expressions)


def _is_plain(item: Cursor) -> bool:
    """A name that ends, or that a collation, operator class or direction follows. MySQL: a key length in parentheses."""
    if item.dialect == "mysql" and item.raw(1) == "(" and item.kind(2) == "number" and item.raw(3) == ")":
        return True
    return item.kind(1) in ("", "word", "quoted") and item.word(1) not in ("IS", "AND", "OR", "LIKE", "AT", "IN")


def _expression(item: Cursor) -> str:
    end = len(item.tokens)
    while end > 1 and item.word(end - 1) in ("ASC", "DESC", "NULLS", "FIRST", "LAST"):
        end -= 1
    if item.raw(0) == "(":
        inner = item.group()
        if item.at == end:
            return inner.text(0, len(inner.tokens))
    return item.text(0, end)


def read_drop_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP INDEX."""
    cursor.take("CONCURRENTLY")
    if_exists = cursor.take("IF", "EXISTS")
    changes: list[SchemaChange] = []
    while True:
        start = cursor.at
        index = cursor.object_name()
        span = cursor.span(start, cursor.at)
        table = cursor.object_name() if cursor.take("ON") else None
        changes.append(DropIndex(span, index, table, if_exists))
        if not cursor.take(","):
            return tuple(changes)


def read_alter_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER INDEX."""
    cursor.take("IF", "EXISTS")
    index = cursor.object_name()
    if cursor.take("RENAME", "TO"):
        return (RenameIndex(cursor.span(), index, cursor.name()),)
    return (NoEffect(cursor.span(), "ALTER INDEX"),)
