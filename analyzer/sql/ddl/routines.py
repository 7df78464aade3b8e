"""Stored routines that build statements while they run, and the calls of them: what they may do to which names.

What comes in: the text of a body, or a cursor over a statement. What goes out: what a body's dynamic SQL may do, and calls with their literal
arguments. A call says which names are meant, since nobody knows what a body makes of its parameters. This module does not know which
routines exist.
"""

from collections.abc import Iterator
from itertools import pairwise

from analyzer.facts.change.routines import DynamicEffect, RoutineCall
from analyzer.facts.source import Dialect
from analyzer.sql.ddl.cursor import Cursor, unquote
from analyzer.sql.scan import scan

_RUNNING = frozenset({"EXECUTE", "PREPARE"})
_VERBS = frozenset({"CREATE", "ALTER", "DROP", "RENAME"})
_RESHAPING = frozenset({"COLUMN", "RENAME", "TYPE", "MODIFY", "CHANGE"})
_OPTIONS = frozenset({"UNLOGGED", "TEMP", "TEMPORARY", "FOREIGN", "GLOBAL", "LOCAL"})


def dynamic_effect(body: str, dialect: Dialect) -> DynamicEffect:
    """What the statements that a body puts together and runs may do; "" where it runs none."""
    words: list[str] = []
    runs = False
    for token in scan(body, dialect):
        text = body[token.start : token.end]
        if token.kind == "word":
            runs = runs or text.upper() in _RUNNING
        elif token.kind == "string":
            words += (part.upper() for part in _words(unquote(text), dialect))
    if not runs or _VERBS.isdisjoint(words):
        return ""
    pairs = frozenset(pairwise(word for word in words if word not in _OPTIONS))
    if not _RESHAPING.isdisjoint(words) or ("DROP", "TABLE") in pairs or "VIEW" in words:
        return "shapes"
    return "tables" if ("CREATE", "TABLE") in pairs else "keys"


def _words(text: str, dialect: Dialect) -> Iterator[str]:
    return (text[token.start : token.end] for token in scan(text, dialect) if token.kind == "word")


def read_calls(cursor: Cursor) -> tuple[RoutineCall, ...]:
    """The calls in a statement that have a literal for an argument, and the one that CALL names."""
    calls: list[RoutineCall] = []
    for at in range(len(cursor.tokens)):
        cursor.at = at
        called = cursor.word(-1) in ("CALL", "EXEC", "PERFORM") if at else False
        if cursor.kind() not in ("word", "quoted") or (cursor.raw(1) != "(" and not called):
            continue
        name = unquote(cursor.raw()) if cursor.kind() == "quoted" else cursor.raw().lower()
        cursor.at += 1
        literals = _literals(cursor.group()) if cursor.sees("(") else ()
        if literals or called:
            calls.append(RoutineCall(name, literals))
    return tuple(calls)


def _literals(arguments: Cursor) -> tuple[str, ...]:
    strings = (argument.string() for argument in arguments.items() if argument.kind() == "string")
    return tuple(text.rpartition(".")[2].strip('"`') for text in strings)
