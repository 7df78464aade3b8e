"""Texts in which an entity speaks of itself, and names that are put together of several.

What comes in: a Text with parts that name no entity, and the one that has it. What goes out: the Text with its names. This module does not know other
entities.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec.structs import replace

from analyzer.facts.entity import Attribute
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.definitions import CompoundPart, Word
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import HolePart, IdentifierPart, LiteralPart
from analyzer.facts.text import Text


class _Column(Protocol):
    @property
    def attribute(self) -> Attribute: ...

    @property
    def column(self) -> str: ...


class Owner(Protocol):
    """A table with its columns."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def name(self) -> Text: ...

    @property
    def physical(self) -> str: ...

    @property
    def attributes(self) -> Mapping[str, _Column]: ...


def owned(text: Text, table: Owner) -> Text:
    """The text with the names of the table that has it."""
    if not any(_speaks(part) for part in text.parts):
        return text
    return Text(text.span, tuple(new for part in text.parts for new in _parts(part, table)))


def _speaks(part: Part) -> bool:
    if isinstance(part, CompoundPart):
        return True
    return isinstance(part, TablePart | ColumnPart) and not part.entity


def _parts(part: Part, table: Owner) -> tuple[Part, ...]:
    if isinstance(part, TablePart) and not part.entity:
        if table.physical:
            return (IdentifierPart(part.span, table.words),)
        return table.name.parts
    if isinstance(part, ColumnPart) and not part.entity:
        found = table.attributes.get(part.attribute)
        if found is None or not found.attribute.certain:
            return (HolePart(part.span, NameOrigin(part.attribute)),)
        return (IdentifierPart(part.span, (found.column,)),)
    if isinstance(part, CompoundPart):
        return (compound(part, lambda word: _parts(word, table)[0]),)
    return (part,)


def compound(part: CompoundPart, resolve: Callable[[Part], Part]) -> Part:
    """The one name of several, as far as they are known."""
    words: list[Word] = []
    for word in part.words:
        made = resolve(word) if not isinstance(word, LiteralPart) else word
        if isinstance(made, IdentifierPart):
            made = LiteralPart(made.words[-1], made.span, ())
        if not isinstance(made, TablePart | ColumnPart | LiteralPart):
            return HolePart(part.span, NameOrigin(""))
        words.append(made)
    known = [word.value for word in words if isinstance(word, LiteralPart)]
    if len(known) == len(words):
        return IdentifierPart(part.span, ("_".join(known),))
    return replace(part, words=tuple(words))


def renamed(text: Text, name: str) -> Text:
    """The text of a part that has one attribute without a name, where that is given one."""

    def given(part: Part) -> Part:
        if isinstance(part, ColumnPart) and not part.entity and not part.attribute:
            return replace(part, attribute=name)
        if isinstance(part, CompoundPart):
            words = tuple(given(word) for word in part.words)
            return replace(
                part, words=tuple(one for one in words if isinstance(one, TablePart | ColumnPart | LiteralPart))
            )
        return part

    return Text(text.span, tuple(given(part) for part in text.parts))
