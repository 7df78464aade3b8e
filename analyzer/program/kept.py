"""Types that a column takes from elsewhere: of the column it refers to, of what a base says of the host's types, of an alias.

What comes in: texts of definitions with the entity that has them. What goes out: the texts with those types in their place; a hole where nobody knows.
This module does not know any library.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from analyzer.facts.entity import Attribute, Entity, HostTyped
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import EitherPart, Part
from analyzer.facts.part.definitions import HostTypePart, KeyTypePart
from analyzer.facts.part.written import HolePart, NamePart
from analyzer.facts.text import Text
from analyzer.program.constants import Constants

_DEPTH = 8
# In front of a name that any of a kind has.
_KIND = "@"
_OPEN = (EitherPart, HostTypePart, KeyTypePart)


class Known(Protocol):
    def line(self, entity: Entity) -> list[Entity]: ...

    def name(self, entity: Entity, line: list[Entity]) -> Text | None: ...

    def entity(self, name: str, file: FileFacts) -> Entity | None: ...


class Kept:
    """Look-ups over one repository."""

    def __init__(self, known: Known, files: Mapping[str, FileFacts], constants: Constants) -> None:
        self._known = known
        self._files = files
        self._constants = constants

    def settled(self, text: Text, file: FileFacts, entity: Entity | None = None) -> Text:
        """A definition with every type in its place; `entity` has it, None where it stands by itself."""
        if not any(isinstance(part, (*_OPEN, NamePart)) for part in text.parts):
            return text
        parts = self._parts(text, file, entity, 0)
        return Text(
            text.span, tuple(HolePart(one.span, UnknownOrigin()) if isinstance(one, _OPEN) else one for one in parts)
        )

    def _parts(self, text: Text, file: FileFacts, entity: Entity | None, depth: int) -> tuple[Part, ...]:
        """What is not known stays as it is."""
        whole = self._constants.whole(text, file, frozenset())
        return tuple(new for part in whole.parts for new in self._part(part, file, entity, depth))

    def _part(self, part: Part, file: FileFacts, entity: Entity | None, depth: int) -> tuple[Part, ...]:
        if depth > _DEPTH:
            return (part,)
        home = self._files.get(part.span.path, file)
        if isinstance(part, EitherPart):
            for option in part.options:
                made = self._parts(Text(part.span, option), home, entity, depth + 1)
                if not any(isinstance(one, (*_OPEN, NamePart)) for one in made):
                    return made
        elif isinstance(part, HostTypePart):
            found = self._host(part, entity)
            if found is not None:
                # A name of the kind is that of the file with the annotation.
                at = home if part.of else self._files.get(found.span.path, file)
                return self._parts(_meant(found, part), at, entity, depth + 1)
        elif isinstance(part, KeyTypePart):
            return self._key(part, home, depth)
        return (part,)

    def _host(self, part: HostTypePart, entity: Entity | None) -> Text | None:
        line = self._known.line(entity) if entity is not None else []
        said: list[HostTyped] = [one for base in line for one in base.types if one.host == part.host]
        return (said[0].counting if part.counts else said[0].kept) if said else None

    def _key(self, part: KeyTypePart, file: FileFacts, depth: int) -> tuple[Part, ...]:
        target = self._target(part, file)
        found = self._attribute(target, part) if target is not None else None
        if target is None or found is None or found.kept is None:
            return (part,)
        return self._parts(found.kept, self._files.get(found.span.path, file), target, depth + 1)

    def _target(self, part: KeyTypePart, file: FileFacts) -> Entity | None:
        if part.entity:
            return self._known.entity(part.entity, file)
        found = self._by_table.get(part.table[-1].lower(), []) if part.table else []
        near = [one for one in found if self._files[one.span.path].project.path == file.project.path]
        return next(iter(near or found), None)

    def _attribute(self, entity: Entity, part: KeyTypePart) -> Attribute | None:
        for base in self._known.line(entity):
            for one in base.attributes:
                if part.attribute == one.name if part.attribute else part.column == (one.column or one.name):
                    return one
        return None

    @cached_property
    def _by_table(self) -> Mapping[str, list[Entity]]:
        """Entities by the name of the table that is their own."""
        found: dict[str, list[Entity]] = {}
        for path in sorted(self._files):
            for one in self._files[path].entities:
                if one.is_table:
                    name = self._known.name(one, self._known.line(one))
                    if name is not None:
                        found.setdefault(name.skeleton.lower(), []).append(one)
        return {name: sorted(some, key=self._weight) for name, some in found.items()}

    def _weight(self, entity: Entity) -> tuple[bool, bool]:
        """The code's own first, then what has the table for itself."""
        return self._files[entity.span.path].role != "code", entity.table is None


def _meant(text: Text, part: HostTypePart) -> Text:
    """What is said of a kind, said of one."""
    parts = (
        NamePart(part.of + one.name.removeprefix(_KIND), part.span) if isinstance(one, NamePart) and part.of else one
        for one in text.parts
    )
    return Text(text.span, tuple(parts))
