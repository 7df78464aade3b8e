"""Names of constraints and indexes by a project's convention.

What comes in: a ConstraintPart and the patterns of a project. What goes out: parts. Source: "Configuring Constraint Naming Conventions",
https://docs.sqlalchemy.org/en/20/core/constraints.html: a pattern with `constraint_name` is for what has a name, the others for what has none. This module does
not know where a convention stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from analyzer.facts.part import Part
from analyzer.facts.part.definitions import ConstraintPart
from analyzer.facts.part.written import IdentifierPart, LiteralPart

_TOKEN = re.compile(r"%\((\w+)\)s")
_COLUMN = re.compile(r"(referred_)?column_(\d+)(N?|_N)_(name|key|label)")
# What SQLAlchemy calls an index by where nobody says.
_INDEX = "ix_%(column_0_label)s"


def named(part: ConstraintPart, patterns: Mapping[str, str]) -> Iterator[Part]:
    """`CONSTRAINT name `, or the name alone; nothing for a constraint that the engine names."""
    name = _name(part, patterns)
    if not name:
        return
    if not part.bare:
        yield LiteralPart("CONSTRAINT ", part.span, ())
    yield IdentifierPart(part.span, (name,))
    if not part.bare:
        yield LiteralPart(" ", part.span, ())


def _name(part: ConstraintPart, patterns: Mapping[str, str]) -> str:
    pattern = patterns.get(part.kind, _INDEX if part.kind == "ix" else "")
    wants_name = "%(constraint_name)s" in pattern
    if part.name:
        return _filled(pattern, part) if wants_name else part.name
    return "" if wants_name or not pattern else _filled(pattern, part)


def _filled(pattern: str, part: ConstraintPart) -> str:
    found = [_token(match[1], part) for match in _TOKEN.finditer(pattern)]
    if None in found:
        return ""
    values = iter(found)
    return _TOKEN.sub(lambda _: next(values) or "", pattern)


def _token(token: str, part: ConstraintPart) -> str | None:
    plain = {"table_name": part.table, "referred_table_name": part.target, "constraint_name": part.name}
    if token in plain:
        return plain[token] or None
    match = _COLUMN.fullmatch(token.replace("0N_", "0N_").replace("column_0_N_", "column_0_N_"))
    if match is None:
        return None
    columns: Sequence[str] = part.others if match[1] else part.columns
    table = part.target if match[1] else part.table
    words = [f"{table}_{column}" if match[4] == "label" else column for column in columns]
    if match[3]:
        return ("_" if match[3] == "_N" else "").join(words) or None
    at = int(match[2])
    return words[at] if at < len(words) else None
