"""The struct that a value is, by name: what is inserted, what a row is changed by.

What comes in: an expression and its Scope. What goes out: a name, "" where nothing says it. This module does not infer, nor know what the struct has.
"""

import re

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.rust.lexical import anchored
from analyzer.extract.rust.types import host_type
from analyzer.extract.rust.values import value_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of


def form_type(node: Node, scope: Scope, depth: int = 0) -> str:
    """The name of the struct that an expression is, or is a list of; "" where nothing says it."""
    node = names.plain(node)
    if depth > 6:
        return ""
    if node.type == "struct_expression":
        return struct_named(text_of(node.child_by_field_name("name") or node), node, scope)
    if node.type == "self":
        return names.own_type(node, scope)
    if node.type in ("call_expression", "macro_invocation", "array_expression"):
        return _made(node, scope, depth)
    found, path = value_type(node, scope)
    if found.name and not [step for step in path if step != "[]"]:
        inner = found.arguments[0] if found.name in ("Vec", "array") and found.arguments else found.name
        return struct_named(inner.lstrip("&").strip(), node, scope)
    value = names.value_of(node, scope) if node.type == "identifier" else None
    return form_type(value, scope, depth + 1) if value is not None else ""


def _made(node: Node, scope: Scope, depth: int) -> str:
    """`NewUser::new(..)`, `NewUser::builder().name(..).build()`, `vec![NewUser {..}]`."""
    for _ in range(40):
        method = names.called(node)
        if method is None:
            break
        if method[1] == "map" and method[2] and method[2][0].type == "closure_expression":
            found = re.search(r"\b([A-Z]\w+)\s*(?:::\w+\s*\(|\{)", text_of(method[2][0])[:2000])
            return struct_named(found[1], node, scope) if found is not None else ""
        node = names.plain(method[0])
    path = names.callee(node)
    if path is not None:
        owner = names.dotted(path, scope).rpartition(".")[0].rpartition(".")[2]
        return owner if owner[:1].isupper() else ""
    if node.type == "array_expression" and node.named_children:
        return form_type(node.named_children[0], scope, depth + 1)
    if node.type == "macro_invocation":
        found = re.match(r"vec!\s*[\[(]\s*&?\s*([A-Z]\w*)", text_of(node)[:200])
        return struct_named(found[1], node, scope) if found is not None else ""
    return form_type(node, scope, depth + 1) if node.type != "call_expression" else ""


def struct_named(name: str, node: Node, scope: Scope) -> str:
    """The struct that a type of this place is: `Self` and `Self::Form` are those of the impl."""
    name = name.partition("<")[0].rpartition("::")[2].strip()
    name = names.own_type(node, scope) if name == "Self" else _associated(name, node, scope)
    return name if name[:1].isupper() else ""


def _associated(name: str, node: Node, scope: Scope) -> str:
    """`type Form = NewUser;` of the impl around."""
    at: Node | None = anchored(node, scope.structure.root)
    while at is not None and at.type != "impl_item":
        at = at.parent
    body = at.child_by_field_name("body") if at is not None else None
    for item in body.named_children if body is not None else ():
        said = item.child_by_field_name("name") if item.type in ("type_item", "associated_type") else None
        type_ = item.child_by_field_name("type") if said is not None and text_of(said) == name else None
        if type_ is not None:
            return host_type(type_).name
    return name
