"""Strings that are put together, and lists that are.

What comes in: literals, f-strings, `+`, `%` and `.format` of tree-sitter-python. What goes out: Values. Source: the Python library reference,
"printf-style String Formatting" and "Format String Syntax". This module does not know names or calls.
"""

import re
from collections.abc import Iterable

from tree_sitter import Node

from analyzer.extract.objects.reader import Reader
from analyzer.extract.python.strings import addends, contents
from analyzer.facts.source import Span
from analyzer.facts.value import Keyword, ListValue, LiteralValue, TextValue, UnknownValue, Value

_PERCENT = re.compile(r"%(?:\((\w+)\))?[-+ #0-9.*]*([a-zA-Z%])")
_BRACES = re.compile(r"\{\{|\}\}|\{(\w*)[^{}]*\}")


def text(node: Node, reader: Reader) -> Value:
    """A literal, a formatted one, or several side by side."""
    return joined(reader.span(node), list(_pieces(node, reader)))


def _pieces(node: Node, reader: Reader) -> Iterable[Value]:
    if node.type == "concatenated_string":
        for child in node.named_children:
            if child.type == "string":
                yield from _pieces(child, reader)
        return
    for part in contents(node, reader.scope.structure.source):
        if not isinstance(part, Node):
            yield LiteralValue(part.span, "string", part.value)
        else:
            inside = part.child_by_field_name("expression")
            yield reader.value(inside) if inside is not None else UnknownValue(reader.span(part), "interpolation")


def joined(span: Span, pieces: list[Value]) -> Value:
    """Pieces as one string: neighbouring constants are one, and nothing but constants is a literal."""
    found: list[Value] = []
    for piece in pieces:
        for one in piece.pieces if isinstance(piece, TextValue) else (piece,):
            last = found[-1] if found else None
            if not _is_constant(one) or not isinstance(one, LiteralValue):
                found.append(one)
            elif isinstance(last, LiteralValue) and _is_constant(last):
                found[-1] = LiteralValue(last.span, "string", last.text + one.text)
            elif one.text or len(pieces) == 1:
                found.append(LiteralValue(one.span, "string", one.text))
    if all(_is_constant(piece) for piece in found):
        return LiteralValue(span, "string", "".join(one.text for one in found if isinstance(one, LiteralValue)))
    return TextValue(span, tuple(found))


def _is_constant(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind in ("string", "int")


def concatenated(node: Node, reader: Reader) -> Value:
    """`a + b + c`: of strings, of lists, or of numbers, which are nobody's business."""
    span, values = reader.span(node), [reader.value(operand) for operand in addends(node)]
    if any(
        isinstance(value, TextValue) or (isinstance(value, LiteralValue) and value.kind == "string") for value in values
    ):
        return joined(span, values)
    lists = [value for value in values if isinstance(value, ListValue)]
    if not lists:
        return UnknownValue(span, "arithmetic")
    unknown = len(lists) < len(values) or any(value.open for value in lists)
    return ListValue(span, tuple(item for value in lists for item in value.items), open=unknown)


def formatted(node: Node, reader: Reader) -> Value:
    """`"items.%s" % name`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    template = reader.value(left) if left is not None else None
    if right is None or not isinstance(template, LiteralValue) or template.kind != "string":
        return UnknownValue(reader.span(node), "arithmetic")
    given = reader.value(right)
    values = given.items if isinstance(given, ListValue) else (given,)
    return _filled(reader.span(node), template, _PERCENT, values, ())


def with_format(span: Span, template: LiteralValue, values: tuple[Value, ...], words: tuple[Keyword, ...]) -> Value:
    """`"items.{}".format(name)`."""
    return _filled(span, template, _BRACES, values, words)


def _filled(
    span: Span, template: LiteralValue, places: re.Pattern[str], values: tuple[Value, ...], words: tuple[Keyword, ...]
) -> Value:
    named = {word.name: word.value for word in words}
    found: list[Value] = []
    at = taken = 0
    for match in places.finditer(template.text):
        found.append(LiteralValue(template.span, "string", template.text[at : match.start()]))
        at = match.end()
        name = match[1] or ""
        if match[0] in ("%%", "{{", "}}"):
            found.append(LiteralValue(template.span, "string", match[0][0]))
            continue
        index = int(name[:6]) if name.isdecimal() else taken
        taken += not name
        by_place = values[index] if index < len(values) and (not name or name.isdecimal()) else None
        inside = named.get(name, by_place)
        found.append(inside or UnknownValue(template.span, "interpolation"))
    found.append(LiteralValue(template.span, "string", template.text[at:]))
    return joined(span, found)
