"""The parts of JavaScript's destructuring patterns and parameter lists.

What comes in: nodes of patterns and functions. What goes out: the nodes of their parts. This module does not know what is taken apart.
"""

from collections.abc import Iterator

from tree_sitter import Node

_DEFAULTS = frozenset({"assignment_pattern", "object_assignment_pattern"})


def elements(pattern: Node) -> Iterator[tuple[int, Node]]:
    """Elements of an array pattern by their place; what is left out between commas counts."""
    place = 0
    for child in pattern.children:
        if child.type == ",":
            place += 1
        elif child.is_named and child.type not in ("comment", "rest_pattern"):
            yield place, child


def properties(pattern: Node) -> Iterator[tuple[Node, Node, bool]]:
    """(key, what it is bound to, whether it has a default) of an object pattern; computed keys and the rest are left out."""
    for child in pattern.named_children:
        if child.type == "shorthand_property_identifier_pattern":
            yield child, child, False
        elif child.type in _DEFAULTS:
            left = child.child_by_field_name("left")
            if left is not None and left.type == "shorthand_property_identifier_pattern":
                yield left, child, True
        elif child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None and key.type in ("property_identifier", "string"):
                yield key, value, value.type in _DEFAULTS


def parameters(function: Node) -> list[tuple[Node, Node | None]]:
    """Patterns of a function's parameters with the types written beside them."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [(single, None)]
    listed = function.child_by_field_name("parameters")
    found: list[tuple[Node, Node | None]] = []
    for child in listed.named_children if listed is not None else ():
        type_ = child.child_by_field_name("type")
        if child.type != "comment":
            written = type_.named_children[0] if type_ is not None and type_.named_children else None
            found.append((child.child_by_field_name("pattern") or child, written))
    return found
