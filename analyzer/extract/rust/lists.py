"""Texts joined of a list: `parts.join(" ")` of a vector or an array.

What comes in: a call of `join` or `concat`. What goes out: the parts of its text; what is pushed later is a hole behind them. This module does
not know SQL.
"""

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.rust.strings import arguments, group_parts
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart
from analyzer.facts.source import Source, Span

_METHODS = frozenset({"join", "concat"})
_MOST = 200


def joined_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """None where the node joins nothing, or a list that does not stand in the source."""
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    method = function.child_by_field_name("field") if function is not None else None
    value = function.child_by_field_name("value") if function is not None else None
    if method is None or value is None or given is None or text_of(method) not in _METHODS:
        return None
    bound = evaluator.bound(value)
    elements = _elements(bound[0], source, evaluator) if bound is not None else []
    if bound is None or not elements or len(elements) > _MOST:
        return None
    between = evaluator.parts(given.named_children[0]) if given.named_children else ()
    parts = elements[0] + tuple(part for element in elements[1:] for part in (*between, *element))
    later = (*between, HolePart(Span(source.path, node.start_byte, node.end_byte), UnknownOrigin("list")))
    return (*parts, *later) if bound[1] else parts


def _elements(node: Node, source: Source, evaluator: Evaluator) -> list[tuple[Part, ...]]:
    if node.type == "array_expression":
        return [evaluator.parts(child) for child in node.named_children if "comment" not in child.type]
    macro = node.child_by_field_name("macro") if node.type == "macro_invocation" else None
    tokens = next((child for child in node.children if child.type == "token_tree"), None)
    if macro is None or tokens is None or text_of(macro) != "vec":
        return []
    return [group_parts(group, source, evaluator) for group in arguments(tokens)]
