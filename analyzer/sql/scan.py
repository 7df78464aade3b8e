"""A tolerant lexer for SQL: where strings, comments, words and placeholders begin and end.

What comes in: a text and a dialect. What goes out: tokens that cover the text but for white space, in order. An unterminated string
or comment runs to the end of the text and is marked. This module does not know statements or grammar; sqlglot's tokenizer
raises on the first thing it does not know, which is why what must survive half-written SQL stands here.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Dialect

TokenKind = Literal["comment", "string", "quoted", "word", "number", "placeholder", "punctuation"]


class Token(Struct, frozen=True):
    """`kind` "quoted" is a quoted identifier (in MySQL `"` quotes a string). `closed` is False where the end was not found."""

    kind: TokenKind
    start: int
    end: int
    closed: bool = True


# The order matters: what may begin like something else stands before it.
_COMMON = [
    ("line_comment", r"--[^\n]*"),
    ("block_comment", r"/\*"),
    ("escape_string", r"[eE]'(?:[^'\\]|\\.|'')*'?"),
    ("prefix_string", r"(?:[uU]&|[nNbBxX])'(?:[^']|'')*'?"),
    ("string", r"'(?:[^']|'')*'?"),
    ("double", r'"(?:[^"]|"")*"?'),
    ("backtick", r"`(?:[^`]|``)*`?"),
    ("dollar", r"\$(?:[A-Za-z_\x80-\uffff][A-Za-z0-9_\x80-\uffff]*)?\$"),
    ("percent_named", r"%\([^()\s]+\)s"),
    ("percent_s", r"%s"),
    ("qmark", r"\?\d*"),
    ("dollar_number", r"\$\d+"),
    ("dollar_name", r"\$[A-Za-z_]\w*"),
    ("cast", r"::"),
    ("assign", r":="),
    ("colon_name", r":[A-Za-z_]\w*"),
    ("at_name", r"@@?[A-Za-z_]\w*"),
    ("number", r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+"),
    ("word", r"[A-Za-z_\x80-\U0010ffff][\w$]*"),
    ("punctuation", r"[^\s]"),
]
_PLACEHOLDERS = {"percent_named", "percent_s", "qmark", "dollar_number", "dollar_name", "colon_name", "at_name"}
_BLOCK = re.compile(r"/\*|\*/")


@cache
def _pattern(dialect: Dialect) -> re.Pattern[str]:
    rows = list(_COMMON)
    if dialect == "mysql":
        rows.insert(0, ("hash_comment", r"#[^\n]*"))
        rows = [("string", r"'(?:[^'\\]|\\.|'')*'?") if name == "string" else (name, pattern) for name, pattern in rows]
        rows = [("double", r'"(?:[^"\\]|\\.|"")*"?') if name == "double" else (name, pattern) for name, pattern in rows]
    if dialect == "sqlite":
        rows.insert(0, ("bracket", r"\[[^\]\n]*\]"))
    if dialect != "postgres":
        rows = [row for row in rows if row[0] not in ("dollar", "escape_string")]
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rows), re.DOTALL)


def scan(sql: str, dialect: Dialect, at: int = 0) -> Iterator[Token]:
    """Tokens of a text from an offset on, comments included."""
    pattern = _pattern(dialect)
    while (match := pattern.search(sql, at)) is not None:
        group, start, at = match.lastgroup, match.start(), match.end()
        if group == "block_comment":
            at, closed = _block_end(sql, at, nested=dialect == "postgres")
            yield Token("comment", start, at, closed)
        elif group == "dollar":
            end = sql.find(match[0], at)
            at = len(sql) if end < 0 else end + len(match[0])
            yield Token("string", start, at, end >= 0)
        elif group in ("line_comment", "hash_comment"):
            yield Token("comment", start, at)
        elif group in ("string", "escape_string", "prefix_string"):
            yield Token("string", start, at, sql[at - 1] == "'" and at - start > 1)
        elif group in ("double", "backtick", "bracket"):
            quoted: TokenKind = "string" if group == "double" and dialect == "mysql" else "quoted"
            yield Token(quoted, start, at, group == "bracket" or (sql[at - 1] == sql[start] and at - start > 1))
        elif group in _PLACEHOLDERS:
            yield Token("placeholder", start, at)
        elif group in ("word", "number"):
            yield Token("word" if group == "word" else "number", start, at)
        else:
            yield Token("punctuation", start, at)


def _block_end(sql: str, at: int, *, nested: bool) -> tuple[int, bool]:
    depth = 1
    while (match := _BLOCK.search(sql, at)) is not None:
        at = match.end()
        if match[0] == "*/":
            depth -= 1
        elif nested:
            depth += 1
        if depth == 0:
            return at, True
    return len(sql), False
