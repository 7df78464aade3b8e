"""What a name of Rust is bound to, by the nesting of blocks and patterns.

What comes in: an identifier and the root of its file. What goes out: a Binder. Source: the Rust Reference, "Scopes": a name means the innermost
binding before it. This module does not know items: constants and functions are no binders.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.texts import text_of

_STATEMENTS = 400
_INNER = frozenset({"ref_pattern", "mut_pattern", "reference_pattern", "match_pattern", "captured_pattern"})
_HOLDS_ONE = frozenset({"Some", "Ok"})


class Binder(Struct, frozen=True):
    """`value` is what is bound: an expression ("value", of a `let`, `match` or `if let`), the sequence of a loop ("element"), a closure or a
    function ("parameter", its `index` among the parameters that are no self). `path` leads from it through the pattern to the name: places in a
    tuple, fields, "?" for what is not known; `Some` and `Ok` take no step. `type` is what is written behind the pattern, where that is the name alone.
    """

    kind: Literal["value", "element", "parameter"]
    value: Node
    path: tuple[str, ...]
    scope: Node
    type: Node | None = None
    index: int = 0


def binder(name: Node, root: Node) -> Binder | None:
    """The innermost binding of an identifier; None where no local one is seen."""
    wanted = text_of(name)
    at = anchored(name, root)
    while (outer := at.parent) is not None:
        found = next(_bound(wanted, at, outer), None)
        if found is not None or outer.type == "function_item":
            return found
        at = outer
    return None


def anchored(node: Node, root: Node) -> Node:
    """The node in the tree of the file, where it stands in the tree of a part of a macro."""
    top = node
    while top.parent is not None:
        top = top.parent
    return node if top == root else root.descendant_for_byte_range(node.start_byte, node.end_byte) or node


def _bound(name: str, at: Node, outer: Node) -> Iterator[Binder]:
    match outer.type:
        case "block":
            yield from _declared(name, at, outer)
        case "for_expression" if outer.child_by_field_name("body") == at:
            yield from _made("element", outer.child_by_field_name("value"), outer, name)
        case "if_expression" | "while_expression" if (
            at != outer.child_by_field_name("condition") and at.type == "block"
        ):
            condition = outer.child_by_field_name("condition")
            yield from _conditions(name, condition, at) if condition is not None else ()
        case "let_chain":
            yield from _conditions(name, outer, at)
        case "match_arm":
            whole = outer.parent.parent if outer.parent is not None else None
            yield from _made("value", whole.child_by_field_name("value") if whole is not None else None, outer, name)
        case "closure_expression" | "function_item" if outer.child_by_field_name("body") == at:
            yield from _parameters(name, outer)
        case _:
            return


def _declared(name: str, at: Node, block: Node) -> Iterator[Binder]:
    before = at.prev_named_sibling
    for _ in range(_STATEMENTS):
        if before is None:
            return
        if before.type == "let_declaration":
            yield from _made("value", before.child_by_field_name("value"), before, name, scope=block)
        before = before.prev_named_sibling


def _conditions(name: str, condition: Node, before: Node) -> Iterator[Binder]:
    """What `if let` conditions bind, the last first."""
    conditions = [condition] if condition.type == "let_condition" else condition.named_children
    for one in reversed(conditions):
        if one.type == "let_condition" and one.end_byte <= before.start_byte:
            yield from _made("value", one.child_by_field_name("value"), one, name, scope=before)


def _made(
    kind: Literal["value", "element"], value: Node | None, holder: Node, name: str, scope: Node | None = None
) -> Iterator[Binder]:
    pattern = holder.child_by_field_name("pattern")
    path = path_to(name, pattern) if pattern is not None else None
    if path is not None and value is not None:
        written = holder.child_by_field_name("type") if not path else None
        yield Binder(kind, value, path, scope or holder, written)


def _parameters(name: str, function: Node) -> Iterator[Binder]:
    listed = function.child_by_field_name("parameters")
    for index, (pattern, written) in enumerate(parameters_of(listed) if listed is not None else ()):
        path = path_to(name, pattern)
        if path is not None:
            yield Binder("parameter", function, path, function, written if not path else None, index)


def parameters_of(listed: Node) -> list[tuple[Node, Node | None]]:
    """(pattern, type) of each parameter that is no self."""
    found: list[tuple[Node, Node | None]] = []
    for child in listed.named_children:
        if child.type == "parameter":
            pattern = child.child_by_field_name("pattern")
            if pattern is not None:
                found.append((pattern, child.child_by_field_name("type")))
        elif child.type not in ("self_parameter", "attribute_item", "line_comment", "block_comment"):
            found.append((child, None))
    return found


def path_to(name: str, pattern: Node) -> tuple[str, ...] | None:
    """The steps from a pattern to the name it binds; None where it does not bind it."""
    match pattern.type:
        case "identifier" | "shorthand_field_identifier":
            return () if text_of(pattern) == name else None
        case kind if kind in _INNER:
            condition = pattern.child_by_field_name("condition")
            return _first(name, [(child, ()) for child in pattern.named_children if child != condition])
        case "tuple_struct_pattern":
            type_ = pattern.child_by_field_name("type")
            step = () if type_ is not None and text_of(type_) in _HOLDS_ONE else ("?",)
            return _first(name, [(child, step) for child in pattern.named_children if child != type_])
        case "tuple_pattern":
            return _first(name, [(child, (str(index),)) for index, child in enumerate(pattern.named_children)])
        case "struct_pattern":
            return _first(name, [(child, ()) for child in pattern.named_children if child.type == "field_pattern"])
        case "field_pattern":
            field = pattern.child_by_field_name("name")
            inner = pattern.child_by_field_name("pattern") or field
            return _first(name, [(inner, (text_of(field),))]) if field is not None and inner is not None else None
        case "or_pattern" | "slice_pattern":
            return _first(name, [(child, ("?",)) for child in pattern.named_children])
        case _:
            return None


def _first(name: str, children: list[tuple[Node, tuple[str, ...]]]) -> tuple[str, ...] | None:
    for child, step in children:
        inner = path_to(name, child)
        if inner is not None:
            return (*step, *inner)
    return None
