"""Statements of data in a script: what they write to.

What comes in: a cursor over SELECT, INSERT, UPDATE, DELETE, TRUNCATE and their like. What goes out: a DataStatement; one that is not plain
(a CTE in front, several targets) says no table. Sources: the pages of these statements in PostgreSQL, SQLite and MySQL. This module does not
know whether tables and columns exist.
"""

from msgspec.structs import replace

from analyzer.facts.change.statements import DataStatement
from analyzer.sql.ddl.columns import names
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.routines import read_calls

_CONFLICT = ("ROLLBACK", "ABORT", "REPLACE", "FAIL", "IGNORE")


def read_data(cursor: Cursor, sql: str) -> DataStatement:
    """The statement with its target; `sql` is its exact text."""
    plain = DataStatement(cursor.span(), sql)
    try:
        if cursor.sees_any("SELECT", "VALUES", "("):
            return replace(plain, verb="select", calls=read_calls(cursor))
        if cursor.sees_any("CALL", "EXEC"):
            return replace(plain, verb="call", calls=read_calls(cursor))
        if cursor.take("UPDATE"):
            return _update(cursor, plain)
        if cursor.take("DELETE", "FROM"):
            return _delete(cursor, plain)
        if cursor.take("TRUNCATE"):
            return _truncate(cursor, plain)
        if cursor.take_any("INSERT", "REPLACE"):
            return _insert(cursor, plain)
    except UnreadError:
        return plain
    return plain


def _update(cursor: Cursor, plain: DataStatement) -> DataStatement:
    if cursor.take("OR"):
        cursor.take_any(*_CONFLICT)
    cursor.take("ONLY")
    table = cursor.object_name()
    while not cursor.sees_any("SET", ","):
        cursor.name()
    cursor.expect("SET")
    columns: list[str] = []
    while not cursor.done:
        columns += _assigned(cursor)
        while not cursor.done and not cursor.sees_any(",", "WHERE", "FROM", "RETURNING"):
            cursor.skip()
        if not cursor.take(","):
            break
    all_rows = not _has(cursor, "WHERE")
    return replace(plain, verb="update", table=table, columns=tuple(columns), all_rows=all_rows)


def _assigned(cursor: Cursor) -> tuple[str, ...]:
    """`a = ...`, `t.a = ...` or `(a, b) = ...`."""
    if cursor.sees("("):
        return names(cursor.group())
    return (cursor.object_name().name,)


def _delete(cursor: Cursor, plain: DataStatement) -> DataStatement:
    cursor.take("ONLY")
    table = cursor.object_name()
    return replace(plain, verb="delete", table=table, all_rows=not (_has(cursor, "WHERE") or _has(cursor, "USING")))


def _truncate(cursor: Cursor, plain: DataStatement) -> DataStatement:
    cursor.take("TABLE")
    cursor.take("ONLY")
    return replace(plain, verb="delete", table=cursor.object_name(), all_rows=True)


def _insert(cursor: Cursor, plain: DataStatement) -> DataStatement:
    if cursor.take("OR"):
        cursor.take_any(*_CONFLICT)
    cursor.take("IGNORE")
    cursor.take("INTO")
    table = cursor.object_name()
    if cursor.take("AS"):
        cursor.name()
    columns = names(cursor.group()) if cursor.sees("(") and cursor.word(1) not in ("SELECT", "WITH", "VALUES") else ()
    return replace(plain, verb="insert", table=table, columns=columns)


def _has(cursor: Cursor, word: str) -> bool:
    """Whether a word stands in the rest, outside any parenthesis."""
    while not cursor.done:
        if cursor.sees(word):
            return True
        cursor.skip()
    return False
