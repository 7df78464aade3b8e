"""A string with parts -> one SQL text, with the way back from every character to the source's bytes.

What comes in: a Text whose names were resolved as far as possible. What goes out: the text with `{}` for what is not known and
`$n` for what a tag binds, the places of both, and `span`. This module does not know SQL.
"""

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from msgspec import Struct

from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, DialectPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import Text

HoleKind = Literal["hole", "bound", "name"]


class EmbeddedSql(Struct, frozen=True, dict=True):
    """`holes` are (start, end, kind), `pieces` are (start, part), both in characters of `sql`, ascending."""

    sql: str
    pieces: tuple[tuple[int, Part], ...]
    holes: tuple[tuple[int, int, HoleKind], ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.pieces]

    @property
    def is_complete(self) -> bool:
        """True where every character is known; what a tag binds is known to be a value."""
        return all(kind == "bound" for _, _, kind in self.holes)

    def span(self, start: int, end: int) -> Span:
        """Bytes of the source behind the characters [start, end): a hole's own span, where they touch one.

        A range over several parts runs from the first to the last; where these stand in two files, it ends with the first.
        """
        if not self.pieces:
            return Span("", start, end)
        first = self._span(self._piece(start), start, max(start, end))
        if end <= start + 1:
            return first
        last_index = self._piece(end - 1)
        if last_index == self._piece(start):
            return first
        last = self._span(last_index, end - 1, end)
        if last.path != first.path or last.end < first.start:
            return first
        return Span(first.path, first.start, last.end)

    def _piece(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _span(self, index: int, start: int, end: int) -> Span:
        offset, part = self.pieces[index]
        if not isinstance(part, LiteralPart):
            return part.span
        if not part.value:
            return part.span
        low, high = start - offset, min(end - offset, len(part.value))
        begin = _byte_of(part, low)
        return Span(part.span.path, begin, begin if end <= start else _byte_after(part, high - 1))


def _segment(part: LiteralPart, character: int) -> int:
    return max(0, bisect_right(part.segments, (character, 1 << 62)) - 1)


def _byte_of(part: LiteralPart, character: int) -> int:
    """The byte at which a character begins; at the end of the value, the byte after its last character."""
    if character >= len(part.value):
        return _byte_after(part, len(part.value) - 1)
    if not part.segments:
        return part.span.start
    at, byte = part.segments[_segment(part, character)]
    return byte + character - at


def _byte_after(part: LiteralPart, character: int) -> int:
    """The byte after a character. A segment's last character may be an escape: it reaches to where the next one begins."""
    if not part.segments:
        return part.span.end
    index = _segment(part, character)
    at, byte = part.segments[index]
    begin = byte + character - at
    if index + 1 < len(part.segments) and part.segments[index + 1][0] == character + 1:
        following = part.segments[index + 1][1]
        return following if begin < following else begin + 1
    return begin + len(part.value[character].encode("utf-8", "surrogatepass"))


def embed(text: Text, dialect: Dialect = "postgres") -> EmbeddedSql:
    """The text of a string as an engine gets it, with places: as `Text.skeleton`, but unknown parts without a character between them are one."""
    out: list[str] = []
    pieces: list[tuple[int, Part]] = []
    holes: list[tuple[int, int, HoleKind]] = []
    at, bound = 0, 0
    for part in text.parts:
        kind: HoleKind | None = None
        if isinstance(part, LiteralPart):
            piece = part.value
        elif isinstance(part, IdentifierPart):
            piece = quoted(part.words, dialect)
        elif isinstance(part, DialectPart) and (written := getattr(part, dialect)) is not None:
            piece = written
        elif isinstance(part, BoundPart):
            bound += 1
            piece, kind = f"${bound}", "bound"
        elif holes and holes[-1][1] == at and holes[-1][2] != "bound":
            piece = ""
        else:
            piece, kind = "{}", "hole" if isinstance(part, HolePart) else "name"
        pieces.append((at, part))
        if kind is not None:
            holes.append((at, at + len(piece), kind))
        out.append(piece)
        at += len(piece)
    return EmbeddedSql("".join(out), tuple(pieces), tuple(holes))


def embed_plain(sql: str, path: str = "") -> EmbeddedSql:
    """A text that stands in a file of its own, from the file's first byte."""
    segments, byte, fresh = [], 0, True
    for at, character in enumerate(sql):
        if fresh or ord(character) > 127:
            segments.append((at, byte))
        byte += len(character.encode("utf-8", "surrogatepass"))
        fresh = ord(character) > 127
    part = LiteralPart(sql, Span(path, 0, byte), tuple(segments) or ((0, 0),))
    return EmbeddedSql(sql, ((0, part),))


def quoted(words: tuple[str, ...], dialect: Dialect) -> str:
    """A dotted name in the dialect's quotes; SQLite takes what stands in double ones for a string where it finds no such name."""
    mark = '"' if dialect == "postgres" else "`"
    return ".".join(f"{mark}{word.replace(mark, mark * 2)}{mark}" for word in words)
