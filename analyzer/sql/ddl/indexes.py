"""Indexes: CREATE, DROP and ALTER INDEX, and the lists of columns and expressions in them.

What comes in: a cursor. What goes out: index clauses and changes. Sources: the CREATE INDEX pages of PostgreSQL, SQLite and MySQL.
This module does not know what a table's columns are.
"""

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.change.statements import NoEffect
from analyzer.facts.clause import IndexClause, ObjectName
from analyzer.facts.source import Span
from analyzer.sql.ddl.cursor import Cursor


def read_create_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands at UNIQUE or INDEX."""
    kind = cursor.take_any("UNIQUE", "FULLTEXT", "SPATIAL")
    cursor.expect("INDEX")
    concurrently = cursor.take("CONCURRENTLY")
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    # A name may be missing in PostgreSQL, and must not be the word ON then.
    name = ObjectName("") if cursor.sees("ON") else cursor.object_name()
    if cursor.dialect == "mysql" and cursor.take("USING"):
        cursor.name()
    cursor.expect("ON")
    only = cursor.dialect == "postgres" and cursor.take("ONLY")
    table = cursor.object_name()
    if name.namespace and cursor.dialect == "sqlite":
        table = ObjectName(table.name, name.namespace)
    index = read_index_body(cursor, name.name, unique=kind == "UNIQUE", span=cursor.span())
    if kind in ("FULLTEXT", "SPATIAL"):
        index = replace(index, method=kind.lower())
    return (AddIndex(cursor.span(), table, index, if_not_exists, concurrently, only=only),)


def read_index_body(cursor: Cursor, name: str, *, unique: bool, span: Span) -> IndexClause:
    """From USING or the parenthesis on, to the end of the clause."""
    method = cursor.name().lower() if cursor.take("USING") else ""
    keys = read_keys(cursor.group())
    include: tuple[str, ...] = ()
    where, nulls_distinct = None, True
    while not cursor.done:
        if cursor.take("INCLUDE"):
            include = read_keys(cursor.group()).columns
        elif cursor.sees("NULLS"):
            nulls_distinct = read_nulls(cursor)
        elif cursor.take("WHERE"):
            where = cursor.rest()
        else:
            cursor.skip()
    return IndexClause(
        span, name, keys.columns, unique, where, keys.expressions, include, method, keys.options, nulls_distinct
    )


def read_nulls(cursor: Cursor) -> bool:
    """NULLS [NOT] DISTINCT, where it stands: False with NOT."""
    if not cursor.take("NULLS"):
        return True
    distinct = not cursor.take("NOT")
    cursor.expect("DISTINCT")
    return distinct


class Keys(Struct, frozen=True):
    """What stands between an index's parentheses; as in IndexClause."""

    columns: tuple[str, ...]
    expressions: tuple[int, ...]
    options: tuple[str, ...]


def read_keys(cursor: Cursor) -> Keys:
    """Names and the texts of expressions, what stands behind each, and the positions of the expressions."""
    columns: list[str] = []
    expressions: list[int] = []
    options: list[str] = []
    for position, item in enumerate(cursor.items()):
        plain = item.kind() in ("word", "quoted") and _is_plain(item)
        if not plain:
            expressions.append(position)
        columns.append(item.name() if plain else _expression(item))
        options.append(item.rest().lower() if item.at < len(item.tokens) else "")
    return Keys(tuple(columns), tuple(expressions), tuple(options) if any(options) else ())


def _is_plain(item: Cursor) -> bool:
    """A name that ends, or that a collation, operator class or direction follows. MySQL: a key length in parentheses."""
    if item.dialect == "mysql" and item.raw(1) == "(" and item.kind(2) == "number" and item.raw(3) == ")":
        return True
    return item.kind(1) in ("", "word", "quoted") and item.word(1) not in ("IS", "AND", "OR", "LIKE", "AT", "IN")


def _expression(item: Cursor) -> str:
    """PostgreSQL's grammar: a call, or anything in parentheses; then collation, operator class and direction. The cursor stops before them."""
    end = len(item.tokens)
    while end > 1 and item.word(end - 1) in ("ASC", "DESC", "NULLS", "FIRST", "LAST"):
        end -= 1
    if item.raw(0) == "(":
        inner = item.group()
        if item.at == end or item.kind() in ("word", "quoted"):
            return inner.text(0, len(inner.tokens))
    item.at = 0
    if item.dialect == "postgres":
        while item.at < end and item.raw() != "(":
            item.at += 1
        item.skip()
        if item.at <= end and item.kind() in ("word", "quoted", ""):
            return item.text(0, item.at)
    item.at = end
    return item.text(0, end)


def read_drop_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP INDEX."""
    concurrently = cursor.take("CONCURRENTLY")
    if_exists = cursor.take("IF", "EXISTS")
    changes: list[SchemaChange] = []
    while True:
        start = cursor.at
        index = cursor.object_name()
        span = cursor.span(start, cursor.at)
        table = cursor.object_name() if cursor.take("ON") else None
        changes.append(DropIndex(span, index, table, if_exists, concurrently))
        if not cursor.take(","):
            return tuple(changes)


def read_alter_index(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER INDEX."""
    cursor.take("IF", "EXISTS")
    index = cursor.object_name()
    if cursor.take("RENAME", "TO"):
        return (RenameIndex(cursor.span(), index, cursor.name()),)
    return (NoEffect(cursor.span(), "ALTER INDEX"),)
