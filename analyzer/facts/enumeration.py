"""Closed sets of values that the host language writes down.

This module does not know which column a set is meant for.
"""

from msgspec import Struct

from analyzer.facts.source import Language, Span


class Member(Struct, frozen=True):
    """`value` is what reaches the database; `name` what the source calls it, "" where it has no name of its own."""

    span: Span
    value: str
    name: str = ""


class Enumeration(Struct, frozen=True):
    """An enum, a union of literals, a constant list or a validator's choices. `name` is as written, "" for one that has none.

    `complete` is False where members may be missing (a spread, a computed one). `framework` is set where a driver's own declaration
    says how members are stored (sqlx's `Type`, postgres-types' `ToSql`: "postgres"), or a library that converts them; `stored` is the name it gives the database's type, "" where none.
    """

    span: Span
    name: str
    language: Language
    members: tuple[Member, ...]
    complete: bool = True
    framework: str = ""
    stored: str = ""

    @property
    def is_stored(self) -> bool:
        """Whether a driver's declaration says how members are stored."""
        return self.framework in ("sqlx", "postgres", "diesel")
