"""The type of a bound value, where the source says it: a parameter, an annotated binding, a constructor, a literal, a cast, what a function returns.

What comes in: an expression and its scope. What goes out: a HostType, nameless where nobody wrote one, and the fields and methods that lead
from it to the value. Sources: docs.rs of uuid, chrono and time for constructors; std for methods. This module does not infer: a generic, a
closure's result and a conversion stay unknown.
"""

import msgspec
from tree_sitter import Node

from analyzer.extract.languages import parse_between
from analyzer.extract.rust.items import named, owner
from analyzer.extract.rust.layers import OPTIONAL, inside
from analyzer.extract.rust.lexical import Binder, anchored, binder, parameters_of
from analyzer.extract.rust.types import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType
from analyzer.facts.origin import Origin, UnknownOrigin
from analyzer.facts.query import Arguments

Typed = tuple[HostType, tuple[str, ...]]

_NOTHING: Typed = (HostType(""), ())
_LITERALS = {"string_literal": "str", "raw_string_literal": "str", "boolean_literal": "bool"}
_CONSTRUCTORS = {
    "Uuid::new_v4": "Uuid", "Uuid::now_v7": "Uuid", "Uuid::nil": "Uuid", "Utc::now": "DateTime", "chrono::Utc::now": "DateTime",
    "uuid::Uuid::new_v4": "Uuid", "OffsetDateTime::now_utc": "OffsetDateTime", "String::from": "String", "String::new": "String",
    "Uuid::from": "Uuid", "i64::from": "i64", "i32::from": "i32", "i16::from": "i16", "u32::from": "u32", "u64::from": "u64", "f64::from": "f64",
}  # fmt: skip
# Constructors that may fail: their value stands behind `?` or `unwrap`.
_TRIES = {"Uuid::parse_str": "Uuid", "Uuid::try_from": "Uuid", "i64::try_from": "i64", "i32::try_from": "i32", "i16::try_from": "i16", "u32::try_from": "u32", "u64::try_from": "u64"}  # fmt: skip
# What a method gives whatever it is called on.
_GIVES = {
    **dict.fromkeys(("to_string", "to_owned_string", "to_lowercase", "to_uppercase", "to_rfc3339", "to_ascii_lowercase"), "String"),
    "len": "usize", "timestamp": "i64", "timestamp_millis": "i64", "unix_timestamp": "i64", "is_empty": "bool", "is_some": "bool", "is_none": "bool",
    "naive_utc": "NaiveDateTime", "date_naive": "NaiveDate", "contains": "bool",
}  # fmt: skip
_KEEPS = frozenset({"clone", "to_owned", "as_slice", "cloned", "copied", "iter", "into_iter", "iter_mut", "to_vec"})
_FAILS = frozenset({"unwrap", "expect", "unwrap_or_default"})
_PASSES = frozenset({"parenthesized_expression", "reference_expression", "await_expression", "unary_expression"})
_NUMBERS = ("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "usize", "isize", "f32", "f64")
_DEPTH = 8


def value_type(node: Node, scope: Scope, depth: int = 0) -> Typed:
    """The declared type behind an expression, borrows and dereferences taken off, and the path from it to the value."""
    if depth > _DEPTH:
        return _NOTHING
    match node.type:
        case kind if kind in _PASSES and node.named_children:
            operator = node.children[0].type
            return _NOTHING if operator == "!" else value_type(node.named_children[-1], scope, depth + 1)
        case "identifier":
            return _named(node, scope, depth)
        case "self":
            return HostType(owner(anchored(node, scope.structure.root))), ()
        case "type_cast_expression":
            written = node.child_by_field_name("type")
            return (HostType("") if written is None or text_of(written) == "_" else host_type(written)), ()
        case "call_expression":
            return _called(node, scope, depth)
        case "try_expression" if node.named_children:
            return _behind(node.named_children[0], scope, depth)
        case "field_expression":
            value, field = node.child_by_field_name("value"), node.child_by_field_name("field")
            base, path = value_type(value, scope, depth + 1) if value and field else _NOTHING
            return (base, (*path, text_of(field))) if base.name and field else _NOTHING
        case "index_expression" if node.named_children and node.named_children[-1].type == "range_expression":
            return value_type(node.named_children[0], scope, depth + 1)
        case "macro_invocation":
            return HostType("String" if text_of(node.child_by_field_name("macro") or node) == "format" else ""), ()
        case "integer_literal" | "float_literal":
            return HostType(next((name for name in _NUMBERS if text_of(node).endswith(name)), "")), ()
        case kind:
            return HostType(_LITERALS.get(kind, "")), ()


def token_type(tokens: list[Node], scope: Scope) -> Typed:
    """The same of a macro's argument, whose tokens are an expression: `&user.email.as_ref()`, `id as Uuid`."""
    if not tokens:
        return _NOTHING
    tree = parse_between(scope.structure.source.content, "rust", tokens[0], tokens[-1])
    node = tree.root_node
    while node.type in ("source_file", "ERROR", "expression_statement") and node.named_children:
        if len(node.named_children) > 1:
            return _NOTHING
        node = node.named_children[0]
    return value_type(node, scope)


def member_origin(tokens: list[Node]) -> Origin | None:
    """The text of a macro's argument that names a variant or a constant of a type: `Status::Draft as _`, `Status::Draft.as_str()`."""
    texts = [text_of(node) for node in tokens if node.type not in ("&", "*")]
    known = [text.isidentifier() or text in ("::", ".", "()") for text in texts]
    if "::" not in texts[1:2] or not all(known):
        return None
    return UnknownOrigin("".join(texts[: texts.index("as")] if "as" in texts else texts))


def _step(found: Typed, name: str) -> Typed:
    base, path = found
    if name in _KEEPS:
        return found
    if name in _GIVES and (name != "to_string" or not base.name):
        return HostType(_GIVES[name]), ()
    return (base, (*path, name)) if base.name else _NOTHING


def _named(node: Node, scope: Scope, depth: int) -> Typed:
    """A name by what binds it; a constant by its declared type."""
    found = binder(node, scope.structure.root)
    if found is None:
        return _constant(text_of(node), scope)
    if found.type is not None:
        return host_type(found.type), ()
    if found.kind == "parameter":
        return _parameter(found)
    base, path = value_type(found.value, scope, depth + 1)
    if found.kind == "element":
        path = (*path, "[]")
    elif _takes_off(found):
        path = (*path, "Some")
    return (base, (*path, *found.path)) if base.name and "?" not in found.path else _NOTHING


def _takes_off(found: Binder) -> bool:
    """Whether the pattern takes the value out of an Option or a Result: the binding is then of what that holds."""
    holder = found.value.parent
    pattern = holder.child_by_field_name("pattern") if holder is not None else None
    return pattern is not None and pattern.type == "tuple_struct_pattern"


def _parameter(found: Binder) -> Typed:
    """A parameter that a pattern takes apart: `User { id, .. }: User`."""
    listed = found.value.child_by_field_name("parameters")
    given = parameters_of(listed) if listed is not None else []
    written = given[found.index][1] if found.index < len(given) else None
    return (host_type(written), found.path) if written is not None and "?" not in found.path else _NOTHING


def _constant(name: str, scope: Scope) -> Typed:
    bindings = scope.structure.bindings_in.get((name, None), [])
    value = bindings[0].value if len(bindings) == 1 else None
    holder = value.parent if value is not None else None
    if holder is None or holder.type not in ("const_item", "static_item"):
        return _NOTHING
    written = holder.child_by_field_name("type")
    return (host_type(written), ()) if written is not None else _NOTHING


def _called(node: Node, scope: Scope, depth: int) -> Typed:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return _NOTHING
    plain = function.child_by_field_name("function") if function.type == "generic_function" else function
    if plain is None or plain.type != "field_expression":
        return _made(function, arguments, scope, depth)
    method, value = plain.child_by_field_name("field"), plain.child_by_field_name("value")
    if method is None or value is None:
        return _NOTHING
    name = text_of(method)
    if name in _FAILS:
        behind = _behind(value, scope, depth)
        return behind if behind[0].name else _step(value_type(value, scope, depth + 1), name)
    own = named(plain, scope.structure.root)
    if own is not None:
        return _returned(own)
    if name == "collect" and function.type == "generic_function":
        types = function.child_by_field_name("type_arguments")
        written = types.named_children[0] if types is not None and types.named_children else None
        return (host_type(written), ()) if written is not None else _NOTHING
    bare = not arguments.named_children
    return _step(value_type(value, scope, depth + 1), name) if bare or name in _GIVES else _NOTHING


def _made(function: Node, arguments: Node, scope: Scope, depth: int) -> Typed:
    name = folded(function, 200)
    if name in _CONSTRUCTORS:
        return HostType(_CONSTRUCTORS[name]), ()
    if name == "Some" and len(arguments.named_children) == 1:
        base, path = value_type(arguments.named_children[0], scope, depth + 1)
        return (base, (*path, OPTIONAL)) if base.name else _NOTHING
    own = named(function, scope.structure.root)
    return _returned(own) if own is not None else _NOTHING


def _returned(function: Node) -> Typed:
    written = function.child_by_field_name("return_type")
    found = host_type(written) if written is not None else HostType("")
    made = HostType(owner(function)) if found.name == "Self" else found
    return (made, ()) if not made.name.endswith("Result") else _NOTHING


def _behind(node: Node, scope: Scope, depth: int) -> Typed:
    """The value of a Result: of a constructor that may fail, or of a function of this file."""
    while node.type in ("await_expression", "parenthesized_expression") and node.named_children:
        node = node.named_children[0]
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    if function is None:
        return _NOTHING
    if function.type == "field_expression" and text_of(function.child_by_field_name("field") or function) in (
        "map_err",
        "context",
        "with_context",
        "ok_or_else",
    ):
        value = function.child_by_field_name("value")
        return _behind(value, scope, depth + 1) if value is not None and depth < _DEPTH else _NOTHING
    if folded(function, 200) in _TRIES:
        return HostType(_TRIES[folded(function, 200)]), ()
    own = named(function, scope.structure.root)
    written = inside(own.child_by_field_name("return_type"), ("Result",)) if own is not None else None
    return (host_type(written), ()) if written is not None else _NOTHING


def typed(found: Arguments, nodes: list[Node], scope: Scope) -> Arguments:
    """A list's values with their types."""
    by_span = {(node.start_byte, node.end_byte): node for node in nodes}
    values = []
    for value in found.values:
        type_, path = value_type(by_span[value.span.start, value.span.end], scope)
        values.append(msgspec.structs.replace(value, type=type_, path=path))
    return Arguments(tuple(values), found.complete)
