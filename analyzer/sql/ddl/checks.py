"""CHECK constraints: their text, and the list of values where that is all they say.

What comes in: a cursor over what stands inside the parentheses. What goes out: a CheckClause, with values or bounds. A check that says anything else has
its text only. This module does not know tables.
"""

from analyzer.facts.clause import CheckClause
from analyzer.facts.source import Span
from analyzer.sql.ddl.bounds import read_bounds
from analyzer.sql.ddl.cursor import Cursor, unquote
from analyzer.sql.ddl.splices import HOLE

_LITERALS = frozenset({"string", "number"})


def read_check(cursor: Cursor, span: Span, name: str) -> CheckClause:
    """`status IN ('draft', 'sent')`, `status = ANY (ARRAY[...])`, `status = 'draft' OR status = 'sent'`, with or without casts."""
    sql = cursor.text(0, len(cursor.tokens))
    tokens = _bare(cursor)
    found = _in_list(cursor, tokens) or _equalities(cursor, tokens)
    if found is None:
        return CheckClause(span, sql, name, bounds=read_bounds(cursor, tokens))
    return CheckClause(span, sql, name, found[0], found[1])


def _bare(cursor: Cursor) -> list[int]:
    """Indexes of the tokens without casts, parentheses and the table's name, and without a leading `x IS NULL OR`, which says nothing: NULL passes."""
    out: list[int] = []
    index, count = 0, len(cursor.tokens)
    while index < count:
        raw = cursor.raw(index)
        if raw == "::":
            index = _after_type(cursor, index + 1)
        elif cursor.kind(index) in ("word", "quoted") and cursor.raw(index + 1) == ".":
            # `users.role`: a check speaks of no other table than its own.
            index += 2
        else:
            if raw not in ("(", ")"):
                out.append(index)
            index += 1
    words = [cursor.word(index) for index in out[:4]]
    return out[4:] if words[1:] == ["IS", "NULL", "OR"] and _is_of(cursor, out[0], out[4:6]) else out


def _is_of(cursor: Cursor, column: int, following: list[int]) -> bool:
    """Whether what follows is about the same column, or its length."""
    return cursor.raw(column).lower() in [cursor.raw(index).lower() for index in following]


def _after_type(cursor: Cursor, index: int) -> int:
    while cursor.kind(index) in ("word", "quoted") and cursor.word(index) not in ("OR", "AND", "IN", "IS", "NOT"):
        index += 1
    if cursor.raw(index) == "(":
        while cursor.raw(index) not in (")", ""):
            index += 1
        index += 1
    while cursor.raw(index) == "[" and cursor.raw(index + 1) == "]":
        index += 2
    return index


def _column(cursor: Cursor, index: int) -> str | None:
    if cursor.kind(index) not in ("word", "quoted"):
        return None
    return cursor.part(index, index + 1).name()


def _values(cursor: Cursor, tokens: list[int]) -> tuple[str, ...] | None:
    """Literals between commas, or None where anything else is between them."""
    literals = tokens[0::2]
    if not literals or any(cursor.raw(index) != "," for index in tokens[1::2]) or len(tokens) % 2 == 0:
        return None
    if any(cursor.kind(index) not in _LITERALS or HOLE in cursor.raw(index) for index in literals):
        return None
    return tuple(_literal(cursor, index) for index in literals)


def _literal(cursor: Cursor, index: int) -> str:
    raw = cursor.raw(index)
    return unquote(raw) if cursor.kind(index) == "string" else raw


def _in_list(cursor: Cursor, tokens: list[int]) -> tuple[str, tuple[str, ...]] | None:
    words = [cursor.word(index) for index in tokens[:5]]
    column = _column(cursor, tokens[0]) if tokens else None
    if words[1:2] == ["IN"]:
        values = _values(cursor, tokens[2:])
    elif words[1:] == ["=", "ANY", "ARRAY", "["] and cursor.raw(tokens[-1]) == "]":
        values = _values(cursor, tokens[5:-1])
    else:
        return None
    return (column, values) if column is not None and values is not None else None


def _equalities(cursor: Cursor, tokens: list[int]) -> tuple[str, tuple[str, ...]] | None:
    columns, values = set(), []
    for at in range(0, len(tokens), 4):
        column = _column(cursor, tokens[at])
        rest = tokens[at + 1 : at + 4]
        if column is None or len(rest) < 2 or cursor.raw(rest[0]) != "=" or cursor.kind(rest[1]) not in _LITERALS:
            return None
        if HOLE in cursor.raw(rest[1]):
            return None
        if len(rest) == 3 and cursor.word(rest[2]) != "OR":
            return None
        columns.add(column)
        values.append(_literal(cursor, rest[1]))
    return (columns.pop(), tuple(values)) if len(columns) == 1 else None
