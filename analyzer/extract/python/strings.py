"""Python's string literals, with the place of every character.

What comes in: `string` nodes of tree-sitter-python. What goes out: parts. Source: the Python language reference, "String and Bytes
literals" and "f-strings". This module does not know methods or operators of strings.
"""

import re
import unicodedata
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.texts import LiteralBuilder, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Source, Span

_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"'}
# What stands for other characters: line ends (read as \n), escapes of any kind, and the doubled braces of f-strings.
_SPECIAL = re.compile(
    rb"\r\n?|\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}\n]{1,100}\}|[\s\S])|\{\{|\}\}"
)
_FORMATTED = frozenset("ft")


def prefix_of(node: Node) -> str:
    """The letters before the quote, in lower case."""
    return text_of(node.children[0]).rstrip("'\"").lower() if node.children else ""


def is_plain(node: Node) -> bool:
    """A literal whose characters all stand in the source."""
    return (
        node.type == "string" and "b" not in prefix_of(node) and all(c.type != "interpolation" for c in node.children)
    )


def string_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """Parts of one literal; None for bytes, which are no text."""
    prefix = prefix_of(node)
    if "b" in prefix or not node.children:
        return None
    if not _FORMATTED & set(prefix):
        return (literal(node, source),)
    start, end = _inside(node)
    parts: list[Part] = []
    for child in node.children:
        if child.type != "interpolation":
            continue
        parts.append(_piece(start, child.start_byte, prefix, source))
        parts.extend(_interpolated(child, source, evaluator))
        start = child.end_byte
    parts.append(_piece(start, end, prefix, source))
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value)


def contents(node: Node, source: Source) -> Iterator[LiteralPart | Node]:
    """The literal pieces of a string and the interpolations between them, in order."""
    prefix = prefix_of(node)
    if not _FORMATTED & set(prefix) or not node.children:
        yield (
            literal(node, source)
            if node.children
            else LiteralPart("", Span(source.path, node.start_byte, node.end_byte), ())
        )
        return
    start, end = _inside(node)
    for child in node.children:
        if child.type == "interpolation":
            yield _piece(start, child.start_byte, prefix, source)
            yield child
            start = child.end_byte
    yield _piece(start, end, prefix, source)


def literal(node: Node, source: Source) -> LiteralPart:
    """A literal without interpolations."""
    start, end = _inside(node)
    builder = LiteralBuilder(source.path, source.content)
    _decode(builder, start, end, prefix_of(node), source)
    return builder.finish(node.start_byte, node.end_byte)


def _inside(node: Node) -> tuple[int, int]:
    """The bytes between the quotes; an unterminated literal runs to the end of its node."""
    first, last = node.children[0], node.children[-1]
    # In a raw literal of backslashes alone the grammar counts them to the closing quote.
    quote = len(text_of(first)) - len(prefix_of(node))
    return first.end_byte, last.end_byte - quote if last.type == "string_end" else node.end_byte


def _piece(start: int, end: int, prefix: str, source: Source) -> LiteralPart:
    builder = LiteralBuilder(source.path, source.content)
    _decode(builder, start, end, prefix, source)
    return builder.finish(start, end)


def _decode(builder: LiteralBuilder, start: int, end: int, prefix: str, source: Source) -> None:
    at = start
    for first, last, value in _specials(source.content, start, end, prefix):
        builder.raw(at, first)
        builder.escape(value, first, last)
        at = last
    builder.raw(at, end)


def _specials(content: bytes, start: int, end: int, prefix: str) -> Iterator[tuple[int, int, str]]:
    at = start
    while (match := _SPECIAL.search(content, at, end)) is not None:
        text, at = match[0], match.end()
        if text[:1] == b"\r":
            yield match.start(), at, "\n"
        elif text in (b"{{", b"}}"):
            if not _FORMATTED & set(prefix):
                continue
            yield match.start(), at, text[:1].decode()
        elif "r" in prefix:
            # A backslash stands for itself here, and what follows may still be special.
            at = match.start() + 1
        elif (value := _escape(text[1:])) is not None:
            yield match.start(), at, value
        else:
            # An escape nobody knows stands for itself, the backslash included; what follows it may be longer than a byte.
            at = match.start() + 1


def _escape(body: bytes) -> str | None:
    """What an escape stands for, without its backslash; None where it is none. Half of a surrogate pair is U+FFFD."""
    head = body[:1].decode("ascii", "replace")
    if body in (b"\n", b"\r\n", b"\r"):
        return ""
    if head in _SIMPLE and len(body) == 1:
        return _SIMPLE[head]
    if head in "01234567":
        return chr(int(body, 8))
    if head in "xuU" and len(body) > 1:
        code = int(body[1:], 16)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
    if head == "N" and len(body) > 1:
        try:
            return unicodedata.lookup(body[2:-1].decode("ascii", "replace"))
        except KeyError:
            return "\ufffd"
    return None


def _interpolated(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...]:
    """`{name}` is the text of its expression; a conversion, a format or `=` changes it in ways nobody needs to follow."""
    expression = node.child_by_field_name("expression")
    span = Span(source.path, node.start_byte, node.end_byte)
    if expression is None:
        return (HolePart(span, UnknownOrigin(text_of(node)[:120])),)
    conversion = node.child_by_field_name("type_conversion")
    plain = node.child_by_field_name("format_specifier") is None and not any(c.type == "=" for c in node.children)
    if plain and (conversion is None or text_of(conversion) == "!s"):
        return evaluator.parts(expression)
    return (HolePart(span, evaluator.origin(expression)),)


def addends(node: Node) -> list[Node]:
    """The operands of a chain of `+`, in order: the chain may be longer than evaluation is deep."""
    found: list[Node] = []
    while node.type == "binary_operator" and text_of(node.child_by_field_name("operator") or node) == "+":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            break
        found.append(right)
        node = left
    return [node, *reversed(found)]
