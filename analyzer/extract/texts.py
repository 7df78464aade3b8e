"""Literals with an exact map back to the source.

What comes in: byte ranges of a literal, raw and escaped. What goes out: LiteralParts. This module does not know any language's
escapes: the caller says what an escape stands for.
"""

import bisect
from collections.abc import Callable, Iterable
from operator import itemgetter

from tree_sitter import Node

from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Span


class LiteralBuilder:
    """Collects the characters of one literal in order."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = path
        self._content = content
        self._value: list[str] = []
        self._length = 0
        self._segments: list[tuple[int, int]] = []

    def raw(self, start: int, end: int) -> None:
        """Bytes that stand for themselves; what is not UTF-8 becomes U+FFFD, one a byte."""
        chunk = self._content[start:end]
        if not chunk:
            return
        if chunk.isascii():
            self._append(chunk.decode("ascii"), start)
            return
        at = start
        for character in chunk.decode("utf-8", "surrogateescape"):
            width = 1 if "\udc80" <= character <= "\udcff" else len(character.encode("utf-8"))
            self._append("\ufffd" if "\udc80" <= character <= "\udcff" else character, at)
            at += width
            self._break(at)

    def escape(self, value: str, start: int, end: int) -> None:
        """Characters that an escape of other length stands for; "" for a line continuation."""
        for character in value:
            self._append(character, start)
        self._break(end)

    def finish(self, start: int, end: int) -> LiteralPart:
        segments = self._segments or [(0, start)]
        if len(segments) > 1 and segments[-1][0] >= self._length:
            segments = segments[:-1] if segments[-1][0] > self._length else segments
        return LiteralPart("".join(self._value), Span(self._path, start, end), tuple(segments))

    def _append(self, value: str, source: int) -> None:
        last = self._segments[-1] if self._segments else None
        if last is None or last[1] + (self._length - last[0]) != source:
            self._segments.append((self._length, source))
        self._value.append(value)
        self._length += len(value)

    def _break(self, source: int) -> None:
        last = self._segments[-1] if self._segments else None
        if last is not None and last[0] == self._length:
            self._segments[-1] = (self._length, source)
        elif last is None or last[1] + (self._length - last[0]) != source:
            self._segments.append((self._length, source))


def fill(builder: LiteralBuilder, start: int, end: int, escapes: Iterable[Node], decode: Callable[[str], str]) -> None:
    """Adds [start, end) with its escape sequences decoded."""
    at = start
    for node in escapes:
        builder.raw(at, node.start_byte)
        builder.escape(decode(text_of(node)), node.start_byte, node.end_byte)
        at = node.end_byte
    builder.raw(at, end)


def cut(part: LiteralPart, start: int, end: int) -> LiteralPart:
    """Characters [start, end) of a literal as a literal of their own."""
    first = max(bisect.bisect_right(part.segments, start, key=itemgetter(0)) - 1, 0)
    last = max(bisect.bisect_left(part.segments, end, key=itemgetter(0)), first + 1)
    kept = [(max(at, start) - start, source + max(0, start - at)) for at, source in part.segments[first:last]]
    at, source = kept[-1] if kept else (0, part.span.start)
    begin = kept[0][1] if kept else source
    return LiteralPart(part.value[start:end], Span(part.span.path, begin, source + (end - start - at)), tuple(kept))


def text_of(node: Node) -> str:
    """A node's source text."""
    return (node.text or b"").decode("utf-8", "replace")


def head(node: Node, limit: int) -> str:
    """The first characters of a node's source text."""
    return (node.text or b"")[: 4 * limit].decode("utf-8", "replace")[:limit]


def folded(node: Node, limit: int = 4000) -> str:
    """A node's source text without white space, for names; no more than `limit` characters of it."""
    return "".join(head(node, 2 * limit).split())[:limit]


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a plain literal's text; None for what is no string, integer or boolean."""
    if text in ("true", "True", "false", "False"):
        return text.lower() == "true"
    try:
        return int(text)
    except ValueError:
        return text.strip("'\"`") if text[:1] in "'\"`" else None


def spaced(parts: tuple[Part, ...], hole: HolePart) -> tuple[Part, ...]:
    """A hole in place of a text that may not be there, with the white space before it: `users` and ` WHERE ..` are two words."""
    first = parts[0] if parts else None
    if not isinstance(first, LiteralPart) or not first.value[:1].isspace():
        return (hole,)
    start = first.segments[0][1] if first.segments else first.span.start
    return LiteralPart(first.value[0], Span(first.span.path, start, start + 1), ((0, start),)), hole
