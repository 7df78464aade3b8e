"""Strings as the program evaluates them: literal pieces, and what could not be evaluated, in order.

A string is evaluated, not matched: each literal piece knows from which source bytes every one of its characters came, each
hole knows where its value comes from. This module does not know what the text means.
"""

from msgspec import Struct

from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, HolePart, IdentifierPart, LiteralPart, NamePart
from analyzer.facts.source import Span


class Text(Struct, frozen=True):
    """A string in parts. `span` covers the whole expression."""

    span: Span
    parts: tuple[Part, ...]

    @property
    def is_complete(self) -> bool:
        """True where every part is known: no name is left to resolve and no hole."""
        return all(isinstance(part, LiteralPart | BoundPart | IdentifierPart) for part in self.parts)

    @property
    def places(self) -> frozenset[Span]:
        """Where its literal pieces stand: two texts that share one are evaluations of the same."""
        return frozenset(part.span for part in self.parts if isinstance(part, LiteralPart) and part.value.strip())

    @property
    def is_blank(self) -> bool:
        """True where nothing of the text is known."""
        return not any(isinstance(part, LiteralPart) and part.value.strip() for part in self.parts)

    @property
    def is_unknown(self) -> bool:
        """True where it is nothing but a name that nobody resolved, or a hole."""
        return bool(self.parts) and all(isinstance(part, NamePart | HolePart) for part in self.parts)

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
