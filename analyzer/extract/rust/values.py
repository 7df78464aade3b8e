"""The type of a bound value, where the source says it: a parameter, an annotated binding, a constructor, a literal.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one, and the fields and methods that lead
from it to the value. Sources of the constructors: docs.rs of uuid, chrono and time. This module does not infer: what a function of the
project returns, or a generic, stays unknown.
"""

from tree_sitter import Node

from analyzer.extract.rust.types import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

_NOTHING: tuple[HostType, tuple[str, ...]] = (HostType(""), ())
_LITERALS = {"string_literal": "str", "raw_string_literal": "str", "boolean_literal": "bool"}
_CONSTRUCTORS = {
    "Uuid::new_v4": "Uuid", "Uuid::now_v7": "Uuid", "Uuid::nil": "Uuid", "Utc::now": "DateTime", "chrono::Utc::now": "DateTime",
    "uuid::Uuid::new_v4": "Uuid", "OffsetDateTime::now_utc": "OffsetDateTime", "String::from": "String", "String::new": "String",
}  # fmt: skip
_MAKES_STRING = frozenset({"to_string", "to_owned_string", "to_lowercase", "to_uppercase"})
_KEEPS = frozenset({"clone", "to_owned"})
_DEPTH = 6


def value_type(node: Node, scope: Scope, depth: int = 0) -> tuple[HostType, tuple[str, ...]]:
    """The declared type behind an expression, borrows and dereferences taken off, and the path from it to the value."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return _NOTHING
    match node.type:
        case "identifier":
            return _named(node, scope, depth)
        case "call_expression":
            return _called(node, scope, depth)
        case "field_expression":
            value, field = node.child_by_field_name("value"), node.child_by_field_name("field")
            return _step(value_type(value, scope, depth + 1), text_of(field)) if value and field else _NOTHING
        case "macro_invocation" if text_of(node.child_by_field_name("macro") or node) == "format":
            return HostType("String"), ()
        case kind:
            return HostType(_LITERALS.get(kind, "")), ()


def token_type(tokens: list[Node], scope: Scope) -> tuple[HostType, tuple[str, ...]]:
    """The same of a macro's argument, which is no expression but tokens: `&user.email.as_ref()`, `Utc::now()`, `"paid"`."""
    plain = [node for node in tokens if node.type not in ("&", "*")]
    texts = [text_of(node) for node in plain]
    if "".join(texts).endswith("()") and "".join(texts[:-1]) in _CONSTRUCTORS:
        return HostType(_CONSTRUCTORS["".join(texts[:-1])]), ()
    if not plain or any(text != "." for text in texts[1::2] if text != "()"):
        return _NOTHING
    found = value_type(plain[0], scope)
    for text in texts[1:]:
        if text not in (".", "()"):
            found = _step(found, text) if text.isidentifier() else _NOTHING
    return found


def _step(found: tuple[HostType, tuple[str, ...]], name: str) -> tuple[HostType, tuple[str, ...]]:
    base, path = found
    if name in _KEEPS:
        return found
    if name in _MAKES_STRING:
        return HostType("String"), ()
    return (base, (*path, name)) if base.name else _NOTHING


def _named(node: Node, scope: Scope, depth: int) -> tuple[HostType, tuple[str, ...]]:
    meaning = scope.meaning(text_of(node), node.start_byte)
    if meaning.parameter is not None:
        index, function = meaning.parameter
        return function.parameters[index].host, ()
    if len(meaning.bindings) != 1 or meaning.module or meaning.bindings[0].destructured:
        return _NOTHING
    value = meaning.bindings[0].value
    declared = value.parent.child_by_field_name("type") if value is not None and value.parent is not None else None
    if declared is not None:
        return host_type(declared), ()
    # `let x = f().await?` unwraps what nobody here knows; only a plain value keeps its type.
    return value_type(value, scope, depth + 1) if value is not None and "?" not in text_of(value)[-2:] else _NOTHING


def _called(node: Node, scope: Scope, depth: int) -> tuple[HostType, tuple[str, ...]]:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return _NOTHING
    if function.type != "field_expression":
        return HostType(_CONSTRUCTORS.get(folded(function), "")), ()
    method, value = function.child_by_field_name("field"), function.child_by_field_name("value")
    bare = arguments is not None and not arguments.named_children
    return _step(value_type(value, scope, depth + 1), text_of(method)) if method and value and bare else _NOTHING
