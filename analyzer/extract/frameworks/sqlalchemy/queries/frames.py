"""The tables that one SELECT, UPDATE or DELETE takes, while it is written.

What comes in: mentions of entities. What goes out: Frames, and the parts that stand for their FROM. SQLAlchemy takes a FROM from all that a statement
mentions: https://docs.sqlalchemy.org/en/20/tutorial/data_select.html#explicit-from-clauses-and-joins. This module does not read nodes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.facts.part import Part
from analyzer.facts.part.entities import FromPart, Mention
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text


class Named(Struct, frozen=True):
    """A table by its entity, behind an alias. `core` says that it is spoken of by the names of its columns, not of attributes; `over` is the subquery
    that its rows are of, whose alias is then its own.
    """

    entity: str
    alias: str = ""
    core: bool = False
    over: "Derived | None" = None

    def attribute(self, name: str) -> str:
        """What a name behind it stands for."""
        return f"={name}" if self.core else name


class Derived(Struct, frozen=True):
    """A subquery or CTE: its columns are `labels`, and those of `star`, an entity that is selected as a whole."""

    alias: str
    chain: Chain
    labels: frozenset[str] = frozenset()
    star: Named | None = None
    is_cte: bool = False


@dataclass
class Frame:
    """`current` is what `filter_by` is of. `pieces` are tables that are written out, in the order of their mention."""

    outer: "Frame | None" = None
    mentions: list[Mention] = field(default_factory=list)
    joined: list[Mention] = field(default_factory=list)
    pieces: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    joined_pieces: set[str] = field(default_factory=set)
    current: Named | None = None
    correlated: list[Mention] = field(default_factory=list)

    def take(self, named: Named, *, sure: bool = True) -> None:
        """A table that is mentioned."""
        if not any(
            (one.entity, one.alias, one.sure or not sure) == (named.entity, named.alias, True) for one in self.mentions
        ):
            self.mentions.append(Mention(named.entity, named.alias, sure))
        if self.current is None and sure:
            self.current = named

    def join(self, named: Named) -> None:
        self.joined.append(Mention(named.entity, named.alias))
        self.current = named

    def around(self) -> tuple[Mention, ...]:
        """What the queries around this one take."""
        found: list[Mention] = list(self.correlated)
        frame = self.outer
        while frame is not None:
            found += (*frame.mentions, *frame.joined)
            frame = frame.outer
        return tuple(dict.fromkeys(found))

    def has_piece(self, alias: str) -> bool:
        """Whether a subquery is taken here or in a query around this one."""
        frame: Frame | None = self
        while frame is not None:
            if alias in frame.pieces or alias in frame.joined_pieces:
                return True
            frame = frame.outer
        return False


def pending(span: Span, lead: str, place: int) -> FromPart:
    """Where the tables of a frame will stand, once all that it mentions is known."""
    return FromPart(span, lead, (), (Mention("", str(place)),))


def settled(parts: list[Part], frames: Mapping[int, Frame], span: Span) -> Text:
    """The text, every FROM put in."""
    return Text(span, tuple(_settled(parts, frames)))


def _settled(parts: list[Part], frames: Mapping[int, Frame]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        if not isinstance(part, FromPart):
            found.append(part)
            continue
        frame, lead = frames[int(part.joined[0].alias)], part.lead
        for alias, piece in frame.pieces.items():
            if alias not in frame.joined_pieces:
                found += (LiteralPart(lead, part.span, ()), *_settled(list(piece), frames))
                lead = " CROSS JOIN "
        if frame.mentions:
            found.append(FromPart(part.span, lead, tuple(frame.mentions), tuple(frame.joined), frame.around()))
    return found
