"""One difference of two schemas: a value.

This module does not know how differences are found, nor who prints them.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span

DifferenceKind = Literal[
    "table", "column", "type", "nullability", "default", "primary key", "unique",
    "generated", "collation", "order", "foreign key", "check", "index", "view", "enum", "domain",
]  # fmt: skip


class Difference(Struct, frozen=True):
    """What one side says and the other does not. `column` is None where it is about the table; a side is None where it lacks the object.

    `left` and `right` are types, default expressions, "NOT NULL" or "NULL", column lists, or the object in words; `left_at` and `right_at` are where
    each is defined. `table` is the name of the view, enum or domain where it is about one. `fine` is True where the engine may well keep the same
    values: a default that is no literal, a precision, the order of a key's columns.
    """

    kind: DifferenceKind
    table: str
    column: str | None
    left: str | None
    right: str | None
    left_at: Span | None
    right_at: Span | None
    namespace: str = ""
    fine: bool = False
