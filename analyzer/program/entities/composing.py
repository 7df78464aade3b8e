"""Entities made whole: with everything they take from mixins, bases and spread objects of other files.

What comes in: facts of all files, the Resolver of their imports, Constants. What goes out: Tables. This module does not know what queries mention.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from analyzer.facts.entity import Attribute, Entity, Relation
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part.written import HolePart
from analyzer.facts.query import Lack
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.constants import Constants
from analyzer.program.entities.lines import Lines
from analyzer.program.entities.table import Mapped, Table, Tie
from analyzer.program.imports.resolver import Resolver
from analyzer.program.inheritance import apart, is_key, shared_by
from analyzer.program.kept import Kept
from analyzer.program.keys import pairs
from analyzer.program.naming import loosely
from analyzer.program.owning import owned, renamed

_DEPTH = 16


class Composer(Lines, ABC):
    """Look-ups of tables by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver, constants: Constants) -> None:
        super().__init__(files, resolver, constants)
        self._whole: dict[Span, Table | None] = {}
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
    def _by_table(self) -> Mapping[str, tuple[Table, ...]]:
        found: dict[str, list[Table]] = {}
        for one in self.tables:
            if one.physical and one.shares is None:
                found.setdefault(".".join(one.words), []).append(one)
        return {name: tuple(tables) for name, tables in found.items()}

    def called(self, table: str, file: FileFacts) -> Entity | None:
        """The entity whose table the database calls so, the project's own before another's."""
        found = [one.entity for one in self._by_table.get(table, ())]
        near = [one for one in found if self._files[one.span.path].project.path == file.project.path] or found
        return near[0] if len(near) == 1 else None

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

    def related(self, table: Table) -> Iterator[Tie]:
        """The relations of a table whose other side is known."""
        for relation in table.relations.values():
            target = self.table(relation.target, self._files[relation.span.path])
            if target is not None:
                yield Tie(relation, table, target, pairs(relation, table, target))
