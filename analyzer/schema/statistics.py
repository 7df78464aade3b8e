"""How much of a history's statements is understood, by what they begin with.

What comes in: a History. What goes out: for each kind of statement how many there are, and of how many nobody knows what they do. This module does
not know how they are printed.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.change.statements import Broken, Opaque
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import Text
from analyzer.schema.history import History, Step
from analyzer.sql.embed import embed
from analyzer.sql.scan import scan
from analyzer.sql.splitting import split

_DEFINITIONS = frozenset({"CREATE", "ALTER", "DROP"})
# Between the verb and what it is about.
_BETWEEN = frozenset({
    "OR", "REPLACE", "UNIQUE", "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "CONSTRAINT", "DEFAULT", "FOREIGN", "RECURSIVE", "TRUSTED",
})  # fmt: skip
_ACTIONS = frozenset({"ADD", "DROP", "ALTER", "RENAME", "SET", "OWNER", "ENABLE", "DISABLE", "VALIDATE", "MODIFY", "CHANGE", "ATTACH", "DETACH", "INHERIT", "CLUSTER", "REPLICA", "RESET", "CONVERT", "ENGINE"})  # fmt: skip
_LONGEST = 40


class Counted(Struct, frozen=True):
    """`opaque` statements may do anything; `broken` ones fail for certain."""

    kind: str
    statements: int
    opaque: int
    broken: int


def counted(history: History) -> tuple[Counted, ...]:
    """Most frequent first."""
    counts: dict[str, list[int]] = {}
    for step in history.steps:
        for text in step.migration.up:
            for kind, span in _statements(text, history.dialect):
                row = counts.setdefault(kind, [0, 0, 0])
                row[0] += 1
                row[1] += _holds(step, span, Opaque)
                row[2] += _holds(step, span, Broken)
    rows = (Counted(kind, *row) for kind, row in counts.items())
    return tuple(sorted(rows, key=lambda row: (-row.statements, row.kind)))


def _holds(step: Step, span: Span, kind: type) -> bool:
    return any(
        isinstance(change, kind)
        and change.span.path == span.path
        and span.start <= change.span.start
        and change.span.end <= span.end
        for change in step.changes
    )


def _statements(text: Text, dialect: Dialect) -> Iterator[tuple[str, Span]]:
    source = embed(text)
    for start, end in split(source.sql, dialect):
        yield _kind(source.sql[start:end], dialect), source.span(start, end)


def _kind(sql: str, dialect: Dialect) -> str:
    """`CREATE TABLE`, `ALTER TABLE ADD`, `INSERT`."""
    words: list[str] = []
    for token in scan(sql, dialect):
        if token.kind != "comment":
            words.append(sql[token.start : token.end].upper() if token.kind == "word" else "")
        if len(words) >= _LONGEST:
            break
    verb = words[0] if words else ""
    if verb not in _DEFINITIONS:
        return verb or "other"
    rest = [word for word in words[1:] if word not in _BETWEEN]
    about = rest[0] if rest else ""
    if about == "MATERIALIZED":
        about = "MATERIALIZED VIEW"
    action = next((word for word in rest[1:] if word in _ACTIONS), "") if verb == "ALTER" and about == "TABLE" else ""
    return " ".join(part for part in (verb, about, action) if part)
