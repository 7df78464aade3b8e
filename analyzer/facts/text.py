"""Strings as the program evaluates them: literal pieces, and what could not be evaluated, in order.

A string is evaluated, not matched: each literal piece knows from which source bytes every one of its characters came, each
hole knows where its value comes from. This module does not know what the text means.
"""

from msgspec import Struct

from analyzer.facts.source import Span


class LiteralOrigin(Struct, frozen=True, tag=True):
    """The value stands in the source. `value` is None where it is no plain string, number or boolean."""

    value: str | int | float | bool | None = None
    kind: str = ""


class ParameterOrigin(Struct, frozen=True, tag=True):
    """Parameter `index` (0-based, without self) of the enclosing function."""

    index: int
    name: str


class LoopOrigin(Struct, frozen=True, tag=True):
    """A variable of an enclosing loop, or a value derived from one. `loop` is the Loop's span."""

    loop: Span
    name: str


class CallOrigin(Struct, frozen=True, tag=True):
    """The result of a call, or a value derived from it. `call` is the Call's span.

    A hole whose span is the call's holds the result as it is; `field`, where set, is the one entry of the result that is meant.
    """

    call: Span
    callee: str
    field: str = ""


class NameOrigin(Struct, frozen=True, tag=True):
    """A name this file does not bind, or binds to something other than the above."""

    name: str


class UnknownOrigin(Struct, frozen=True, tag=True):
    """An expression of another shape. `text` is its source."""

    text: str = ""


Origin = LiteralOrigin | ParameterOrigin | LoopOrigin | CallOrigin | NameOrigin | UnknownOrigin


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
    """A constant that is defined elsewhere: another file, an import, a class attribute."""

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


Part = LiteralPart | NamePart | BoundPart | HolePart


class Text(Struct, frozen=True):
    """A string in parts. `span` covers the whole expression."""

    span: Span
    parts: tuple[Part, ...]

    @property
    def is_complete(self) -> bool:
        """True where every part is known: no name is left to resolve and no hole."""
        return all(isinstance(part, LiteralPart | BoundPart) for part in self.parts)

    @property
    def places(self) -> frozenset[Span]:
        """Where its literal pieces stand: two texts that share one are evaluations of the same."""
        return frozenset(part.span for part in self.parts if isinstance(part, LiteralPart) and part.value.strip())

    @property
    def is_blank(self) -> bool:
        """True where nothing of the text is known."""
        return not any(isinstance(part, LiteralPart) and part.value.strip() for part in self.parts)

    @property
    def skeleton(self) -> str:
        """The text with `{}` for what is not known and `$n` for what a tag binds."""
        out, bound = [], 0
        for part in self.parts:
            if isinstance(part, LiteralPart):
                out.append(part.value)
            elif isinstance(part, BoundPart):
                bound += 1
                out.append(f"${bound}")
            else:
                out.append("{}")
        return "".join(out)
