"""Entities by name and relation, and the line of what each takes from: bases, mixins, spread objects of other files.

What comes in: facts of all files, the Resolver of their imports, Constants. What goes out: Entities, their lines, their physical names. This module
does not know what attributes a line adds up to.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from analyzer.facts.entity import Entity
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import NameOrigin, ParameterOrigin
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.constants import Constants
from analyzer.program.entities.finding import Finder
from analyzer.program.entities.table import Table
from analyzer.program.imports.resolver import Resolver
from analyzer.program.inheritance import naming_parts
from analyzer.program.naming import UNKNOWN, named

_DEPTH = 16
# In front of a name that any entity of the repository may have.
_ANY = "*"
# In front of the path of the file that an entity is in, and in front of its name there.
PLACED, _IN = "!", "#"
# Between an entity and a relation of it.
_RELATION = ">"
# Between names of which one is an entity's.
_OR = "|"


def placed(entity: Entity) -> str:
    """A name for an entity that any file may write."""
    return f"{PLACED}{entity.span.path}{_IN}{entity.name}"


class Lines(Finder, ABC):
    """Look-ups of entities by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver, constants: Constants) -> None:
        super().__init__(files, resolver)
        self._constants = constants
        self._namings = [(file.project.path, one) for file in files.values() for one in file.namings]
        self._names: dict[Span, Text | None] = {}
        self._lines: dict[Span, list[Entity]] = {}

    @abstractmethod
    def whole(self, entity: Entity) -> Table | None:
        """An entity with all that it takes from others; None for a part of no table."""

    def entity(self, name: str, file: FileFacts) -> Entity | None:
        """What a dotted name means in a file: its own entity, one it imports, the only one of that name after a star."""
        if _RELATION in name:
            source, _, relation = name.rpartition(_RELATION)
            return self._related_to(source, relation, file)
        if _OR in name:
            return self._one_table(name.split(_OR), file)
        if name.startswith(PLACED):
            path, _, inner = name.removeprefix(PLACED).partition(_IN)
            return self._own.get(path, {}).get(inner)
        # The table of a class stands for it.
        name = name.removesuffix(".__table__")
        if name.startswith(_ANY):
            return self._anywhere(name.removeprefix(_ANY), file)
        found = self._named(name, file)
        lost = self._resolver.lost(file, name) if found is None else ""
        return self._anywhere(lost, file) if lost else found

    def _one_table(self, words: list[str], file: FileFacts) -> Entity | None:
        """The one of several names that is a table's; one that is handed in, where none else is."""
        for handed in (False, True):
            found = (self.entity(word, file) for word in words if word.startswith(PLACED) == handed)
            several = {one.span: one for one in found if one is not None and self.whole(one)}
            if several:
                return next(iter(several.values())) if len(several) == 1 else None
        return None

    def _related_to(self, source: str, relation: str, file: FileFacts) -> Entity | None:
        table = self.table(source, file)
        found = table.relations.get(relation) if table is not None else None
        return self.entity(found.target, self._files[found.span.path]) if found is not None else None

    def table(self, name: str, file: FileFacts) -> Table | None:
        """The table that a name stands for."""
        entity = self.entity(name, file)
        return self.whole(entity) if entity is not None else None

    def _is_whole(self, entity: Entity, line: list[Entity]) -> bool:
        """Whether everything it takes from is known."""
        return all(
            self.entity(base, self._files[part.span.path]) is not None
            or self._is_plain(base, self._files[part.span.path])
            for part in line
            for base in part.bases
        ) and bool(entity.attributes or entity.bases)

    def line(self, entity: Entity) -> list[Entity]:
        """An entity and all that it takes attributes from, the strongest first."""
        if entity.span not in self._lines:
            self._lines[entity.span] = list(self._line(entity, 0, set()))
        return self._lines[entity.span]

    def _line(self, entity: Entity, depth: int, seen: set[Span]) -> Iterator[Entity]:
        if entity.span in seen or depth > _DEPTH:
            return
        seen.add(entity.span)
        yield entity
        home = self._files[entity.span.path]
        for base in entity.bases:
            found = self.entity(base, home)
            if found is not None:
                yield from self._line(found, depth + 1, seen)

    def name(self, entity: Entity, line: list[Entity]) -> Text | None:
        """Its physical name: its own, one that a base derives, or that of the base whose table it shares."""
        # Asked again for every base of every child: without a memory, a chain of classes takes exponential time.
        if entity.span not in self._names:
            self._names[entity.span] = None
            self._names[entity.span] = self._called(entity, line)
        return self._names[entity.span]

    def _called(self, entity: Entity, line: list[Entity]) -> Text | None:
        if entity.table is not None:
            return self._affixed(entity, line)
        for part in naming_parts(entity, line, self):
            if part != entity and part.is_table:
                return self.name(part, self.line(part))
            if part.names == UNKNOWN:
                return Text(entity.span, (HolePart(entity.span, NameOrigin(entity.name)),))
            return _plain(named(entity.name, part.names), entity.span)
        return None

    def _affixed(self, entity: Entity, line: list[Entity]) -> Text | None:
        """Its own name, with what the function that makes it puts around names."""
        if entity.table is None:
            return None
        own = self._constants.whole(entity.table, self._files[entity.span.path], frozenset())
        maker = next((part for part in line[1:] if part.table is not None and not part.is_table), None)
        found = [self.entity(base, self._files[entity.span.path]) for base in entity.bases]
        makers = {base for base, part in zip(entity.bases, found, strict=True) if part is not None}
        parts = [
            part
            for part in own.parts
            if not (isinstance(part, HolePart) and isinstance(part.origin, NameOrigin) and part.origin.name in makers)
        ]
        if maker is None or maker.table is None:
            return Text(own.span, tuple(parts))
        around = self._constants.whole(maker.table, self._files[maker.span.path], frozenset())
        named = (
            parts if isinstance(getattr(part, "origin", None), ParameterOrigin) else [part] for part in around.parts
        )
        return Text(own.span, tuple(part for group in named for part in group))

    def _derived(self, name: str, entity: Entity) -> str:
        project = self._files[entity.span.path].project.path
        found = {one.columns for path, one in self._namings if one.framework == entity.framework and path == project}
        found = found or {one.columns for _, one in self._namings if one.framework == entity.framework}
        return named(name, found.pop()) if len(found) == 1 else name


def _plain(value: str, span: Span) -> Text:
    return Text(span, (LiteralPart(value, span, ()),))
