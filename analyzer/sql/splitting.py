r"""A script -> its statements, as offsets: what stands between the semicolons that end one.

What comes in: a text and a dialect. What goes out: half-open character ranges, white space and comments trimmed off. Bodies of
triggers and procedures belong to their statement; what only a command line client reads (`\connect`, `.mode`, DELIMITER, the
data after COPY ... FROM stdin) is no statement. This module does not know what a statement does.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from analyzer.facts.source import Dialect
from analyzer.sql.scan import Token, scan

Piece = tuple[int, int]

# "mysql Client Commands": DELIMITER takes the rest of its line.
_DELIMITER = re.compile(r"^[ \t]*DELIMITER[ \t]+(\S+)[^\n]*\n?", re.IGNORECASE | re.MULTILINE)
_END_OF_COPY = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)
_BODIED = frozenset({"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"})
_CLOSED_BY_NAME = frozenset({"IF", "LOOP", "WHILE", "REPEAT", "FOR"})


def split(sql: str, dialect: Dialect) -> tuple[Piece, ...]:
    """Ranges of the statements of a script, without their semicolons. What is unfinished at the end is a statement."""
    if dialect == "mysql" and _DELIMITER.search(sql):
        return tuple(_by_delimiters(sql))
    return tuple(_by_semicolons(sql, dialect))


def _by_semicolons(sql: str, dialect: Dialect) -> Iterator[Piece]:
    at: int | None = 0
    while at is not None:
        piece, at = _next(sql, dialect, at)
        if piece is not None:
            yield piece


def _next(sql: str, dialect: Dialect, at: int) -> tuple[Piece | None, int | None]:
    """The statement that begins at or after an offset, and where to go on; None at the end of the text."""
    start, end, body, closed = -1, -1, _Body(dialect), False
    for token in scan(sql, dialect, at):
        if token.kind == "comment":
            continue
        if start < 0 and _is_client_command(sql, token, dialect):
            return None, _line_end(sql, token.start)
        if token.kind == "punctuation" and sql[token.start] == ";" and not body.is_open:
            return ((start, end) if start >= 0 else None), _after(sql, dialect, start, token.end)
        if closed and body.words[:2] == ["CREATE", "TABLE"] and sql[token.start : token.end].upper() == "CREATE":
            # No engine takes `CREATE TABLE ... ) CREATE`: a semicolon was forgotten, and both tables are meant.
            return (start, end), token.start
        closed = sql[token.start] == ")"
        start = token.start if start < 0 else start
        end = token.end
        if token.kind == "word":
            body.read(sql[token.start : token.end].upper())
    return ((start, end) if start >= 0 else None), None


class _Body:
    """Whether the words of a statement so far leave a body open. A body's semicolons end nothing."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.words: list[str] = []
        self.depth = 0
        self.last = ""

    @property
    def is_open(self) -> bool:
        return self.depth > 0

    @property
    def _may_have_one(self) -> bool:
        return bool(self.words) and self.words[0] == "CREATE" and not _BODIED.isdisjoint(self.words)

    def read(self, word: str) -> None:
        last, self.last = self.last, word
        if len(self.words) < 12:
            self.words.append(word)
        if not self._may_have_one:
            return
        if last == "END" and word in _CLOSED_BY_NAME:
            self.depth += 1
        elif self.depth == 0:
            self.depth = int(self._opens(last, word))
        elif word in ("BEGIN", "CASE") and last != "END":
            self.depth += 1
        elif word == "END":
            self.depth -= 1

    def _opens(self, last: str, word: str) -> bool:
        """PostgreSQL's bodies are strings, but for `BEGIN ATOMIC` (14 and later)."""
        return last == "BEGIN" and word == "ATOMIC" if self.dialect == "postgres" else word == "BEGIN"


def _is_client_command(sql: str, token: Token, dialect: Dialect) -> bool:
    """A psql meta-command begins with a backslash, one of the sqlite3 shell with a dot at the start of a line."""
    character = sql[token.start]
    if dialect == "postgres":
        return character == "\\"
    return dialect == "sqlite" and character == "." and (token.start == 0 or sql[token.start - 1] == "\n")


def _line_end(sql: str, at: int) -> int | None:
    end = sql.find("\n", at)
    return None if end < 0 else end + 1


def _after(sql: str, dialect: Dialect, start: int, end: int) -> int | None:
    """Where the next statement may begin: after the data, where this one is COPY ... FROM stdin."""
    if dialect != "postgres" or start < 0 or sql[start : start + 4].upper() != "COPY":
        return end
    words = sql[start:end].upper().split()
    if not any(pair in (("FROM", "STDIN"), ("FROM", "STDIN;")) for pair in pairwise(words)):
        return end
    data_end = _END_OF_COPY.search(sql, end)
    return None if data_end is None else data_end.end()


def _by_delimiters(sql: str) -> Iterator[Piece]:
    """A script that sets its own delimiters, region by region."""
    at, delimiter = 0, ";"
    for command in [*_DELIMITER.finditer(sql), None]:
        end = command.start() if command else len(sql)
        region = sql[at:end]
        pieces = _by_semicolons(region, "mysql") if delimiter == ";" else _by_delimiter(region, delimiter)
        yield from ((at + start, at + stop) for start, stop in pieces)
        if command:
            at, delimiter = command.end(), command[1]


def _by_delimiter(sql: str, delimiter: str) -> Iterator[Piece]:
    start = end = -1
    skip = 0
    for token in scan(sql, "mysql"):
        if token.kind == "comment" or token.start < skip:
            continue
        found = sql.find(delimiter, token.start, token.end + len(delimiter) - 1) if token.kind != "string" else -1
        if start < 0 and found != token.start:
            start = token.start
        if found < 0 or found >= token.end:
            end = token.end
            continue
        end = found if found > token.start else end
        if start >= 0:
            yield start, _trim(sql, start, end)
        start, skip = -1, found + len(delimiter)
    if start >= 0:
        yield start, _trim(sql, start, end)


def _trim(sql: str, start: int, end: int) -> int:
    """The end without the semicolon that a body's last line has before the delimiter."""
    return start + len(sql[start:end].rstrip().removesuffix(";").rstrip())
