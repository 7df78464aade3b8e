"""Transactions, savepoints and settings: statements that change no table, and decide what becomes of others.

What comes in: a cursor over one statement. What goes out: a NoEffect, or None where it is another statement. Sources: the pages "PRAGMA Statements",
"SAVEPOINT", "BEGIN TRANSACTION" of SQLite; BEGIN, SAVEPOINT and ABORT of PostgreSQL. This module does not know sessions.
"""

from analyzer.facts.change.statements import NoEffect
from analyzer.sql.ddl.cursor import Cursor

# Those that change what a later definition does.
_SETTINGS = frozenset({"legacy_alter_table", "foreign_keys", "foreign_key_checks"})


def read_control(cursor: Cursor) -> NoEffect | None:
    """BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, PRAGMA."""
    span = cursor.span()
    if cursor.dialect == "sqlite" and cursor.take("PRAGMA"):
        return _read_pragma(cursor)
    if cursor.dialect == "mysql" and cursor.take("SET"):
        return _read_set(cursor)
    if cursor.take("SAVEPOINT"):
        return NoEffect(span, "SAVEPOINT", savepoint=_plain_name(cursor))
    if cursor.take("RELEASE"):
        cursor.take("SAVEPOINT")
        return NoEffect(span, "RELEASE", savepoint=_plain_name(cursor))
    if cursor.take_any("ROLLBACK", "ABORT"):
        cursor.take_any("TRANSACTION", "WORK")
        if cursor.take("PREPARED"):
            return NoEffect(span, "ROLLBACK PREPARED")
        if cursor.take("TO"):
            cursor.take("SAVEPOINT")
            return NoEffect(span, "ROLLBACK TO", savepoint=_plain_name(cursor))
        return NoEffect(span, "ROLLBACK")
    return None


def _read_set(cursor: Cursor) -> NoEffect:
    """SET [@@SESSION.]foreign_key_checks = 0; what it puts back from a variable is what was there: on."""
    setting = None
    for item in cursor.part(cursor.at, len(cursor.tokens)).items():
        item.take_any("SESSION", "GLOBAL", "LOCAL")
        raw = item.raw().lower().rpartition("@")[2]
        item.at += 1
        while item.take("."):
            raw = item.raw().lower()
            item.at += 1
        if raw in _SETTINGS and item.take_any("=", ":="):
            setting = (raw, item.raw().strip("'\"").lower() if not item.raw().startswith("@") else "on")
    return NoEffect(cursor.span(), "SET", setting=setting)


def _plain_name(cursor: Cursor) -> str:
    return cursor.name().lower()


def _read_pragma(cursor: Cursor) -> NoEffect:
    name = cursor.object_name().name.lower()
    if name in _SETTINGS and (cursor.take("=") or cursor.take("(")) and not cursor.done:
        return NoEffect(cursor.span(), "PRAGMA", setting=(name, cursor.raw().strip("'\"").lower()))
    return NoEffect(cursor.span(), "PRAGMA")
