"""A script -> its statements, as offsets: what stands between the semicolons that end one.

What comes in: a text and a dialect. What goes out: half-open character ranges, white space and comments trimmed off. This module
does not know what a statement does.
"""

from analyzer.facts.source import Dialect
from analyzer.sql.scan import scan


def split(sql: str, dialect: Dialect) -> tuple[tuple[int, int], ...]:
    """Ranges of the statements of a script, without their semicolons."""
    pieces, start, end = [], -1, -1
    for token in scan(sql, dialect):
        if token.kind == "punctuation" and sql[token.start] == ";":
            if start >= 0:
                pieces.append((start, end))
            start = -1
        elif token.kind != "comment":
            start = token.start if start < 0 else start
            end = token.end
    if start >= 0:
        pieces.append((start, end))
    return tuple(pieces)
