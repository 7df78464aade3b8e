"""The rows that Diesel's calls give: by position, a struct's or a tuple's values one after another, or by name behind `sql_query`.

What comes in: the call that runs a chain. What goes out: a Row. Sources: docs.rs/diesel, `RunQueryDsl`, `Queryable`, `QueryableByName`. Whether a type stands
for one column or for several the program says. This module does not know columns.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.frameworks.sqlx_rows import taken
from analyzer.extract.rust.types import host_type
from analyzer.extract.texts import text_of
from analyzer.facts.model import Field
from analyzer.facts.query import Row

_WRAPPED: dict[str, tuple[str, ...]] = {
    "load": ("Result", "Vec"),
    "get_results": ("Result", "Vec"),
    "get_result": ("Result",),
    "first": ("Result",),
}
_MOST = 64


def row_of(site: Site, call: Node, name: str, *, by_name: bool) -> Row | None:
    method = names.called(call)
    types = method[3] if method is not None else None
    written = [node for node in types.named_children if node.type != "lifetime"] if types is not None else []
    type_ = written[0] if written and text_of(written[0]) != "_" else None
    if type_ is None and name in _WRAPPED:
        type_ = taken(call, _WRAPPED[name])
    if type_ is None or name not in (*_WRAPPED, "load_stream", "load_iter"):
        return None
    span = site.scope.structure.span(type_)
    if by_name:
        model = names.own_type(call, site.scope) if text_of(type_) == "Self" else host_type(type_).name
        return Row(span, "name", model=model, framework="diesel") if model else None
    fields = tuple(_fields(type_, site, 0))[:_MOST]
    return Row(span, "position", fields=fields, framework="diesel") if fields else None


def _fields(type_: Node, site: Site, depth: int) -> list[Field]:
    """A tuple's types, those in it taken apart; any other type as it is, which may stand for several columns."""
    if type_.type == "tuple_type" and depth < _MOST:
        return [field for child in type_.named_children for field in _fields(child, site, depth + 1)]
    host = host_type(type_)
    if host.name == "Self":
        host = type(host)(names.own_type(type_, site.scope), host.optional)
    span = site.scope.structure.span(type_)
    return [Field(span, "0", "0", host, flat=True)]
