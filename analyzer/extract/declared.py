"""What the source declares of a bound value: the type of the parameter it begins with, and the fields that lead from there.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one, and the path. It asks a language for nothing but its
syntax; Rust, which says more of its values, has a module of its own. What a function gives back is not known here.
"""

from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.model import HostType

_NOTHING: tuple[HostType, tuple[str, ...]] = (HostType(""), ())
_NAMES = ("property", "attribute", "field")
_DEPTH = 6


def declared(node: Node, scope: Scope) -> tuple[HostType, tuple[str, ...]]:
    """`status` and `order.status` of a function's `status: Status` and `order: Order`."""
    path: tuple[str, ...] = ()
    node = scope.unwrapped(node)
    while node.type in scope.syntax.members and len(path) < _DEPTH:
        target = node.child_by_field_name(scope.syntax.members[node.type])
        name = next((found for field in _NAMES if (found := node.child_by_field_name(field)) is not None), None)
        if target is None or name is None:
            return _NOTHING
        path, node = (text_of(name), *path), scope.unwrapped(target)
    if node.type not in scope.syntax.identifiers:
        return _NOTHING
    meaning = scope.meaning(text_of(node), node.start_byte)
    if meaning.parameter is None:
        return _NOTHING
    index, function = meaning.parameter
    parameter = function.parameters[index]
    # What a pattern takes out of a parameter is a field of it.
    return parameter.host, path if parameter.name == text_of(node) else (text_of(node), *path)
