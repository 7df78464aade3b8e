"""Python's operators as values.

What comes in: nodes of tree-sitter-python. What goes out: Values. Source: the Python language reference, "Expressions". This module does not know operands:
the Reader does.
"""

from tree_sitter import Node

from analyzer.extract.objects.python.pieces import concatenated, formatted
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    UnknownValue,
    Value,
)


def either(node: Node, reader: Reader) -> Value | None:
    options = [child for child in node.named_children if child.type not in reader.scope.syntax.comments]
    if node.type == "conditional_expression":
        options = [options[0], options[-1]] if len(options) == 3 else []
    return EitherValue(reader.span(node), tuple(reader.value(one) for one in options)) if options else None


def operator(node: Node, reader: Reader) -> Value | None:
    written = node.child_by_field_name("operator")
    match text_of(written) if written is not None else "":
        case "+":
            return concatenated(node, reader)
        case "%":
            return formatted(node, reader)
        case "|":
            return _merged(node, reader)
        case _:
            return UnknownValue(reader.span(node), "arithmetic")


def _merged(node: Node, reader: Reader) -> Value:
    """`{..} | extra` of two dicts."""
    sides = [reader.value(child) for child in node.named_children if child.type not in reader.scope.syntax.comments]
    if not any(isinstance(side, ObjectValue) for side in sides):
        return UnknownValue(reader.span(node), "arithmetic")
    entries: list[Entry] = []
    for side in sides:
        inside = isinstance(side, ObjectValue) and not side.open
        entries.extend(side.entries if inside and isinstance(side, ObjectValue) else (Entry(side.span, None, side),))
    return ObjectValue(reader.span(node), tuple(entries))


def sign(node: Node, reader: Reader) -> Value | None:
    argument, written = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if argument is None or written is None:
        return None
    value, span, given = reader.value(argument), reader.span(node), text_of(written)
    if isinstance(value, LiteralValue) and value.kind in ("int", "float"):
        return LiteralValue(span, value.kind, value.text if given == "+" else f"{given}{value.text}")
    if isinstance(value, MemberValue):
        return CallValue(span, NameValue(reader.span(written), given), (value,))
    return UnknownValue(span, "arithmetic")


def comparison(node: Node, reader: Reader) -> Value:
    """A comparison of a member is a call of its sign: classes of documents make conditions of it."""
    sides = [child for child in node.named_children if child.type not in reader.scope.syntax.comments]
    signs = node.children_by_field_name("operators")
    span = reader.span(node)
    if len(sides) != 2 or len(signs) != 1 or sides[0].type != "attribute":
        return UnknownValue(span, "comparison")
    callee = NameValue(reader.span(signs[0]), text_of(signs[0]))
    return CallValue(span, callee, tuple(reader.value(side) for side in sides))
