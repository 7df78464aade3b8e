"""Functions that give a part of a query: a chain, a join with its condition, an expression.

What comes in: a function or a constant. What goes out: Constants that hold what it gives (`Crate.all.#from`, `#where`, `#select`, `#join`, `#expr`), for the queries
that call it. Source: docs.rs/diesel, `auto_type`. What its parameters bring is bound. This module does not know who calls.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.diesel.chains import Chains, chains
from analyzer.extract.frameworks.diesel.expressions import Expressions
from analyzer.extract.frameworks.diesel.joins import joined
from analyzer.extract.frameworks.diesel.statement import Statement
from analyzer.extract.frameworks.diesel.writes import values
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.texts import text_of
from analyzer.facts.file import Constant
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, JoinPart, StarPart, TablePart
from analyzer.facts.part.written import LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_NO_PART = re.compile(
    r"^(?:\w*Result|Option|Vec|String|bool|[iuf]\d+|usize|Self|&.*|HashMap|BTreeMap|Router|Response|impl\s+(?:IntoResponse|Iterator|Future).*)\b"
)
_KNOWN = (TablePart, ColumnPart, StarPart, JoinPart)


def fragments(site: Site) -> Iterator[Constant]:
    node = site.captures["declaration"][0]
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body") or node.child_by_field_name("value")
    if name is None or body is None:
        return
    if node.type == "function_item":
        written = node.child_by_field_name("return_type")
        modifiers = [child for child in node.children if child.type == "function_modifiers"]
        if written is None or _NO_PART.match(text_of(written)) or any("async" in text_of(one) for one in modifiers):
            return
    owner = names.own_type(node, site.scope)
    qualified = f"{owner}.{text_of(name)}" if owner else text_of(name)
    for tail in names.branches(body)[:1]:
        yield from _given(tail, qualified, site.scope.structure.span(name), chains(site.scope))


def _given(node: Node, name: str, span: Span, known: Chains) -> Iterator[Constant]:
    inner = names.plain(node)
    if inner.type in ("struct_expression", "tuple_expression"):
        yield from _form(inner, name, span, known)
    method = names.called(inner)
    if method is not None and method[1] == "on":
        parts = joined(known, Statement("select", span), "", inner)[1:]
        yield from _constant(f"{name}.#join", span, tuple(parts))
        return
    found = known.statement(inner)
    if found is not None and found.verb == "select" and found.source:
        yield Constant(span, f"{name}.#select", Text(span, found.chosen()))
        yield from clauses(found, name, span)
        if found.why != "function":
            return
    builder = Builder(known.scope)
    expressions = Expressions(builder, known.subquery)
    expressions.write(inner)
    yield from _constant(f"{name}.#expr", span, tuple(builder.parts))


def _form(node: Node, name: str, span: Span, known: Chains) -> Iterator[Constant]:
    """What a function gives to insert."""
    made = Statement("insert", span)
    values(known, made, node)
    if made.columns and made.values and isinstance(made.columns[0], NamePart | ColumnPart):
        # Without VALUES and its parentheses.
        yield from _constant(f"{name}.#columns", span, made.columns)
        yield Constant(span, f"{name}.#values", Text(span, made.values[1:-1]))


def clauses(found: Statement, name: str, span: Span) -> Iterator[Constant]:
    """What a chain begins with, for those that go on with it."""
    joined = tuple(part for entry in found.joins.values() for part in entry)
    yield Constant(span, f"{name}.#from", Text(span, (*found.source, *joined)))
    wheres: list[Part] = [LiteralPart("TRUE", span, ())]
    for entry in found.filters.values():
        wheres += [LiteralPart(" AND (", span, ()), *entry, LiteralPart(")", span, ())]
    yield Constant(span, f"{name}.#where", Text(span, tuple(wheres)))


def _constant(name: str, span: Span, parts: tuple[Part, ...]) -> Iterator[Constant]:
    if any(isinstance(part, (*_KNOWN, NamePart)) for part in parts):
        yield Constant(span, name, Text(span, parts))
