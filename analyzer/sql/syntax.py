"""Is a text that no parser takes surely wrong? Only what a reader would call broken at a glance counts.

What comes in: a text the parser refused, in a dialect. What goes out: where it breaks and why, or None. sqlglot lacks constructs the
engines have, so its refusal alone proves nothing. This module does not parse.
"""

import re
from itertools import pairwise

from analyzer.facts.source import Dialect
from analyzer.sql.scan import Token, scan

_CLAUSES = frozenset((
    "from", "where", "group", "order", "having", "limit", "offset", "join", "inner", "left", "right", "cross", "on",
    "set", "values", "returning", "union",
))  # fmt: skip
_NEEDS_MORE = frozenset((
    "from", "where", "by", "having", "join", "on", "set", "values", "select", "and", "or", "not", "into", "update",
    "in", "like", "between", "limit", "offset", "returning", "using",
))  # fmt: skip
_STATEMENTS = ("select", "insert", "update", "delete", "replace", "with", "values")
_PAIRS = {")": "(", "]": "["}


# What sqlglot lets pass and no engine does. A hit may stand in a string: `broken` decides.
_SUSPECT = re.compile(
    r",\s*(?:from\b|where\b|[),])|\b(?:set|where|by|and|or)\s+(?:where|order|group|limit|from)\b|\b(from|select|where|into)\s+\1\b",
    re.IGNORECASE,
)


def is_suspect(sql: str) -> bool:
    """True for a text worth a second look although it parses."""
    return _SUSPECT.search(sql) is not None


def broken(sql: str, dialect: Dialect) -> tuple[int, int, str] | None:
    """(start, end, message) of the first thing that no dialect allows."""
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment" or not token.closed]
    for token in tokens:
        if not token.closed:
            return token.start, token.end, f"unterminated {'comment' if token.kind == 'comment' else 'string'}"
    while tokens and sql[tokens[-1].start] == ";":
        tokens.pop()
    if len(tokens) < 3:
        return None
    return _brackets(sql, tokens) or _leading(sql, tokens) or _neighbours(sql, tokens) or _truncated(sql, tokens)


def _word(sql: str, token: Token) -> str:
    return sql[token.start : token.end].lower()


def _brackets(sql: str, tokens: list[Token]) -> tuple[int, int, str] | None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "punctuation":
            continue
        character = sql[token.start]
        if character in "([":
            opened.append(token)
        elif character in ")]":
            if not opened or sql[opened[-1].start] != _PAIRS[character]:
                return token.start, token.end, f"unbalanced {character!r}"
            opened.pop()
    return (opened[-1].start, opened[-1].end, f"unbalanced {sql[opened[-1].start]!r}") if opened else None


def _leading(sql: str, tokens: list[Token]) -> tuple[int, int, str] | None:
    """A first word that is one slip away from a statement's."""
    first = _word(sql, tokens[0])
    if tokens[0].kind != "word":
        return None
    for known in () if first in _STATEMENTS else _STATEMENTS[:4]:
        if _is_slip(first, known):
            return tokens[0].start, tokens[0].end, f"unexpected {first!r}"
    second = _word(sql, tokens[1])
    if first == "delete" and _is_slip(second, "from"):
        return tokens[1].start, tokens[1].end, f"unexpected {second!r}"
    return None


def _is_slip(word: str, known: str) -> bool:
    """Two neighbours swapped, or one letter lost, added or changed."""
    if abs(len(word) - len(known)) > 1 or word == known:
        return False
    if sorted(word) == sorted(known):
        return True
    at = next(
        (index for index, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known))
    )
    return word[at + 1 :] == known[at + 1 :] or word[at:] == known[at + 1 :] or word[at + 1 :] == known[at:]


def _neighbours(sql: str, tokens: list[Token]) -> tuple[int, int, str] | None:
    for one, two in pairwise(tokens):
        left, right = _word(sql, one), _word(sql, two)
        if one.kind == "string" and left.endswith("\\'") and one.end == two.start and two.kind == "word":
            return one.end - 2, one.end, "a backslash escapes no quote: the string ends here"
        if (
            two.kind == "word"
            and right in _CLAUSES
            and (left == "," or (one.kind == "word" and left in ("where", "and", "or", "by", "having", "set")))
            and right not in ("left", "right", "values", "offset", "set")
        ):
            return two.start, two.end, f"unexpected {right!r} after {left!r}"
        if left == "," and right in (")", ","):
            return one.start, one.end, f"unexpected {right!r} after ','"
        if (
            one.kind == two.kind == "word"
            and left == right
            and left in ("select", "from", "where", "set", "values", "into", "and", "or", "by")
        ):
            return two.start, two.end, f"unexpected {right!r} after {left!r}"
    return None


def _truncated(sql: str, tokens: list[Token]) -> tuple[int, int, str] | None:
    last = tokens[-1]
    word = _word(sql, last)
    # `PRAGMA foreign_keys = ON`, `SET synchronous_commit TO on`: there the word is a value.
    is_value = len(tokens) > 1 and _word(sql, tokens[0]) in ("pragma", "set") and word == "on"
    ends = not is_value and ((last.kind == "word" and word in _NEEDS_MORE) or word in (",", "="))
    return (last.start, last.end, f"statement ends after {word!r}") if ends else None
