"""A mention of a table or column by code. This module does not know whether the object exists."""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span

Role = Literal["read", "write", "filter", "join", "order", "group", "define"]


class Reference(Struct, frozen=True):
    """`table` is the real table's name ("" where it is not known), `column` is None where the table itself is meant."""

    span: Span
    table: str
    column: str | None
    role: Role
    namespace: str = ""
