"""Statements that the crate sql-builder puts together: their verb and table; what is added later is a hole.

What comes in: a call of `.sql()`. What goes out: the parts of its text. Source: https://docs.rs/sql-builder (`SqlBuilder`, `SqlName`). This module
does not know what the calls between add.
"""

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.texts import LiteralBuilder, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Source, Span

# What each constructor begins: the words before its table, and behind it. A space stands where a hole is.
_BEGINNINGS = {
    "select_from": ("SELECT ", " FROM ", " "),
    "delete_from": ("DELETE FROM ", "", " "),
    "update_table": ("UPDATE ", "", " SET "),
}
_LINKS = 64


def builder_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`query.sql()` of a SqlBuilder; None for anything else."""
    root = _root(node, evaluator)
    function = root.child_by_field_name("function") if root is not None else None
    arguments = root.child_by_field_name("arguments") if root is not None else None
    if function is None or arguments is None or function.type != "scoped_identifier" or not arguments.named_children:
        return None
    owner, _, name = text_of(function).rpartition("::")
    table = _table(arguments.named_children[0], evaluator)
    if owner.rpartition("::")[2] != "SqlBuilder" or name not in _BEGINNINGS or table is None:
        return None
    first, second, last = _BEGINNINGS[name]
    hole = HolePart(Span(source.path, node.start_byte, node.end_byte), UnknownOrigin("builder"))
    begun = (
        (_written(first, node, source), hole, _written(second, node, source))
        if second
        else (_written(first, node, source),)
    )
    return (*begun, *table, _written(last, node, source), hole)


def _root(node: Node, evaluator: Evaluator) -> Node | None:
    """The call that a chain of methods begins with, through names."""
    found: Node | None = node
    for _ in range(_LINKS):
        if found is None:
            return None
        if found.type == "identifier":
            bound = evaluator.bound(found)
            found = bound[0] if bound is not None and bound[0] != found else None
            continue
        function = found.child_by_field_name("function")
        if found.type != "call_expression" or function is None:
            return None
        if function.type != "field_expression":
            return found
        found = function.child_by_field_name("value")
    return None


def _table(node: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """The table's name: a text, or what `SqlName::new("orders")` is given."""
    if node.type == "call_expression":
        root = _root(node, evaluator)
        arguments = root.child_by_field_name("arguments") if root is not None else None
        return (
            evaluator.parts(arguments.named_children[0]) if arguments is not None and arguments.named_children else None
        )
    parts = evaluator.parts(node)
    return parts if all(isinstance(part, LiteralPart) for part in parts) else None


def _written(text: str, node: Node, source: Source) -> LiteralPart:
    builder = LiteralBuilder(source.path, source.content)
    builder.escape(text, node.start_byte, node.end_byte)
    return builder.finish(node.start_byte, node.end_byte)
