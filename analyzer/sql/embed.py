"""A Text of facts -> one string of SQL whose characters know their bytes in the source.

What comes in: a Text. What goes out: an EmbeddedSql. What is not known becomes a stand-in that lexes as an identifier, a value
that a tag binds becomes a placeholder; both are listed as holes. This module does not know SQL.
"""

import bisect

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.text import BoundPart, LiteralPart, NamePart, Text


class EmbeddedSql(Struct, frozen=True):
    """`holes` are (start, end, kind) in characters of `sql`, kind "hole", "bound" or "name". `parts` are (start, segments or span)."""

    sql: str
    path: str
    holes: tuple[tuple[int, int, str], ...] = ()
    starts: tuple[int, ...] = ()
    bytes_at: tuple[int, ...] = ()

    def offset(self, character: int) -> int:
        """The byte in the source at which a character begins."""
        at = max(0, bisect.bisect_right(self.starts, character) - 1)
        return self.bytes_at[at] + character - self.starts[at] if self.starts else 0

    def span(self, start: int, end: int) -> Span:
        """The bytes of the source that the characters [start, end) came from."""
        if end <= start:
            return Span(self.path, self.offset(start), self.offset(start))
        last = self.offset(end - 1)
        return Span(self.path, self.offset(start), last + len(self.sql[end - 1].encode("utf-8", "surrogatepass")))


def embed(text: Text) -> EmbeddedSql:
    """The text as one string."""
    pieces: list[str] = []
    starts: list[int] = []
    bytes_at: list[int] = []
    holes: list[tuple[int, int, str]] = []
    length = 0
    for part in text.parts:
        if isinstance(part, LiteralPart):
            piece = part.value
            starts.extend(length + character for character, _ in part.segments)
            bytes_at.extend(byte for _, byte in part.segments)
        else:
            kind = "bound" if isinstance(part, BoundPart) else "name" if isinstance(part, NamePart) else "hole"
            piece = "?" if kind == "bound" else f"__hole_{len(holes)}__"
            holes.append((length, length + len(piece), kind))
            starts.append(length)
            bytes_at.append(part.span.start)
        pieces.append(piece)
        length += len(piece)
    return EmbeddedSql("".join(pieces), text.span.path, tuple(holes), tuple(starts), tuple(bytes_at))
