"""The type of a bound value, where the source says it: an annotation, a literal, a function of the language.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one, and the attributes that lead from it to the
value. Source: the Python library reference. This module does not infer: what a function of the project returns stays unknown.
"""

from tree_sitter import Node

from analyzer.extract.python.types import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

_NOTHING: tuple[HostType, tuple[str, ...]] = (HostType(""), ())
_LITERALS = {
    "string": "str",
    "concatenated_string": "str",
    "integer": "int",
    "float": "float",
    "true": "bool",
    "false": "bool",
}
_CALLS = {
    "int": "int", "str": "str", "float": "float", "bool": "bool", "len": "int", "json.dumps": "str", "time.time": "float",
    "datetime.now": "datetime", "datetime.utcnow": "datetime", "datetime.datetime.now": "datetime", "datetime.datetime.utcnow": "datetime",
    "date.today": "date", "datetime.date.today": "date", "uuid4": "UUID", "uuid.uuid4": "UUID",
}  # fmt: skip
_METHODS = {
    "isoformat": "str",
    "strftime": "str",
    "hexdigest": "str",
    "strip": "str",
    "lower": "str",
    "upper": "str",
    "timestamp": "float",
}
_DEPTH = 6


def value_type(node: Node, scope: Scope, depth: int = 0) -> tuple[HostType, tuple[str, ...]]:
    """The type behind an expression, and the path from it to the value."""
    if depth > _DEPTH:
        return _NOTHING
    match node.type:
        case "parenthesized_expression" if node.named_children:
            return value_type(node.named_children[0], scope, depth + 1)
        case "identifier":
            return _named(node, scope, depth)
        case "attribute":
            target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
            base, path = value_type(target, scope, depth + 1) if target is not None else _NOTHING
            return (base, (*path, text_of(name))) if base.name and name is not None else _NOTHING
        case "call":
            return _called(node), ()
        case "comparison_operator" | "not_operator":
            return HostType("bool"), ()
        case "string" if text_of(node)[:2].lower().startswith(("b", "rb")):
            return HostType("bytes"), ()
        case kind:
            return HostType(_LITERALS.get(kind, "")), ()


def _named(node: Node, scope: Scope, depth: int) -> tuple[HostType, tuple[str, ...]]:
    name, meaning = text_of(node), scope.meaning(text_of(node), node.start_byte)
    if meaning.parameter is not None:
        index, function = meaning.parameter
        return function.parameters[index].host, ()
    inner = scope.structure.functions.innermost(node.start_byte)
    shadows = inner is not None and any(parameter.name == name for parameter in inner.parameters)
    plain = meaning.bindings
    # A parameter that is bound again, perhaps in a branch, has either type.
    if shadows or len(plain) != 1 or meaning.module or meaning.loop is not None or plain[0].destructured:
        return _NOTHING
    value = plain[0].value
    declared = value.parent.child_by_field_name("type") if value is not None and value.parent is not None else None
    if declared is not None:
        return host_type(declared), ()
    return value_type(value, scope, depth + 1) if value is not None else _NOTHING


def _called(node: Node) -> HostType:
    function = node.child_by_field_name("function")
    if function is None:
        return HostType("")
    known = _CALLS.get(folded(function, 80))
    method = function.child_by_field_name("attribute") if function.type == "attribute" else None
    return HostType(known or (_METHODS.get(text_of(method), "") if method is not None else ""))
