"""Table constraints: in CREATE TABLE, and behind ALTER TABLE ... ADD.

What comes in: a cursor at CONSTRAINT, PRIMARY, UNIQUE, FOREIGN, CHECK, EXCLUDE, or MySQL's KEY and INDEX. What goes out: one clause.
This module does not know the table.
"""

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.clause import CheckClause, ForeignKeyClause, IndexClause, KeyClause
from analyzer.sql.ddl.checks import read_check
from analyzer.sql.ddl.columns import read_references, skip_marks
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.indexes import read_keys, read_nulls

_WORDS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK")


class Exclusion(Struct, frozen=True):
    """PostgreSQL's EXCLUDE: no key that a reference or an upsert could use."""


class PrimaryKey(Struct, frozen=True):
    key: KeyClause
    using_index: str = ""


class UniqueKey(Struct, frozen=True):
    key: KeyClause
    using_index: str = ""


Constraint = PrimaryKey | UniqueKey | ForeignKeyClause | CheckClause | IndexClause | Exclusion


def sees_constraint(cursor: Cursor) -> bool:
    """A constraint and not a column; `key` and `index` are names but for MySQL."""
    if cursor.sees_any(*_WORDS):
        return True
    if cursor.dialect == "mysql" and cursor.sees_any("KEY", "INDEX", "FULLTEXT", "SPATIAL"):
        return True
    return cursor.dialect == "postgres" and (cursor.sees("EXCLUDE", "USING") or cursor.sees("EXCLUDE", "("))


def read_constraint(cursor: Cursor) -> Constraint:
    start = cursor.at
    name = ""
    if cursor.take("CONSTRAINT") and not cursor.sees_any("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE"):
        name = cursor.name()
    if cursor.take("PRIMARY", "KEY"):
        return _primary(cursor, start, name)
    if cursor.take("UNIQUE"):
        return _unique(cursor, start, name)
    if cursor.take("FOREIGN", "KEY"):
        return _foreign(cursor, start, name)
    if cursor.take("CHECK"):
        group = cursor.group()
        clause = read_check(group, cursor.span(start, cursor.at), name)
        inherited = not cursor.sees("NO", "INHERIT")
        return replace(clause, valid=skip_marks(cursor), inherited=inherited)
    if cursor.take("EXCLUDE"):
        cursor.rest()
        return Exclusion()
    return _index(cursor, start)


def _primary(cursor: Cursor, start: int, name: str) -> Constraint:
    if cursor.take("USING", "INDEX"):
        index = cursor.name()
        skip_marks(cursor)
        return PrimaryKey(KeyClause(cursor.span(start, cursor.at), (), name), index)
    if cursor.dialect == "mysql":
        _index_type(cursor)
    columns = read_keys(cursor.group()).columns
    clause = PrimaryKey(KeyClause(cursor.span(start, cursor.at), columns, name))
    _key_tail(cursor)
    return clause


def _unique(cursor: Cursor, start: int, name: str) -> Constraint:
    if cursor.take("USING", "INDEX"):
        index = cursor.name()
        skip_marks(cursor)
        return UniqueKey(KeyClause(cursor.span(start, cursor.at), (), name), index)
    if cursor.dialect == "mysql":
        cursor.take_any("KEY", "INDEX")
        name = name if cursor.sees_any("(", "USING") else cursor.name()
        _index_type(cursor)
    nulls_distinct = read_nulls(cursor)
    keys = read_keys(cursor.group())
    span = cursor.span(start, cursor.at)
    _key_tail(cursor)
    if keys.expressions:
        return IndexClause(span, name, keys.columns, unique=True, expressions=keys.expressions, options=keys.options)
    return UniqueKey(KeyClause(span, keys.columns, name, nulls_distinct))


def _index_type(cursor: Cursor) -> None:
    if cursor.take("USING"):
        cursor.name()


def _key_tail(cursor: Cursor) -> None:
    while not cursor.done and not cursor.sees(","):
        if cursor.take("ON", "CONFLICT") or cursor.take("USING", "INDEX", "TABLESPACE") or cursor.take("USING"):
            cursor.name()
        elif cursor.take("INCLUDE") or cursor.take("WITH"):
            cursor.group()
        elif cursor.take("COMMENT"):
            cursor.string()
        elif cursor.take("KEY_BLOCK_SIZE"):
            cursor.take("=")
            cursor.at += 1
        elif not cursor.take_any("VISIBLE", "INVISIBLE"):
            at = cursor.at
            skip_marks(cursor)
            if cursor.at == at:
                break


def _foreign(cursor: Cursor, start: int, name: str) -> Constraint:
    if cursor.dialect == "mysql" and not cursor.sees("("):
        name = name or cursor.name()
    columns = read_keys(cursor.group()).columns
    clause = read_references(cursor, columns)
    return replace(clause, span=cursor.span(start, cursor.at), name=name)


def _index(cursor: Cursor, start: int) -> Constraint:
    method = ""
    if not cursor.take_any("KEY", "INDEX"):
        method = cursor.take_any("FULLTEXT", "SPATIAL").lower()
        cursor.take_any("KEY", "INDEX")
    if cursor.dialect != "mysql":
        raise UnreadError(f"unexpected {cursor.raw()!r}")
    name = "" if cursor.sees_any("(", "USING") else cursor.name()
    _index_type(cursor)
    keys = read_keys(cursor.group())
    span = cursor.span(start, cursor.at)
    _key_tail(cursor)
    if cursor.take("WITH", "PARSER"):
        cursor.name()
    return IndexClause(span, name, keys.columns, expressions=keys.expressions, method=method, options=keys.options)
