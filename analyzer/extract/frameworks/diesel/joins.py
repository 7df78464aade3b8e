"""Joins of Diesel's chains: a table, a table with its condition, tables that are joined to it in turn, what a function gives.

What comes in: the argument of a join. What goes out: the clause. Source: docs.rs/diesel, `QueryDsl::inner_join`, `JoinOnDsl`. Which key joins two tables the
program says. This module does not know the rest of a chain.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.diesel.operators import JOINS
from analyzer.extract.frameworks.diesel.statement import Parts, Place, Reader, Statement
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import JoinPart, TablePart
from analyzer.facts.part.written import HolePart, NamePart

_DEPTH = 60


def join(known: Reader, made: Statement, kind: str, given: Node, place: Place) -> None:
    parts = list(made.joins.get(place, ()))
    listed = names.plain(given)
    for one in listed.named_children if listed.type == "tuple_expression" else [listed]:
        parts += joined(known, made, kind, names.plain(one))
    made.joins[place] = tuple(parts)


def joined(known: Reader, made: Statement, kind: str, node: Node, depth: int = 0) -> list[Part]:
    """One table that is joined, with what is joined to it in turn."""
    method = names.called(node)
    span = known.scope.structure.span(node)
    if node.type == "identifier" and depth < _DEPTH:
        value = names.value_of(node, known.scope)
        if value is not None and value.type != "macro_invocation":
            return joined(known, made, kind, names.plain(value), depth + 1)
    if method is not None and method[1] == "on" and method[2]:
        inner = _on(known, method[0], made)
        return [made.say(f" {kind} "), *inner, made.say(" ON "), *known.sql(method[2][0])]
    if method is not None and method[1] in JOINS and method[2] and depth < _DEPTH:
        first = joined(known, made, kind, names.plain(method[0]), depth + 1)
        return [*first, *joined(known, made, JOINS[method[1]], names.plain(method[2][0]), depth + 1)]
    entity = names.table(node, known.scope)
    if entity:
        part = JoinPart(span, kind, entity=entity, others=tuple(made.others))
        made.others.append(entity)
        return [part]
    path = names.callee(node)
    if path is not None:
        return [made.say(f" {kind} "), NamePart(f"*{names.dotted(path, known.scope)}.#join", span)]
    return [made.say(f" {kind} "), HolePart(span, UnknownOrigin()), made.say(" ON TRUE")]


def _on(known: Reader, node: Node, made: Statement) -> Parts:
    inner = names.plain(node)
    entity = names.table(inner, known.scope)
    span = known.scope.structure.span(inner)
    if entity:
        made.others.append(entity)
        return (TablePart(span, entity),)
    found = known.statement(inner)
    if found is not None and found.source:
        if found.filters or found.joins or found.selected:
            return (made.say("("), *found.parts(), made.say(")"))
        return found.source
    return (NamePart(f"*{names.alias_name(inner, known.scope)}.#table", span),)
