"""The pieces of a Text.

`written` has what a file says by itself, `entities` and `definitions` what a library leaves to names of other files: the program turns
those into written parts once it knows the entities (MAPPED). Part is any of them; an EitherPart holds others, so it stands beside it.
"""

from msgspec import Struct

from analyzer.facts.part.definitions import CompoundPart, ConstraintPart, HostTypePart, KeyTypePart, ValuesPart
from analyzer.facts.part.entities import ColumnPart, FilledPart, FromPart, JoinPart, KeyPart, StarPart, TablePart
from analyzer.facts.part.written import (
    BoundPart,
    DialectPart,
    GivenPart,
    HolePart,
    IdentifierPart,
    LiteralPart,
    NamePart,
)
from analyzer.facts.source import Span


class EitherPart(Struct, frozen=True, tag=True):
    """One of several, in order: the first of which every name is known; a hole where there is none."""

    span: Span
    options: tuple[tuple["Part", ...], ...]


# What the program turns into other parts once it knows the entities.
MAPPED = (
    *(TablePart, ColumnPart, StarPart, JoinPart, FromPart, KeyPart, FilledPart),
    *(CompoundPart, ValuesPart, EitherPart, HostTypePart, KeyTypePart, ConstraintPart),
)
Part = (
    LiteralPart
    | NamePart
    | BoundPart
    | HolePart
    | GivenPart
    | IdentifierPart
    | DialectPart
    | TablePart
    | ColumnPart
    | StarPart
    | JoinPart
    | FromPart
    | KeyPart
    | FilledPart
    | CompoundPart
    | ValuesPart
    | EitherPart
    | HostTypePart
    | KeyTypePart
    | ConstraintPart
)
