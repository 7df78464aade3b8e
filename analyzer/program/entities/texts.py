"""Texts that mention entities, turned into SQL that names tables and columns as the database does.

What comes in: facts of all files. What goes out: facts whose queries and migrations name what is there. An attribute that no entity has is listed as
lacking. This module does not know SQL beyond quoting nothing: identifiers stay parts.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.facts.origin import NameOrigin, Origin
from analyzer.facts.part import MAPPED, Part
from analyzer.facts.part.definitions import CompoundPart, ConstraintPart, ValuesPart
from analyzer.facts.part.entities import ColumnPart, FilledPart, FromPart, JoinPart, KeyPart, StarPart, TablePart
from analyzer.facts.part.written import BoundPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.query import Argument, Arguments, Lack, Query, TakenRow
from analyzer.facts.revision import Operation, Revision, Routine
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.conventions import named as constraint_named
from analyzer.program.entities.composing import Composer
from analyzer.program.entities.standing import mentioned, standing
from analyzer.program.entities.table import Table
from analyzer.program.handed.slots import Handed
from analyzer.program.joins import joined, keyed, taken, with_others
from analyzer.program.keys import between, pairs
from analyzer.program.owning import compound
from analyzer.program.routines import given, hole, unread

_DEPTH = 16
# What makes an object of an entity, where the project writes it itself.
_MAKES = "__init__"
# In front of a column's own name.
_OWN = "="
# Behind each of several names that may have an attribute: what star imports bring.
_OR = "|"


class Entities(Composer):
    """Look-ups of tables, and what mentions them."""

    @cached_property
    def _handed(self) -> Handed:
        return Handed(self._files, self._resolver, self)

    # ------------------------------------------------------------------ texts
    def into(self, file: FileFacts) -> FileFacts:
        """The facts of a file, what its queries and migrations mention turned into names of the database."""
        if file.revisions:
            revisions = tuple(self._revision(one, file) for one in file.revisions)
            file = msgspec.structs.replace(file, revisions=revisions)
        if not any(query.built or _mentions(query.text) or query.only for query in file.queries):
            return file
        queries = tuple(each for one in file.queries for each in self._queries(one, file))
        return msgspec.structs.replace(file, queries=queries)

    def _queries(self, query: Query, file: FileFacts) -> Iterator[Query]:
        """A query with the names of the database, once for each of the entities that a name in it may stand for."""
        if not (query.built or _mentions(query.text)):
            yield query
            return
        meant = {slot: self._handed.of(slot, file) for slot in mentioned(query, lambda name: self.entity(name, file))}
        settle = partial(self._query, file)
        if any(one.entities for one in meant.values()):
            yield from (one for one in standing(query, meant, settle) if self._is_query(one, file))
        elif self._is_query(query, file):
            yield self._query(file, query)

    def _is_query(self, query: Query, file: FileFacts) -> bool:
        return not query.only or self.entity(query.only, file) is not None

    def _revision(self, revision: Revision, file: FileFacts) -> Revision:
        up, down = (tuple(self._operations(sent, file, 0)) for sent in (revision.up, revision.down))
        # A way back of which nothing reaches the schema is one all the same.
        still = tuple(Operation(Text(one.text.span, ())) for one in revision.down[:1])
        return msgspec.structs.replace(revision, up=up, down=down or still)

    def _operations(self, sent: tuple[Operation, ...], file: FileFacts, depth: int) -> Iterator[Operation]:
        """What is sent, with what functions of other files send in place of their calls."""
        for one in sent:
            if not one.calls:
                yield msgspec.structs.replace(one, text=self._text(one.text, file))
                continue
            found = self._routine(one.calls, file) if depth < _DEPTH else None
            if found is not None:
                home, routine = found
                inner = self._operations(routine.operations, home, depth + 1)
                yield from (given(each, one, routine) for each in inner)
            elif unread(one):
                yield msgspec.structs.replace(one, text=hole(one))

    def _routine(self, name: str, file: FileFacts) -> tuple[FileFacts, Routine] | None:
        for other, defined in self._resolver.definitions(file, name):
            for routine in other.routines:
                if routine.name == defined:
                    return other, routine
        return None

    def _query(self, file: FileFacts, query: Query, accuses: bool = True) -> Query:
        lacking: list[Lack] = []
        text = self._text(query.text, file, lacking if accuses else None)
        given = {one.span: one for one in query.arguments.values} if query.arguments is not None else {}
        bound = tuple(
            given.get(part.span, Argument(part.span, part.origin)) for part in text.parts if isinstance(part, BoundPart)
        )
        complete = query.arguments is None or query.arguments.complete
        return msgspec.structs.replace(
            query,
            text=text,
            arguments=Arguments(bound, complete),
            lacking=tuple(dict.fromkeys(lacking)),
            taken=tuple(self._taken(one, file) for one in query.taken),
        )

    def _taken(self, row: TakenRow, file: FileFacts) -> TakenRow:
        """A row that a parameter holds, with the columns of its entries."""
        table = self.table(row.entity, file)
        known = table.attributes.items() if table is not None else ()
        columns = tuple((name, one.column) for name, one in known if one.attribute.certain and name not in row.settled)
        return msgspec.structs.replace(row, columns=columns, table=table.physical if table is not None else "")

    def _text(self, text: Text, file: FileFacts, lacking: list[Lack] | None = None) -> Text:
        if all(isinstance(part, LiteralPart) for part in text.parts):
            return text
        text = self._kept.settled(self._constants.whole(text, file, frozenset()), file)
        if not _mentions(text):
            return text
        text = with_others(text)
        # A part that a constant of another file brought means what it means there.
        return Text(
            text.span,
            tuple(
                new for part in text.parts for new in self._parts(part, self._files.get(part.span.path, file), lacking)
            ),
        )

    def _parts(self, part: Part, file: FileFacts, lacking: list[Lack] | None) -> Iterator[Part]:
        if isinstance(part, TablePart | ColumnPart) and not part.entity:
            yield part
        elif isinstance(part, TablePart):
            yield from self.written(part.entity, part.alias, part.span, file, part.origin)
        elif isinstance(part, ColumnPart):
            yield self._column(part, file, lacking)
        elif isinstance(part, StarPart):
            table = self.table(part.entity, file)
            words = (part.alias,) if part.alias else table.words if table is not None else ("",)
            if part.listed and words[-1] and table is not None and table.closed:
                yield from _listed(part.span, words, table)
            elif words[-1]:
                yield IdentifierPart(part.span, words)
                yield _literal(".*", part.span)
            else:
                yield HolePart(part.span, NameOrigin(part.entity))
        elif isinstance(part, JoinPart):
            yield from joined(part, file, self)
        elif isinstance(part, FromPart):
            yield from taken(part, file, self)
        elif isinstance(part, KeyPart):
            yield from keyed(part, file, self)
        elif isinstance(part, FilledPart):
            yield from self._filled(part, file)
        elif isinstance(part, ValuesPart):
            yield self._values(part, file)
        elif isinstance(part, CompoundPart):
            yield compound(part, lambda word: next(self._parts(word, file, None), word))
        elif isinstance(part, ConstraintPart):
            yield from constraint_named(part, self._patterns(file))
        else:
            yield part

    def _patterns(self, file: FileFacts) -> Mapping[str, str]:
        """The convention for constraints of a file's project, where it has just one."""
        found = {one.constraints for path, one in self._namings if one.constraints and path == file.project.path}
        found = found or {one.constraints for _, one in self._namings if one.constraints}
        return dict(found.pop()) if len(found) == 1 else {}

    def _values(self, part: ValuesPart, file: FileFacts) -> Part:
        """The values of a list that this file or another declares."""
        found = self._listed(part.name, file)
        if found is None or any("\\" in one for one in found):
            return HolePart(part.span, NameOrigin(part.name))
        return _literal(", ".join("'" + one.replace("'", "''") + "'" for one in found), part.span)

    def written(
        self, name: str, alias: str, span: Span, file: FileFacts, origin: Origin | None = None
    ) -> Iterator[Part]:
        """The name of a table, as the database has it; what is bound where the name is no entity's and `origin` says what it is."""
        table = self.table(name, file)
        if table is None:
            yield HolePart(span, NameOrigin(name)) if origin is None else BoundPart(span, origin)
        elif table.physical:
            yield IdentifierPart(span, table.words)
        else:
            yield from (_literal(one.value, span) if isinstance(one, LiteralPart) else one for one in table.name.parts)
        if alias:
            yield _literal(" AS ", span)
            yield IdentifierPart(span, (alias,))

    def _column(self, part: ColumnPart, file: FileFacts, lacking: list[Lack] | None) -> Part:
        if part.entity.endswith(_OR):
            part = self._one_of(part, file)
        table = self.table(part.entity, file) if part.entity else None
        if table is None and part.named:
            owner, _, attribute = part.entity.rpartition(".")
            return self._column(ColumnPart(part.span, owner, attribute, bare=True, origin=part.origin), file, lacking)
        if table is None:
            if part.origin is not None:
                return BoundPart(part.span, part.origin)
            return HolePart(part.span, NameOrigin(f"{part.entity}.{part.attribute}"))
        if part.attribute.startswith(_OWN):
            name = part.attribute.removeprefix(_OWN)
            known = any(one.column == name and one.attribute.certain for one in table.attributes.values())
            words = () if part.bare else self._before(part, table)
            return IdentifierPart(part.span, (*words, name)) if known else HolePart(part.span, NameOrigin(name))
        found = table.attributes.get(part.attribute)
        if found is None and part.bare:
            # What is written may be called by its column as well.
            found = next((one for one in table.attributes.values() if one.column == part.attribute), None)
        if found is None and (column := self._leading(part.attribute, table)):
            return IdentifierPart(part.span, (column,) if part.bare else (*self._before(part, table), column))
        if found is None:
            is_other = part.attribute in table.relations or part.attribute in table.others
            # A constructor of the project's own takes what it likes.
            own = part.bare and _MAKES in table.others
            if table.closed and not is_other and not own and lacking is not None:
                lacking.append(_lack(part, table))
                return IdentifierPart(part.span, (*self._before(part, table), part.attribute))
        elif found.attribute.certain:
            return IdentifierPart(part.span, (*self._before(part, table), found.column))
        return HolePart(part.span, NameOrigin(f"{part.entity}.{part.attribute}"))

    def _one_of(self, part: ColumnPart, file: FileFacts) -> ColumnPart:
        """The same of the first of several entities that has the attribute; of none where none has it."""
        for name in filter(None, part.entity.split(_OR)):
            table = self.table(name, file)
            if table is not None and part.attribute in table.attributes:
                return msgspec.structs.replace(part, entity=name)
        return msgspec.structs.replace(part, entity="")

    @staticmethod
    def _before(part: ColumnPart, table: Table) -> tuple[str, ...]:
        """What stands in front of a column; a table whose name is not known leaves its columns bare."""
        return () if part.bare else (part.alias,) if part.alias else table.words if table.physical else ()

    def _leading(self, name: str, table: Table) -> str:
        """The column that a relation to one row is kept in: who compares it with an object, or sets it, means that one."""
        relation = table.relations.get(name)
        target = self.table(relation.target, self._files[relation.span.path]) if relation is not None else None
        if relation is None or target is None or relation.many:
            return ""
        found = pairs(relation, table, target)
        # One that the other side keeps has no column here.
        kept = {one for key in between(table, target) for one in key}
        return (
            found[0][0] if len(found) == 1 and (not kept or found[0] in kept) and found[0][0] not in table.key else ""
        )

    def _filled(self, part: FilledPart, file: FileFacts) -> Iterator[Part]:
        table = self.table(part.entity, file)
        if table is not None and (table.split or _MAKES in table.others):
            yield _literal(", ", part.span)
            yield HolePart(part.span, NameOrigin(_MAKES))
        filled = [
            one
            for one in (table.attributes.values() if table is not None else ())
            if one.attribute.filled and not {one.attribute.name, _OWN + one.column} & {*part.given}
        ]
        for at, one in enumerate(filled):
            yield from () if part.alone and not at else (_literal(", ", part.span),)
            name = HolePart(part.span, NameOrigin(one.attribute.name))
            yield name if part.values else IdentifierPart(part.span, (one.column,))
        if part.alone and not filled:
            yield HolePart(part.span, NameOrigin(part.entity))


def _listed(span: Span, words: tuple[str, ...], table: Table) -> Iterator[Part]:
    for at, one in enumerate(table.attributes.values()):
        yield from (_literal(", ", span),) if at else ()
        yield IdentifierPart(span, (*words, one.column))


def _mentions(text: Text) -> bool:
    return any(isinstance(part, MAPPED) for part in text.parts)


def _literal(value: str, span: Span) -> LiteralPart:
    """Characters that stand for a place of the source as a whole."""
    return LiteralPart(value, span, ())


def _lack(part: ColumnPart, table: Table) -> Lack:
    return Lack(
        part.span, part.attribute, table.entity.name, table.physical, table.entity.span, tuple(sorted(table.attributes))
    )
