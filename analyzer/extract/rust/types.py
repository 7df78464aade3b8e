"""Rust types as HostTypes.

What comes in: a type's node. What goes out: a HostType. Source: the Rust Reference, "Types"; std's smart pointers stand for what they hold.
This module does not know aliases.
"""

from tree_sitter import Node

from analyzer.extract.languages import parse
from analyzer.extract.texts import text_of
from analyzer.facts.model import HostType


def written_type(text: str) -> HostType:
    """A type that stands in an attribute, as text."""
    tree = parse(f"type T = {text};".encode(), "rust")
    item = tree.root_node.named_children[0] if tree.root_node.named_children else None
    node = item.child_by_field_name("type") if item is not None else None
    return host_type(node) if node is not None else HostType("")


def host_type(node: Node) -> HostType:
    """A Rust type: `Option<T>` is T, optional; references and boxes are what they hold; `Vec<T>` keeps its argument."""
    if node.type in ("reference_type", "pointer_type"):
        inner = node.child_by_field_name("type")
        return host_type(inner) if inner is not None else HostType("")
    if node.type == "array_type":
        element = node.child_by_field_name("element")
        return HostType("array", False, (text_of(element),) if element is not None else ())
    if node.type != "generic_type":
        return HostType(text_of(node).rpartition("::")[2] if node.type != "tuple_type" else "tuple")
    head, arguments = node.child_by_field_name("type"), node.child_by_field_name("type_arguments")
    name = text_of(head).rpartition("::")[2] if head is not None else ""
    inner_nodes = [] if arguments is None else [n for n in arguments.named_children if n.type != "lifetime"]
    if name == "Option" and inner_nodes:
        inner_type = host_type(inner_nodes[0])
        return HostType(inner_type.name, True, inner_type.arguments)
    if name in ("Box", "Arc", "Rc", "Cow") and inner_nodes:
        return host_type(inner_nodes[-1])
    return HostType(name, False, tuple(text_of(inner) for inner in inner_nodes))
