"""Functions of a Rust file and the types they belong to.

What comes in: the root of a file's tree. What goes out: look-ups. This module does not know other files.
"""

from collections.abc import Mapping
from functools import lru_cache

from tree_sitter import Node

from analyzer.extract.languages import captured
from analyzer.extract.rust.lexical import anchored
from analyzer.extract.texts import folded, text_of


@lru_cache(maxsize=2)
def functions(root: Node) -> Mapping[tuple[str, str], tuple[Node, ...]]:
    """Functions by the type they belong to ("" for none) and their name."""
    found: dict[tuple[str, str], tuple[Node, ...]] = {}
    for node in captured("rust", "rows", root).get("function", []):
        name = node.child_by_field_name("name")
        key = (owner(node), text_of(name) if name is not None else "")
        found[key] = (*found.get(key, ()), node)
    return found


def owner(node: Node) -> str:
    """The type of the impl block around a node, "" for none."""
    at: Node | None = node
    while at is not None and at.type not in ("impl_item", "trait_item"):
        at = at.parent
    type_ = (at.child_by_field_name("type") or at.child_by_field_name("name")) if at is not None else None
    if type_ is not None and type_.type == "generic_type":
        type_ = type_.child_by_field_name("type")
    return text_of(type_).rpartition("::")[2] if type_ is not None else ""


def named(callee: Node, root: Node) -> Node | None:
    """The one function of this file that a path or a method of `self` names."""
    at = anchored(callee, root)
    if callee.type == "generic_function":
        callee = callee.child_by_field_name("function") or callee
    if callee.type == "field_expression":
        target = callee.child_by_field_name("value")
        if target is None or target.type != "self":
            return None
        key = (owner(at), text_of(callee.child_by_field_name("field") or callee))
    elif callee.type in ("identifier", "scoped_identifier"):
        path, _, name = folded(callee, 200).rpartition("::")
        last = path.rpartition("::")[2].partition("<")[0]
        key = (owner(at) if last == "Self" else last if last[:1].isupper() else "", name)
    else:
        return None
    found = functions(root).get(key, ())
    return found[0] if len(found) == 1 else None


def takes_self(function: Node) -> bool:
    listed = function.child_by_field_name("parameters")
    return listed is not None and any(child.type == "self_parameter" for child in listed.named_children)
