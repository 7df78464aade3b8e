"""Python annotations as host types.

What comes in: nodes of annotations. What goes out: HostTypes. Source: the documentation of `typing`. This module does not know classes.
"""

from tree_sitter import Node

from analyzer.extract.languages import parse
from analyzer.extract.texts import text_of
from analyzer.facts.model import HostType

_UNKNOWN = HostType("")
# What says something about a type and is none itself.
_TRANSPARENT = frozenset({"Annotated", "Required", "NotRequired", "ReadOnly", "Final", "InitVar", "Mapped"})
_DEPTH = 8


def host_type(node: Node, depth: int = 0) -> HostType:
    """A type with its None taken off; a union of two types is unknown."""
    if depth > _DEPTH:
        return _UNKNOWN
    match node.type:
        case "type" | "parenthesized_expression" if node.named_children:
            return host_type(node.named_children[0], depth + 1)
        case "identifier" | "attribute":
            return HostType(text_of(node).rpartition(".")[2])
        case "none":
            return HostType("None", optional=True)
        case "string":
            return _quoted(node, depth)
        case "binary_operator" | "union_type":
            return _union(node.named_children, depth)
        case "generic_type" | "subscript":
            return _generic(node, depth)
        case _:
            return _UNKNOWN


def _quoted(node: Node, depth: int) -> HostType:
    inner = _inside(node)
    return host_type(inner, depth + 1) if inner is not None else _UNKNOWN


def _inside(node: Node) -> Node | None:
    """The expression in a string."""
    text = text_of(node).strip("'\"")
    root = parse(text.encode(), "python").root_node
    statement = root.named_children[0] if len(root.named_children) == 1 and not root.has_error else None
    return statement.named_children[0] if statement is not None and statement.named_children else None


def _generic(node: Node, depth: int) -> HostType:
    head, *rest = node.named_children
    name = text_of(head).rpartition(".")[2]
    inner = [child for part in rest for child in (part.named_children if part.type == "type_parameter" else [part])]
    if name == "Optional" and inner:
        found = host_type(inner[0], depth + 1)
        return HostType(found.name, True, found.arguments)
    if name == "Union":
        return _union(inner, depth)
    if name in _TRANSPARENT and inner:
        return host_type(inner[0], depth + 1)
    return HostType(name, False, tuple(text_of(child) for child in inner))


def _union(nodes: list[Node], depth: int) -> HostType:
    members = [host_type(node, depth + 1) for node in nodes]
    optional = any(member.optional for member in members)
    plain = [member for member in members if member.name != "None"]
    return HostType(plain[0].name, optional, plain[0].arguments) if len(plain) == 1 else HostType("", optional)


def unwrapped_type(node: Node, depth: int = 0) -> tuple[list[Node] | None, str]:
    """The arguments and the name of a type, its None and quotes taken off; no arguments (None) where it is no plain type."""
    if depth > _DEPTH:
        return None, ""
    match node.type:
        case "type" | "parenthesized_expression" if node.named_children:
            return unwrapped_type(node.named_children[0], depth + 1)
        case "identifier" | "attribute":
            return [], text_of(node).rpartition(".")[2]
        case "binary_operator" | "union_type":
            plain = [child for child in node.named_children if text_of(child) != "None"]
            return unwrapped_type(plain[0], depth + 1) if len(plain) == 1 else (None, "")
        case "string":
            inside = _inside(node)
            return unwrapped_type(inside, depth + 1) if inside is not None else (None, "")
        case "generic_type" | "subscript":
            head, *rest = node.named_children
            inner = [
                child for part in rest for child in (part.named_children if part.type == "type_parameter" else [part])
            ]
            name = text_of(head).rpartition(".")[2]
            if name == "Optional" and len(inner) == 1:
                return unwrapped_type(inner[0], depth + 1)
            return inner, name
        case _:
            return None, ""
