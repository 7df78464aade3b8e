"""Entities made whole: with everything they take from mixins, bases and spread objects of other files.

What comes in: facts of all files, the Resolver of their imports, Constants. What goes out: Tables. This module does not know what queries mention.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from analyzer.facts.entity import Attribute, Entity, Relation
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import NameOrigin, ParameterOrigin
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.query import Lack
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.constants import Constants
from analyzer.program.entities.finding import Finder
from analyzer.program.entities.table import Mapped, Table, Tie
from analyzer.program.imports.resolver import Resolver
from analyzer.program.inheritance import apart, is_key, naming_parts, shared_by
from analyzer.program.kept import Kept
from analyzer.program.keys import pairs
from analyzer.program.naming import UNKNOWN, loosely, named
from analyzer.program.owning import owned, renamed

_DEPTH = 16
# In front of a name that any entity of the repository may have.
_ANY = "*"
# Between an entity and a relation of it.
_RELATION = ">"
# Between names of which one is an entity's.
_OR = "|"


class Composer(Finder, ABC):
    """Look-ups of tables by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver, constants: Constants) -> None:
        super().__init__(files, resolver)
        self._constants = constants
        self._namings = [(file.project.path, one) for file in files.values() for one in file.namings]
        self._whole: dict[Span, Table | None] = {}
        self._names: dict[Span, Text | None] = {}
        self._lines: dict[Span, list[Entity]] = {}
        self._kept = Kept(self, files, constants)

    @abstractmethod
    def _text(self, text: Text, file: FileFacts, lacking: list[Lack] | None = None) -> Text:
        """A text with the names of the database."""

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every entity that stands for a table, by file and place; what a migration declares of one is not the code's."""
        paths = (
            path for path in sorted(self._own) if path not in self.pulled and self._files[path].role != "migration"
        )
        found = (self.whole(one) for path in paths for one in self._files[path].entities if one.is_table)
        return tuple(one for one in found if one is not None)

    @cached_property
    def idle(self) -> frozenset[str]:
        """Files of entities that no code names, where one that code names declares all of their tables as well: what somebody tried."""
        homes: dict[tuple[str, ...], set[str]] = {}
        for one in self.tables:
            if one.physical and one.shares is None:
                homes.setdefault(one.words, set()).add(one.entity.span.path)
        several = [paths for paths in homes.values() if len(paths) > 1]
        if not several:
            return frozenset()
        named = self._imported(self._files.values())
        twice = {path for paths in several if paths & named for path in paths - named}
        own = {path for paths in homes.values() if len(paths) == 1 or not paths & named for path in paths}
        return frozenset(twice - own)

    @cached_property
    def adding(self) -> Mapping[Span, tuple[Table, ...]]:
        """Entities that share the table of another, by that other's."""
        found: dict[Span, list[Table]] = {}
        for one in self.tables:
            if one.shares is not None:
                found.setdefault(one.shares, []).append(one)
        return {span: tuple(tables) for span, tables in found.items()}

    @cached_property
    def _related(self) -> Mapping[Span, tuple[Relation, ...]]:
        """Relations that stand apart, by their entity."""
        found: dict[Span, list[Relation]] = {}
        for file in self._files.values():
            for one in file.related:
                entity = self.entity(one.entity, file)
                if entity is not None:
                    found.setdefault(entity.span, []).extend(one.relations)
        return {span: tuple(relations) for span, relations in found.items()}

    def entity(self, name: str, file: FileFacts) -> Entity | None:
        """What a dotted name means in a file: its own entity, one it imports, the only one of that name after a star."""
        if _RELATION in name:
            source, _, relation = name.replace("->", _RELATION).rpartition(_RELATION)
            return self._related_to(source, relation, file)
        if _OR in name:
            several = [
                one for word in name.split(_OR) if (one := self.entity(word, file)) is not None and self.whole(one)
            ]
            return several[0] if len(several) == 1 else None
        # The table of a class stands for it.
        name = name.removesuffix(".__table__")
        if name.startswith(_ANY):
            return self._anywhere(name.removeprefix(_ANY), file)
        found = self._named(name, file)
        lost = self._resolver.lost(file, name) if found is None else ""
        return self._anywhere(lost, file) if lost else found

    def _related_to(self, source: str, relation: str, file: FileFacts) -> Entity | None:
        table = self.table(source, file)
        found = table.relations.get(relation) if table is not None else None
        return self.entity(found.target, self._files[found.span.path]) if found is not None else None

    def table(self, name: str, file: FileFacts) -> Table | None:
        """The table that a name stands for."""
        entity = self.entity(name, file)
        return self.whole(entity) if entity is not None else None

    def whole(self, entity: Entity) -> Table | None:
        """An entity with all that it takes from others; None for a part of no table."""
        if entity.span not in self._whole:
            self._whole[entity.span] = None
            self._whole[entity.span] = self._made(entity)
        return self._whole[entity.span]

    def _made(self, entity: Entity) -> Table | None:
        line = self.line(entity)
        name = self.name(entity, line)
        if name is None:
            return None
        elsewhere = apart(entity, name, self)
        line, others = [one for one in line if one not in elsewhere], [one for one in line if one in elsewhere]
        attributes: dict[str, Mapped] = {}
        relations: dict[str, Relation] = {}
        clauses: list[tuple[Text, FileFacts]] = []
        for part in reversed(line):
            home = self._files[part.span.path]
            for one in part.attributes:
                whole, keys = self._like(one, home, 0)
                if whole.filler and self._constants.has(whole.filler, home):
                    whole = msgspec.structs.replace(whole, filled=True)
                if elsewhere and is_key(whole):
                    # A joined child has its key from the row of its parent.
                    whole = msgspec.structs.replace(whole, filled=True)
                attributes[one.name] = Mapped(whole, whole.column or self._derived(one.name, entity), home.path)
                clauses += keys
            relations |= {one.name: one for one in (*part.relations, *self._related.get(part.span, ()))}
            clauses += ((text, home) for text in part.clauses)
        spaces = ((part.namespace, part) for part in line if part.namespace is not None)
        space, spoken = next(spaces, (None, entity))
        table = Table(
            entity,
            name,
            self._text(space, self._files[spoken.span.path]).skeleton if space is not None else "",
            attributes,
            relations,
            frozenset(
                (
                    *(other for part in (*line, *others) for other in part.others),
                    *(one.name for part in others for one in part.attributes),
                    *(one.name for part in others for one in part.relations),
                )
            ),
            (),
            (),
            all(part.closed for part in (*line, *others)) and self._is_whole(entity, [*line, *others]),
            next((part.dialect for part in line if part.dialect is not None), None),
            shared_by(entity, line, self),
            bool(others),
        )
        if entity.language == "python":
            # What a class has itself comes before what it takes.
            attributes = {one.name: attributes[one.name] for part in line for one in part.attributes}
        # What it says of keys may lead back to it.
        self._whole[entity.span] = table
        statements = [(text, self._files[part.span.path]) for part in reversed(line) for text in part.statements]
        return msgspec.structs.replace(
            table,
            attributes={name: self._defined(mapped, table) for name, mapped in attributes.items()},
            clauses=tuple(self._own_text(text, home, table) for text, home in clauses),
            statements=tuple(self._own_text(text, home, table) for text, home in statements),
        )

    def _defined(self, mapped: Mapped, table: Table) -> Mapped:
        one, home = mapped.attribute, self._files[mapped.home]
        members = one.members if one.members is not None or not one.listed else self._listed(one.listed, home)
        whole = msgspec.structs.replace(
            one, definition=self._own_text(one.definition, home, table), members=members, listed=""
        )
        return msgspec.structs.replace(mapped, attribute=whole)

    def _own_text(self, text: Text, home: FileFacts, table: Table) -> Text:
        return owned(self._text(self._kept.settled(text, home, table.entity), home), table)

    def _like(self, one: Attribute, home: FileFacts, depth: int) -> tuple[Attribute, list[tuple[Text, FileFacts]]]:
        """An attribute with what the function gives that makes it, and the keys that stand with that."""
        if not one.like:
            return one, []
        found = self.entity(one.like, home) if depth < _DEPTH else None
        if found is None or len(found.attributes) != 1:
            hole = HolePart(one.definition.span, NameOrigin(one.like))
            definition = Text(one.definition.span, (hole, *one.definition.parts))
            certain = one.certain and one.column is not None and loosely(one.column) == loosely(one.name)
            return msgspec.structs.replace(one, definition=definition, certain=certain, like=""), []
        where = self._files[found.span.path]
        base, keys = self._like(found.attributes[0], where, depth + 1)
        # What it takes for a name may have one of its own.
        given = (one.column if base.name else None) or base.column
        known = base.members if base.members is not None or not base.listed else self._listed(base.listed, where)
        made = msgspec.structs.replace(
            one,
            column=given,
            definition=Text(one.definition.span, (*self._text(base.definition, where).parts, *one.definition.parts)),
            type=one.type if one.type.name else base.type,
            filled=one.filled or base.filled,
            members=one.members if one.members is not None else known,
            certain=(one.certain or not base.name) and base.certain,
            like="",
        )
        return made, [*((renamed(text, one.name), where) for text in found.clauses), *keys]

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

    def related(self, table: Table) -> Iterator[Tie]:
        """The relations of a table whose other side is known."""
        for relation in table.relations.values():
            target = self.table(relation.target, self._files[relation.span.path])
            if target is not None:
                yield Tie(relation, table, target, pairs(relation, table, target))


def _plain(value: str, span: Span) -> Text:
    return Text(span, (LiteralPart(value, span, ()),))
