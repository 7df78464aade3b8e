"""Conditions over a class's own attributes, as SQL: `(cls.state == "open") & cls.closed_at.is_(None)`.

What comes in: the expression. What goes out: parts; None where a piece of it is of another shape. Source:
https://docs.sqlalchemy.org/en/20/core/operators.html. This module does not know which class it is.
"""

from tree_sitter import Node

from analyzer.extract.building import constant
from analyzer.extract.frameworks.sqlalchemy.expressions import expression_sql
from analyzer.extract.frameworks.sqlalchemy.names import call_of, last
from analyzer.extract.frameworks.sqlalchemy.words import parts_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart
from analyzer.facts.part.written import HolePart, LiteralPart

_DEPTH = 8
_COMPARED = {"==": "=", "!=": "<>", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_JOINED = {"&": " AND ", "|": " OR "}
_CALLS = {"and_": " AND ", "or_": " OR "}
_IS = {"is_": " IS ", "is_not": " IS NOT ", "isnot": " IS NOT "}
_WORDS = {"true": "true", "false": "false", "none": "NULL"}
_NAMES = {"true": "true", "false": "false", "null": "NULL"}

Parts = tuple[Part, ...]


def condition(node: Node, scope: Scope, depth: int = 0) -> Parts | None:
    """A condition, or a value in one."""
    node = scope.unwrapped(node)
    span = scope.structure.span(node)
    if depth > _DEPTH:
        return None
    match node.type:
        case "comparison_operator" if len(node.children) == 3:
            return _compared(node, scope, depth)
        case "binary_operator" if (word := _JOINED.get(text_of(node.children[1]))) is not None:
            return _joined(word, [node.children[0], node.children[2]], scope, depth)
        case "unary_operator" if text_of(node.children[0]) == "~":
            inner = condition(node.children[1], scope, depth + 1)
            return _around("NOT (", inner, ")", scope, node)
        case "call":
            return _called(node, scope, depth)
        case "true" | "false" | "none":
            return (LiteralPart(_WORDS[node.type], span, ()),)
        case "identifier" | "attribute":
            return (ColumnPart(span, "", last(node), bare=True),)
        case "string" | "integer" | "float":
            origin = scope.origin(node)
            written = constant(origin.value) if isinstance(origin, LiteralOrigin) else None
            return (LiteralPart(written, span, ()),) if written is not None else None
        case _:
            return None


def _compared(node: Node, scope: Scope, depth: int) -> Parts | None:
    """With None and truth values SQL says IS."""
    left, operator, right = node.children
    word = _COMPARED.get(text_of(operator))
    other = scope.unwrapped(right)
    if other.type == "none":
        word = {"=": "IS", "<>": "IS NOT"}.get(word or "")
    sides = condition(left, scope, depth + 1), condition(right, scope, depth + 1)
    if word is None or sides[0] is None or sides[1] is None:
        return None
    return (*sides[0], LiteralPart(f" {word} ", scope.structure.span(operator), ()), *sides[1])


def _joined(word: str, nodes: list[Node], scope: Scope, depth: int) -> Parts | None:
    found: list[Part] = []
    for at, one in enumerate(nodes):
        inner = _around("(", condition(one, scope, depth + 1), ")", scope, one)
        if inner is None:
            return None
        found += [LiteralPart(word, scope.structure.span(one), ())] if at else []
        found += inner
    return tuple(found)


def _around(before: str, inner: Parts | None, after: str, scope: Scope, node: Node) -> Parts | None:
    span = scope.structure.span(node)
    return (LiteralPart(before, span, ()), *inner, LiteralPart(after, span, ())) if inner is not None else None


def _called(node: Node, scope: Scope, depth: int) -> Parts | None:
    word, call, span = last(node), call_of(node), scope.structure.span(node)
    function = node.child_by_field_name("function")
    target = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    if word in _CALLS:
        return _joined(_CALLS[word], list(call.positional), scope, depth)
    if word == "not_" and len(call.positional) == 1:
        return _around("NOT (", condition(call.positional[0], scope, depth + 1), ")", scope, node)
    if word in _NAMES and not call.positional:
        return (LiteralPart(_NAMES[word], span, ()),)
    if word == "text":
        found = parts_of(expression_sql(node, scope), span)
        return None if any(isinstance(part, HolePart) for part in found) else found
    if word in _IS and target is not None and len(call.positional) == 1:
        left, right = condition(target, scope, depth + 1), condition(call.positional[0], scope, depth + 1)
        return (*left, LiteralPart(_IS[word], span, ()), *right) if left is not None and right is not None else None
    if word in ("in_", "not_in", "notin_") and target is not None and len(call.positional) == 1:
        return _listed(target, call.positional[0], scope, depth, negative=word != "in_")
    return None


def _listed(target: Node, values: Node, scope: Scope, depth: int, *, negative: bool) -> Parts | None:
    left = condition(target, scope, depth + 1)
    if left is None or values.type not in ("list", "tuple"):
        return None
    found: list[Part] = [*left, LiteralPart(" NOT IN (" if negative else " IN (", scope.structure.span(values), ())]
    for at, one in enumerate(child for child in values.named_children if child.type != "comment"):
        inner = condition(one, scope, depth + 1)
        if inner is None:
            return None
        found += [LiteralPart(", ", scope.structure.span(one), ())] if at else []
        found += inner
    return (*found, LiteralPart(")", scope.structure.span(values), ()))
