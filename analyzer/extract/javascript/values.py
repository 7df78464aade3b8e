"""The type of a bound value, where the source says it: an annotation, a literal, a function of the language.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one, and the properties that lead from it to the
value. Source: ECMA-262. This module does not infer: what a function of the project returns stays unknown.
"""

from tree_sitter import Node

from analyzer.extract.javascript.models import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

_NOTHING: tuple[HostType, tuple[str, ...]] = (HostType(""), ())
_LITERALS = {"string": "string", "template_string": "string", "number": "number", "true": "boolean", "false": "boolean"}
_CALLS = {
    "Date.now": "number", "Number": "number", "parseInt": "number", "parseFloat": "number", "Math.floor": "number", "Math.round": "number",
    "performance.now": "number", "String": "string", "JSON.stringify": "string", "crypto.randomUUID": "string", "randomUUID": "string",
    "Boolean": "boolean", "Array.isArray": "boolean",
}  # fmt: skip
_METHODS = {
    "toISOString": "string", "toString": "string", "trim": "string", "toLowerCase": "string", "toUpperCase": "string", "getTime": "number",
}  # fmt: skip
_BOOLEAN = frozenset({"===", "!==", "==", "!=", "<", ">", "<=", ">="})
_CASTS = frozenset({"as_expression", "satisfies_expression"})
_DEPTH = 6


def value_type(node: Node, scope: Scope, depth: int = 0) -> tuple[HostType, tuple[str, ...]]:
    """The type behind an expression, and the path from it to the value."""
    if node.type in _CASTS or depth > _DEPTH:
        return (
            (host_type(node.named_children[1]), ()) if len(node.named_children) == 2 and depth <= _DEPTH else _NOTHING
        )
    if node.type in ("parenthesized_expression", "non_null_expression") and node.named_children:
        return value_type(node.named_children[0], scope, depth + 1)
    match node.type:
        case "identifier" | "shorthand_property_identifier":
            return _named(node, scope, depth)
        case "member_expression":
            target, name = node.child_by_field_name("object"), node.child_by_field_name("property")
            base, path = value_type(target, scope, depth + 1) if target is not None else _NOTHING
            return (base, (*path, text_of(name))) if base.name and name is not None else _NOTHING
        case "call_expression":
            return _called(node), ()
        case "new_expression":
            made = node.child_by_field_name("constructor")
            return HostType("Date" if made is not None and text_of(made) == "Date" else ""), ()
        case "unary_expression":
            return HostType("boolean" if text_of(node)[:1] == "!" else ""), ()
        case "binary_expression":
            operator = node.child_by_field_name("operator")
            return HostType("boolean" if operator is not None and text_of(operator) in _BOOLEAN else ""), ()
        case kind:
            return HostType(_LITERALS.get(kind, "")), ()


def _named(node: Node, scope: Scope, depth: int) -> tuple[HostType, tuple[str, ...]]:
    meaning = scope.meaning(text_of(node), node.start_byte)
    if meaning.parameter is not None:
        index, function = meaning.parameter
        parameter = function.parameters[index]
        return (parameter.host, ()) if parameter.name else _NOTHING
    plain = meaning.bindings
    if len(plain) != 1 or meaning.module or meaning.loop is not None or plain[0].destructured or plain[0].outer:
        return _NOTHING
    value = plain[0].value
    declared = value.parent.child_by_field_name("type") if value is not None and value.parent is not None else None
    if declared is not None and declared.named_children:
        return host_type(declared.named_children[0]), ()
    return value_type(value, scope, depth + 1) if value is not None else _NOTHING


def _called(node: Node) -> HostType:
    function = node.child_by_field_name("function")
    if function is None:
        return HostType("")
    known = _CALLS.get(folded(function, 80))
    method = function.child_by_field_name("property") if function.type == "member_expression" else None
    return HostType(known or (_METHODS.get(text_of(method), "") if method is not None else ""))
