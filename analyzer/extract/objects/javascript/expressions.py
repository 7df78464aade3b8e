"""JavaScript's expressions as values.

What comes in: nodes, and a Reader that is asked for what lies inside of them. What goes out: Values. Source: ECMA-262, TypeScript's handbook. This module does
not know names: the Reader does.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.javascript.access import accessed, called, key, listed
from analyzer.extract.objects.javascript.scalars import literal_value, text
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    Entry,
    FunctionValue,
    ListValue,
    LiteralValue,
    NameValue,
    ObjectValue,
    TextValue,
    TypedValue,
    UnknownValue,
    Value,
)

FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "method_definition"})
_CHOICES = frozenset({"||", "??", "&&"})
# Casts that say nothing of the value.
_MUTE = frozenset({"any", "unknown", "never", "object", "{}", "const"})
_LONGEST_TYPE = 300


def expression(node: Node, reader: Reader) -> Value | None:
    """The value of any expression but a plain name."""
    span = reader.span(node)
    match node.type:
        case "object":
            return ObjectValue(span, tuple(_entries(node, reader)))
        case "array":
            items, more = listed(node, reader)
            return ListValue(span, items, more)
        case "member_expression" | "subscript_expression":
            return accessed(node, reader)
        case "call_expression" | "new_expression":
            return called(node, reader)
        case "as_expression" | "type_assertion":
            return _typed(node, reader)
        case "ternary_expression":
            branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
            return either(span, tuple(reader.value(branch) for branch in branches if branch is not None))
        case "binary_expression" | "augmented_assignment_expression":
            return _binary(node, reader)
        case "assignment_expression":
            return _inner(node.child_by_field_name("right"), reader)
        case "sequence_expression" | "instantiation_expression" if node.named_children:
            return reader.value(node.named_children[-1 if node.type.startswith("sequence") else 0])
        case kind if kind in FUNCTIONS:
            return FunctionValue(span)
        case "class":
            return NameValue(span, class_name(node))
        case "import" | "super" | "this" | "meta_property":
            return NameValue(span, text_of(node))
        case _:
            return literal_value(node, reader)


def either(span: Span, options: tuple[Value, ...]) -> Value:
    """One of several, those of several in it taken out."""
    flat = [inner for one in options for inner in (one.options if isinstance(one, EitherValue) else (one,))]
    return flat[0] if len(flat) == 1 else EitherValue(span, tuple(flat))


def _binary(node: Node, reader: Reader) -> Value | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if operator is None or left is None or right is None:
        return None
    span = reader.span(node)
    if operator.type in _CHOICES or operator.type[:-1] in _CHOICES:
        return either(span, (reader.value(left), reader.value(right)))
    if operator.type != "+":
        return UnknownValue(span, "arithmetic")
    operands = (reader.value(left), reader.value(right))
    textual = any(
        isinstance(one, TextValue) or (isinstance(one, LiteralValue) and one.kind == "string") for one in operands
    )
    return text(span, operands) if textual else UnknownValue(span, "arithmetic")


def _typed(node: Node, reader: Reader) -> Value | None:
    inner = [child for child in node.named_children if child.type != "comment"]
    if len(inner) != 2:
        return reader.value(inner[0]) if inner else None
    type_, value = inner if node.type == "type_assertion" else (inner[1], inner[0])
    if type_.type == "type_arguments" and type_.named_children:
        type_ = type_.named_children[0]
    return typed(reader.span(node), type_, reader.value(value))


def typed(span: Span, type_: Node, value: Value) -> Value:
    """A value with the type that is written beside it."""
    written = text_of(type_) if type_.end_byte - type_.start_byte <= _LONGEST_TYPE else ""
    return value if not written or written in _MUTE else TypedValue(span, written, value)


def _inner(node: Node | None, reader: Reader) -> Value | None:
    return reader.value(node) if node is not None else None


def _entries(node: Node, reader: Reader) -> Iterator[Entry]:
    for child in node.named_children:
        span = reader.span(child)
        match child.type:
            case "pair":
                name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    plain, computed = key(name, reader)
                    yield Entry(span, plain, reader.value(value), computed)
            case "shorthand_property_identifier":
                yield Entry(span, text_of(child), reader.value(child))
            case "spread_element" if child.named_children:
                yield _spread(span, child.named_children[-1], reader)
            case "method_definition":
                name = child.child_by_field_name("name")
                if name is not None:
                    plain, computed = key(name, reader)
                    yield Entry(span, plain, FunctionValue(span), computed)


def _spread(span: Span, node: Node, reader: Reader) -> Entry:
    """`...(deep && { a: 1 })` are its entries or none."""
    node = reader.scope.unwrapped(node)
    operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
    if node.type == "binary_expression" and operator is not None and operator.type == "&&" and right is not None:
        return Entry(span, None, reader.value(right), None, certain=False)
    return Entry(span, None, reader.value(node))


def class_name(node: Node) -> str:
    """A class's own name, or the one it is kept or exported under."""
    name = node.child_by_field_name("name")
    outer = node.parent
    if name is not None or outer is None:
        return text_of(name) if name is not None else ""
    if outer.type == "export_statement":
        return "default"
    kept = outer.child_by_field_name("name" if outer.type == "variable_declarator" else "left")
    return text_of(kept) if kept is not None and kept.end_byte - kept.start_byte <= 80 else ""
