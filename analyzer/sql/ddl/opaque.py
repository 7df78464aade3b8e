"""Statements nobody read: the names they touch, and whether they are broken for certain.

What comes in: a cursor over one statement, and what its reader stumbled over. What goes out: Opaque, or Broken where the statement is
no dialect's. A statement that only this reader may not know is Opaque: Broken is an accusation.
"""

from collections.abc import Iterator
from itertools import pairwise

from analyzer.facts.change.statements import Broken, Opaque
from analyzer.facts.source import DIALECTS, Dialect
from analyzer.sql.ddl.cursor import Cursor, unquote
from analyzer.sql.ddl.splices import HOLE, pattern
from analyzer.sql.scan import scan

# Words that the name of a relation follows which a definition changes. What is only read or written keeps its shape.
_BEFORE_NAMES = frozenset({"TABLE", "VIEW"})
_BETWEEN = frozenset({"IF", "NOT", "EXISTS", "ONLY"})
_NO_NAMES = frozenset(
    {"SELECT", "DELETE", "SET", "CASCADE", "CONFLICT", "INSERT", "UPDATE", "NULL", "CONSTRAINT", "COLUMN", "EACH"}
)
_DDL = frozenset({"CREATE", "ALTER", "DROP", "RENAME"})
_RESHAPING = frozenset({"COLUMN", "RENAME", "TYPE", "CREATE"})
_KEEPING = frozenset(
    {
        "LOGGED",
        "UNLOGGED",
        "CONSTRAINT",
        "TRIGGER",
        "INDEX",
        "OWNER",
        "POLICY",
        "ENABLE",
        "DISABLE",
        "VALIDATE",
        "STATISTICS",
        "REPLICA",
    }
)
_DATA = frozenset({"SELECT", "FROM", "WHERE", "VALUES", "INTO", "SET", "JOIN"})
_BODIES = frozenset({"FUNCTION", "PROCEDURE", "SEQUENCE", "EXTENSION", "ROLE", "USER", "DATABASE"})
_PLAIN = (("CREATE", "TABLE"), ("CREATE", "INDEX"), ("CREATE", "UNIQUE"), ("ALTER", "TABLE"), ("INSERT", "INTO"))


def opaque(cursor: Cursor, reason: str) -> Opaque:
    """The statement with the names it mentions; "*" where it may change anything and mentions none."""
    first, last = cursor.tokens[0].start, cursor.tokens[-1].end
    return Opaque(
        cursor.span(),
        cursor.text(0, len(cursor.tokens)),
        _touches(cursor.source.sql[first:last], cursor.dialect),
        reason,
    )


def _touches(text: str, dialect: Dialect) -> tuple[str, ...]:
    """What only adds and takes constraints, triggers and indexes changes no column, whatever table it is about."""
    listed = tuple(_words(text, dialect))
    words = frozenset(listed)
    if HOLE in listed[:2] and len(listed) > 1:
        return _patterns(text, dialect) if _may_define(listed) else ()
    if listed[:2] == ("CREATE", "SCHEMA") and words.isdisjoint(_BEFORE_NAMES):
        return ()
    # RENAME CONSTRAINT keeps every column.
    telling = words - {"RENAME"} if ("RENAME", "CONSTRAINT") in pairwise(listed) else words
    reshapes = not telling.isdisjoint(_RESHAPING) or ("ALTER" in words and words.isdisjoint(_KEEPING))
    if words.isdisjoint(_DDL) or not ("TABLE" in words or "VIEW" in words or "SCHEMA" in words) or not reshapes:
        return ()
    return _patterns(text, dialect)


def _may_define(words: tuple[str, ...]) -> bool:
    """Whether a statement whose verb or kind is a hole may be about a table or view."""
    if not _BEFORE_NAMES.isdisjoint(words[:2]):
        return True
    others = _KEEPING | _BODIES if words[0] in _DDL else _KEEPING | _BODIES | _DATA
    return others.isdisjoint(words)


def _patterns(text: str, dialect: Dialect) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pattern(name) for name in touched(text, dialect))) or ("*",)


def _words(sql: str, dialect: Dialect, depth: int = 0) -> Iterator[str]:
    """The words of a text, in upper case; those in its strings and bodies too."""
    for token in scan(sql, dialect):
        raw = sql[token.start : token.end]
        if token.kind == "word":
            yield raw.upper()
        elif token.kind == "string" and depth < 3:
            yield from _words(unquote(raw), dialect, depth + 1)


def touched(sql: str, dialect: Dialect, depth: int = 0) -> Iterator[str]:
    """Names that follow TABLE, INTO, ON ...; in the bodies of dollar quotes and strings too."""
    expecting = False
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment"]
    for at, token in enumerate(tokens):
        raw = sql[token.start : token.end]
        word = raw.upper() if token.kind == "word" else ""
        if token.kind == "string" and depth < 3:
            yield from touched(unquote(raw), dialect, depth + 1)
        qualifies = at + 1 < len(tokens) and sql[tokens[at + 1].start] == "."
        is_name = token.kind in ("word", "quoted") and word not in _BETWEEN | _NO_NAMES | _BEFORE_NAMES
        if expecting and is_name and (not qualifies or HOLE not in raw):
            yield unquote(raw) if token.kind == "quoted" else raw.lower() if dialect == "postgres" else raw
        expecting = word in _BEFORE_NAMES or (expecting and (word in _BETWEEN or raw == "." or (is_name and qualifies)))


def is_broken(cursor: Cursor) -> str:
    """Why the statement is certainly broken, "" where that is not certain: by every dialect's lexer, and not half of a template."""
    if not any(cursor.sees(*words) for words in _PLAIN):
        return ""
    sql = cursor.source.sql[cursor.tokens[0].start : cursor.tokens[-1].end]
    if "{" in sql or "<%" in sql or "${" in sql:
        return ""
    faults = [_fault(sql, dialect) for dialect in (cursor.dialect, *DIALECTS)]
    return faults[0] if all(faults) else ""


def _fault(sql: str, dialect: Dialect) -> str:
    """No engine takes an open quote, an odd parenthesis, or a comma that nothing follows."""
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment"]
    if any(not token.closed for token in tokens):
        return "a quote is not closed"
    depth, last = 0, ""
    for token in tokens:
        sign = sql[token.start] if token.kind == "punctuation" else ""
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return "unexpected )"
        if last == "," and sign in (",", ")"):
            return f"unexpected {sign} after a comma"
        last = sign
    return "a parenthesis is not closed" if depth else "unexpected end after a comma" if last == "," else ""


def broken_or_opaque(cursor: Cursor, reason: str) -> Broken | Opaque:
    """What to say of a statement whose reader gave up."""
    found = opaque(cursor, reason)
    fault = is_broken(cursor)
    return Broken(found.span, found.text, fault, found.touches) if fault else found
