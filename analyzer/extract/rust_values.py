"""The type of a bound value, where the source says it: a parameter, an annotated binding, a constructor, a literal.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one. Sources of the constructors:
docs.rs of uuid, chrono and time. This module does not infer: a field, a call of the project's own, a generic stay unknown.
"""

from tree_sitter import Node

from analyzer.extract.rust_models import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

UNKNOWN = HostType("")
_LITERALS = {"string_literal": "str", "raw_string_literal": "str", "boolean_literal": "bool"}
_CONSTRUCTORS = {
    "Uuid::new_v4": "Uuid", "Uuid::now_v7": "Uuid", "Uuid::nil": "Uuid", "Utc::now": "DateTime", "chrono::Utc::now": "DateTime",
    "uuid::Uuid::new_v4": "Uuid", "OffsetDateTime::now_utc": "OffsetDateTime", "String::from": "String", "String::new": "String",
}  # fmt: skip
_MAKES_STRING = frozenset({"to_string", "to_owned_string", "to_lowercase", "to_uppercase"})
_KEEPS = frozenset({"clone", "to_owned"})
_DEPTH = 6


def value_type(node: Node, scope: Scope, depth: int = 0) -> HostType:
    """The declared type behind an expression, borrows and dereferences taken off."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return UNKNOWN
    match node.type:
        case "identifier":
            return _named(node, scope, depth)
        case "call_expression":
            return _called(node, scope, depth)
        case "macro_invocation" if text_of(node.child_by_field_name("macro") or node) == "format":
            return HostType("String")
        case kind:
            return HostType(_LITERALS.get(kind, ""))


def _named(node: Node, scope: Scope, depth: int) -> HostType:
    meaning = scope.meaning(text_of(node), node.start_byte)
    if meaning.parameter is not None:
        index, function = meaning.parameter
        return function.parameters[index].host
    if len(meaning.bindings) != 1 or meaning.module or meaning.bindings[0].destructured:
        return UNKNOWN
    value = meaning.bindings[0].value
    declared = value.parent.child_by_field_name("type") if value is not None and value.parent is not None else None
    if declared is not None:
        return host_type(declared)
    # `let x = f().await?` unwraps what nobody here knows; only a plain value keeps its type.
    return value_type(value, scope, depth + 1) if value is not None and "?" not in text_of(value)[-2:] else UNKNOWN


def _called(node: Node, scope: Scope, depth: int) -> HostType:
    function = node.child_by_field_name("function")
    if function is None:
        return UNKNOWN
    if function.type != "field_expression":
        return HostType(_CONSTRUCTORS.get(folded(function), ""))
    method, value = function.child_by_field_name("field"), function.child_by_field_name("value")
    if method is None or value is None:
        return UNKNOWN
    if text_of(method) in _MAKES_STRING:
        return HostType("String")
    return value_type(value, scope, depth + 1) if text_of(method) in _KEEPS else UNKNOWN
