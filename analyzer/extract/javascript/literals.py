"""Strings and templates of JavaScript, character by character.

What comes in: the nodes of literals. What goes out: LiteralParts, and for a template what it interpolates. Source of the escapes: ECMA-262,
"String Literals" and "Template Literal Lexical Components". This module does not know what the text means.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.texts import LiteralBuilder, text_of
from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, LiteralPart
from analyzer.facts.source import Source, Span

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "v": "\v", "f": "\f"}


def literal(node: Node, source: Source) -> LiteralPart:
    """The characters of a quoted string."""
    return _literal(node.named_children, node.start_byte, node.end_byte, source)


def template(
    node: Node, source: Source, evaluator: Evaluator, *, raw: bool = False, binds: bool = False
) -> tuple[Part, ...]:
    """A template string with what it interpolates: texts, or values where a tag binds them."""
    parts: list[Part] = []
    for part, value in pieces(node, source, raw=raw):
        if part is not None:
            parts.append(part)
        elif value is not None and binds:
            parts.append(BoundPart(Span(source.path, value.start_byte, value.end_byte), evaluator.origin(value)))
        elif value is not None:
            parts.extend(evaluator.parts(value))
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value)


def pieces(node: Node, source: Source, *, raw: bool = False) -> Iterator[tuple[LiteralPart | None, Node | None]]:
    """Literals and interpolated expressions of a template, in order: of each pair one is set."""
    run: list[Node] = []
    start = node.start_byte + 1
    for child in node.named_children:
        if child.type != "template_substitution":
            run.append(child)
            continue
        yield _literal(run, start, child.start_byte, source, raw=raw), None
        run, start = [], child.end_byte
        values = [inner for inner in child.named_children if inner.type != "comment"]
        if values:
            yield None, values[0]
    yield _literal(run, start, node.end_byte - 1, source, raw=raw), None


def _literal(nodes: list[Node], start: int, end: int, source: Source, *, raw: bool = False) -> LiteralPart:
    builder = LiteralBuilder(source.path, source.content)
    pending: tuple[int, int] | None = None
    for node in nodes:
        if node.type != "escape_sequence" or raw:
            _raw(builder, source.content, node.start_byte, node.end_byte)
            continue
        code = _decode(text_of(node))
        at = node.start_byte
        if pending is not None and pending[0] == at and 0xDC00 <= ord(code or " ") <= 0xDFFF:
            # Two escapes of one character beyond U+FFFF: the first was held back.
            code, at = chr(0x10000 + ((pending[1] - 0xD800) << 10) + (ord(code) - 0xDC00)), at - 6
        elif code and 0xD800 <= ord(code) <= 0xDBFF and _is_low(source.content, node.end_byte):
            pending = (node.end_byte, ord(code))
            continue
        pending = None
        builder.escape("\ufffd" if "\ud800" <= code <= "\udfff" else code, at, node.end_byte)
    return builder.finish(start, end)


def _is_low(content: bytes, at: int) -> bool:
    """Whether the escape of a low surrogate stands here."""
    return content[at : at + 3].lower() == b"\\ud" and content[at + 3 : at + 4].lower() in (b"c", b"d", b"e", b"f")


def _raw(builder: LiteralBuilder, content: bytes, start: int, end: int) -> None:
    """Bytes that stand for themselves; a template normalises line ends."""
    at = start
    while (found := content.find(b"\r", at, end)) >= 0:
        builder.raw(at, found)
        width = 2 if content[found + 1 : found + 2] == b"\n" else 1
        builder.escape("\n", found, found + width)
        at = found + width
    builder.raw(at, end)


def _decode(escape: str) -> str:
    """What an escape stands for; a surrogate may come back."""
    body = escape[1:]
    if body[:1] in ("\n", "\r", "\u2028", "\u2029"):
        return ""
    digits = body[1:].strip("{}") if body[:1] in ("x", "u") else ""
    try:
        if digits:
            return chr(int(digits, 16))
        if body[:1].isdigit():
            return chr(int(body, 8)) if body[0] < "8" else body
    except (ValueError, OverflowError):
        return "\ufffd"
    return _ESCAPES.get(body, body)


def verbatim(node: Node, source: Source) -> LiteralPart:
    builder = LiteralBuilder(source.path, source.content)
    builder.raw(node.start_byte, node.end_byte)
    return builder.finish(node.start_byte, node.end_byte)
