"""What a schema has by name beside its tables: enumerations, domains and composite types, routines; and what it had once.

What comes in: names and declared types. What goes out: values without behaviour. This module does not know tables.
"""

from msgspec import Struct

from analyzer.catalog.table import Check, Column
from analyzer.catalog.types import ColumnType
from analyzer.facts.source import Span


class EnumType(Struct, frozen=True):
    name: str
    namespace: str
    values: tuple[str, ...]
    defined: Span


class NamedType(Struct, frozen=True):
    """A domain (`base` is set), composite or range type."""

    name: str
    namespace: str
    defined: Span
    base: ColumnType | None = None
    not_null: bool = False
    default: str | None = None
    checks: tuple[Check, ...] = ()
    attributes: tuple[Column, ...] = ()


class Function(Struct, frozen=True):
    """A stored function or procedure; `fills` and `effect` as in CreateFunction."""

    name: str
    namespace: str
    defined: Span
    fills: tuple[str, ...] = ()
    effect: str = ""


class Dropped(Struct, frozen=True):
    """What a step took away: a table (`column` is None) or a column; `renamed_to` where it lives on under another name."""

    table: str
    column: str | None
    span: Span
    renamed_to: str | None = None
