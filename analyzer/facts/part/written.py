"""What code itself writes: literal pieces, constants, values that are bound or spliced in, names and words that are the database's own."""

from msgspec import Struct

from analyzer.facts.origin import CallOrigin, Origin
from analyzer.facts.source import Span


class LiteralPart(Struct, frozen=True, tag=True):
    """Evaluated characters.

    `segments` maps characters of `value` to source bytes: pairs (character offset, byte offset in the file), ascending, the
    first at character 0; within a segment one character is one byte. Escapes, line continuations and characters longer
    than a byte begin a new segment.
    """

    value: str
    span: Span
    segments: tuple[tuple[int, int], ...]


class NamePart(Struct, frozen=True, tag=True):
    """A constant that is defined elsewhere: another file, an import, a class attribute. "*" in front means any of the repository."""

    name: str
    span: Span


class BoundPart(Struct, frozen=True, tag=True):
    """A value that a parametrising tag (postgres.js `sql`) binds: the driver sends a placeholder here."""

    span: Span
    origin: Origin


class HolePart(Struct, frozen=True, tag=True):
    """Spliced text that is not known: it may be an identifier, a value, or half a statement."""

    span: Span
    origin: Origin

    @property
    def is_result(self) -> bool:
        """Whether it is just what a call gives, or one entry of it."""
        origin = self.origin
        return isinstance(origin, CallOrigin) and (self.span == origin.call or bool(origin.field))


class GivenPart(Struct, frozen=True, tag=True):
    """A parameter of the function that writes the text, where a name of the database stands."""

    span: Span
    name: str


class IdentifierPart(Struct, frozen=True, tag=True):
    """A name or a dotted name of the database, each word quoted as the dialect quotes: nothing in it is folded or taken for a keyword."""

    span: Span
    words: tuple[str, ...]


class DialectPart(Struct, frozen=True, tag=True):
    """What a library writes differently for each engine: the name of a type, mostly. None where it is not known for an engine."""

    span: Span
    postgres: str | None
    sqlite: str | None
    mysql: str | None
