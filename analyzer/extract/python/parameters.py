"""The parameters of a function, by the places that arguments take.

What comes in: a parameter list of tree-sitter-python. What goes out: its nodes, the object a method is called on left out. This module does not know types.
"""

from tree_sitter import Node

from analyzer.extract.texts import text_of

_PARAMETERS = frozenset({"identifier", "default_parameter", "typed_parameter", "typed_default_parameter"}) | {
    "list_splat_pattern",
    "dictionary_splat_pattern",
}


def parameter_nodes(node: Node) -> list[Node]:
    found = [child for child in node.named_children if child.type in _PARAMETERS]
    return found[1:] if found and found[0].type == "identifier" and text_of(found[0]) in ("self", "cls") else found
