"""rusqlite: the `params!` macros its `.scm` cannot look into, and rows read by a closure.

What comes in: a Site. What goes out: Queries. Source: docs.rs/rusqlite, `Params`, `named_params!`, `Row::get`. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.rust.reads import row_read
from analyzer.extract.rust.strings import arguments, literal
from analyzer.extract.rust.values import member_origin, token_type, typed, value_type
from analyzer.extract.sites import behind_comments, collect, make_query
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import HolePart
from analyzer.facts.query import Argument, Arguments, Query
from analyzer.facts.source import Span

# A connection is given the text, what is bound and a closure; a statement, whose text was read where it was prepared, lacks the first.
_FEWEST = {"execute": 2, "query_row": 3, "query_row_and_then": 3, "query_one": 3}


def refine(site: Site) -> Iterator[Query]:
    call, sql = site.captures["query"][0], site.captures["query.sql"][0]
    if _is_of_statement(call, site) or _is_of_another(site):
        return
    text = site.scope.text(sql)
    # A text nobody knows counts only beside an import: `execute` is a name of many crates.
    if text.parts and isinstance(text.parts[0], HolePart) and b"rusqlite" not in site.source.content:
        return
    query = make_query(site, "rusqlite", call, text, arguments=bound(site), dialect="sqlite")
    yield msgspec.structs.replace(query, row=row_read(site.scope.structure.root, site.source, call, "rusqlite"))


def _is_of_another(site: Site) -> bool:
    """A file that names another driver and not this one: their methods share their names."""
    content = site.source.content
    return b"rusqlite" not in content and any(
        driver in content for driver in (b"tokio_postgres", b"deadpool_postgres", b"sqlx")
    )


def _is_of_statement(call: Node, site: Site) -> bool:
    written = call.child_by_field_name("arguments")
    given = [] if written is None else [n for n in written.named_children if n.type not in site.scope.syntax.comments]
    return (
        bool(given)
        and len(given) < _FEWEST.get(text_of(site.captures["_method"][0]), 1)
        and _is_unknown(given[0], site)
    )


def _is_unknown(node: Node, site: Site) -> bool:
    return all(isinstance(part, HolePart) for part in site.scope.text(node).parts)


def bound(site: Site) -> Arguments | None:
    """Values of `params![..]`, `named_params!{..}`, `[..]`, `(..)`, `()`."""
    node = behind_comments(site.node("query.arguments"), site)
    if node is None:
        return None
    node = site.scope.unwrapped(node)
    if node.type == "macro_invocation":
        return _macro(node, site)
    if node.type == "unit_expression" or text_of(node) == "NO_PARAMS":
        return Arguments()
    if node.type in ("array_expression", "tuple_expression"):
        if any(child.type == "tuple_expression" for child in node.named_children):
            return _pairs(node, site)
        return typed(collect(site, node.named_children), node.named_children, site.scope)
    return Arguments((), complete=False)


def _macro(node: Node, site: Site) -> Arguments:
    tokens = next((child for child in node.children if child.type == "token_tree"), None)
    name = text_of(node.child_by_field_name("macro") or node).rpartition("::")[2]
    if tokens is None or name not in ("params", "named_params"):
        return Arguments((), complete=False)
    values = []
    for group in arguments(tokens):
        span = Span(site.source.path, group[0].start_byte, group[-1].end_byte)
        first = next((part for part in group if part.type in site.scope.syntax.identifiers), group[0])
        key = literal(group[0], site.source).value.lstrip(":@$") if name == "named_params" else None
        value = group[2:] if key is not None and len(group) > 2 else group
        type_, path = token_type(value, site.scope)
        values.append(Argument(span, member_origin(value) or site.scope.origin(first), key, type_, path))
    return Arguments(tuple(values))


def _pairs(node: Node, site: Site) -> Arguments:
    """`&[(":id", &id), ..]`"""
    values = []
    for child in node.named_children:
        parts = child.named_children
        if len(parts) != 2 or parts[0].type != "string_literal":
            return Arguments((), complete=False)
        name = literal(parts[0], site.source).value.lstrip(":@$")
        type_, path = value_type(parts[1], site.scope)
        values.append(Argument(site.scope.structure.span(parts[1]), site.scope.origin(parts[1]), name, type_, path))
    return Arguments(tuple(values))


FRAMEWORKS = (
    Framework(
        name="rusqlite",
        languages=("rust",),
        dependencies=frozenset({"rusqlite", "tokio-rusqlite", "r2d2_sqlite", "deadpool-sqlite"}),
        tokens=(b"rusqlite",),
        dialect="sqlite",
        refine=refine,
    ),
)
