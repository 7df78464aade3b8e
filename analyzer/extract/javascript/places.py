"""Where in JavaScript code a row, or a property of one, stands.

What comes in: nodes, and what a name means. What goes out: answers. This module does not know rows.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.javascript.models import host_type
from analyzer.extract.meanings import Meaning
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

Accept = Callable[[Meaning], bool]
EMPTY = frozenset({"null", "undefined", "[]", "{}", "({})", "void 0"})
# Expressions that mean the first thing in them.
PASSES = frozenset(
    {"await_expression", "parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"}
)


def is_turn(start: int) -> Accept:
    return lambda meaning: meaning.loop is not None and meaning.loop.loop.span.start == start


def is_parameter(start: int, end: int) -> Accept:
    def accept(meaning: Meaning) -> bool:
        if meaning.parameter is not None:
            return meaning.parameter[1].span.start == start
        loop = meaning.loop.loop if meaning.loop is not None else None
        return loop is not None and loop.kind == "callback" and loop.span.start <= start and end <= loop.span.end

    return accept


def is_written(node: Node) -> bool:
    outer = node.parent
    if outer is None:
        return False
    if outer.type in ("assignment_expression", "augmented_assignment_expression"):
        return outer.child_by_field_name("left") == node
    if outer.type == "update_expression":
        return True
    return outer.type == "unary_expression" and text_of(outer)[:6] == "delete"


def is_tested(node: Node) -> bool:
    """Whether the code asks if there is such a property at all."""
    outer = node.parent
    if outer is not None and outer.type == "unary_expression":
        return text_of(outer)[:6] == "typeof"
    return (
        outer is not None
        and outer.type == "binary_expression"
        and text_of(outer).endswith(("undefined", '"undefined"'))
    )


def has_other(node: Node) -> bool:
    """`row.name ?? row.title`: another value takes the place of none."""
    outer = node.parent
    while outer is not None and outer.type in PASSES:
        node, outer = outer, outer.parent
    operator = outer.child_by_field_name("operator") if outer is not None else None
    if outer is None or operator is None or text_of(operator) not in ("??", "||"):
        return False
    return any(
        child.type in ("member_expression", "subscript_expression") for child in outer.named_children if child != node
    )


def declared(node: Node) -> HostType | None:
    """`const name: string = row.name`."""
    outer = node.parent
    type_ = outer.child_by_field_name("type") if outer is not None and outer.type == "variable_declarator" else None
    return host_type(type_.named_children[0]) if type_ is not None and type_.named_children else None


def is_for_effect(call: Node) -> bool:
    """Whether nothing takes what a call gives: a statement, also once for each row (`forEach`, `Promise.all(rows.map(..))`)."""
    outer = call.parent
    while outer is not None and outer.type != "expression_statement":
        inside = outer.parent if outer.type == "arrow_function" else outer
        if outer.type in PASSES:
            outer = outer.parent
        elif inside is not None and inside.type == "arguments" and inside.parent is not None:
            callee = inside.parent.child_by_field_name("function")
            method = folded(callee, 200).rpartition(".")[2] if callee is not None else ""
            if method not in ("map", "all", "allSettled"):
                return method == "forEach"
            outer = inside.parent.parent
        else:
            return False
    return outer is not None
