"""Views, materialised or not."""

from msgspec import Struct

from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span


class CreateView(Struct, frozen=True, tag=True, tag_field="change"):
    """`columns` is empty where the query names them."""

    span: Span
    view: ObjectName
    query: str
    columns: tuple[str, ...] = ()
    replace: bool = False
    if_not_exists: bool = False
    materialized: bool = False
    temporary: bool = False
    may: bool = False


class DropView(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    view: ObjectName
    if_exists: bool = False
    cascade: bool = False
    may: bool = False
