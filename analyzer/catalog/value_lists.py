"""The values that a column takes: what its type and its checks list.

What comes in: a column's type and the lists that restrict it. What goes out: one value that answers whether a constant is let in. How engines
compare: PostgreSQL's enums and `=` on text exactly; MySQL by the collation, which ignores case unless it is binary (reference manual,
"String Type Collation" and "The ENUM Type"); SQLite exactly unless the column says NOCASE ("Datatypes In SQLite", section 7). Numbers are compared
by value, whichever way they are written. This module does not know tables.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

from msgspec import Struct

from analyzer.catalog.types import ColumnType
from analyzer.facts.source import Dialect, Span

_MEMBER = re.compile(r"'((?:[^'\\]|\\.|'')*)'", re.DOTALL)
_NUMBERS = frozenset({"int", "float", "decimal"})


class AllowedValues(Struct, frozen=True):
    """What one list lets in. `kind` says what lists them; `name` the constraint or type, "" where it has none; `defined` its place.

    `case` is False where letters compare without case, `numeric` where values compare as numbers. `valid` is False for NOT VALID: rows that
    are there may hold others.
    """

    values: tuple[str, ...]
    kind: Literal["check", "enum", "domain"]
    defined: Span
    name: str = ""
    case: bool = True
    numeric: bool = False
    valid: bool = True

    def key(self, value: str) -> str:
        """The form in which two spellings of one value are equal."""
        if self.numeric:
            try:
                return str(Decimal(value).normalize())
            except InvalidOperation:
                return value
        return value if self.case else value.lower()

    def admits(self, value: str) -> bool:
        return self.key(value) in {self.key(one) for one in self.values}


def mysql_members(type_: ColumnType) -> tuple[str, ...]:
    """The values of MySQL's `enum('draft','sent')`."""
    return tuple(re.sub(r"''|\\(.)", _unescaped, one) for one in _MEMBER.findall(type_.name))


def _unescaped(match: re.Match[str]) -> str:
    return "'" if match[0] == "''" else match[1]


def ignores_case(type_: ColumnType, collation: str, dialect: Dialect) -> bool:
    """Whether `=` on such a column takes `Draft` for `draft`."""
    written = collation.lower()
    if dialect == "mysql":
        return not (written.endswith(("_bin", "_cs")) or written == "binary")
    return written == "nocase" if dialect == "sqlite" else type_.name == "citext"


def is_numeric(type_: ColumnType) -> bool:
    return type_.family in _NUMBERS
