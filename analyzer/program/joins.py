"""Tables and conditions that a library derives: joins by a relation or a key, the FROM of what is mentioned, primary keys.

What comes in: parts that mention entities, and the entities. What goes out: parts that name tables and columns. This module does not know libraries.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from analyzer.facts.entity import Relation
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import FromPart, JoinPart, KeyPart, Mention, TablePart
from analyzer.facts.part.written import BoundPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.keys import Keyed, Pairs, pairs, tie


class Table(Keyed, Protocol):
    @property
    def physical(self) -> str: ...

    @property
    def relations(self) -> Mapping[str, Relation]: ...


class Known(Protocol):
    def table(self, name: str, file: FileFacts) -> Table | None: ...

    def written(self, name: str, alias: str, span: Span, file: FileFacts) -> Iterator[Part]:
        """The name of a table, as the database has it."""

    def home(self, span: Span) -> FileFacts: ...


def joined(part: JoinPart, file: FileFacts, known: Known) -> Iterator[Part]:
    """The join that a relation, or the one key between two entities, stands for; without a condition where nobody knows it."""
    source = known.table(part.source, file) if part.source else None
    relation = source.relations.get(part.relation) if source is not None else None
    home = known.home(relation.span) if relation is not None else file
    name = relation.target if relation is not None else part.entity
    if not name:
        # A table that nobody knows may be any that the rest speaks of.
        yield _literal(f" {part.kind} ", part.span)
        yield HolePart(part.span, NameOrigin(f"{part.source}.{part.relation}"))
        yield _literal(" ON TRUE", part.span)
        return
    target = known.table(name, home)
    if relation is not None and relation.through and source is not None:
        yield from _through(part, source, relation, target, known)
        return
    yield _literal(f" {part.kind} ", part.span)
    yield from known.written(name, part.alias, part.span, home)
    left = (part.source_alias,) if part.source_alias else source.words if source is not None else ()
    found: Pairs = ()
    if relation is not None and source is not None and target is not None:
        found = pairs(relation, source, target)
    elif relation is None and target is not None:
        left, found = _tied(target, part, file, known)
    yield from _on(found, left, (part.alias,) if part.alias or target is None else target.words, part.span)


def _through(part: JoinPart, source: Table, relation: Relation, target: Table | None, known: Known) -> Iterator[Part]:
    """A join by way of the table between the two."""
    home = known.home(relation.span)
    middle = known.table(relation.through, home)
    left = (part.source_alias,) if part.source_alias else source.words
    yield _literal(f" {part.kind} ", part.span)
    yield from known.written(relation.through, "", part.span, home)
    yield from _on(tie(source, middle) if middle is not None else (), left, middle.words if middle else (), part.span)
    yield _literal(f" {part.kind} ", part.span)
    yield from known.written(relation.target, part.alias, part.span, home)
    found = tie(middle, target) if middle is not None and target is not None else ()
    right = (part.alias,) if part.alias or target is None else target.words
    yield from _on(found, middle.words if middle is not None else (), right, part.span)


def _on(found: Pairs, left: tuple[str, ...], right: tuple[str, ...], span: Span) -> Iterator[Part]:
    yield _literal(" ON " if found else " ON TRUE", span)
    for at, (ours, theirs) in enumerate(found):
        yield _literal(" AND " if at else "", span)
        yield IdentifierPart(span, (*right, theirs))
        yield _literal(" = ", span)
        yield IdentifierPart(span, (*left, ours))


def _tied(target: Table, part: JoinPart, file: FileFacts, known: Known) -> tuple[tuple[str, ...], Pairs]:
    """The one of `others` that a relation or a key ties to the target, and the columns."""
    sources = [source for other in part.others if (source := known.table(other, file)) is not None]
    for source in sources:
        found = tie(source, target) or _related(source, target, known)
        if found:
            return source.words, found
    return (), ()


def _related(source: Table, target: Table, known: Known) -> Pairs:
    for one in source.relations.values():
        if one.pairs and known.table(one.target, known.home(one.span)) is target:
            return pairs(one, source, target)
    for one in target.relations.values():
        if one.pairs and known.table(one.target, known.home(one.span)) is source:
            return tuple((theirs, ours) for ours, theirs in pairs(one, target, source))
    return ()


def taken(part: FromPart, file: FileFacts, known: Known) -> Iterator[Part]:
    """The FROM of what is mentioned."""
    joins, outer = (
        {_identity(one, file, known) for one in some if one.sure or known.table(one.entity, file) is not None}
        for some in (part.joined, part.outer)
    )
    kept: dict[tuple[str, ...], Mention] = {}
    for one in part.mentions:
        if one.sure or known.table(one.entity, file) is not None:
            kept.setdefault(_identity(one, file, known), one)
    left = {key: one for key, one in kept.items() if key not in joins}
    if joins or len(left) > 1:
        left = {key: one for key, one in left.items() if key not in outer} or ({} if joins else left)
    for at, one in enumerate(left.values()):
        yield _literal(" CROSS JOIN " if at else part.lead, part.span)
        yield from known.written(one.entity, one.alias, part.span, file)


def _identity(mention: Mention, file: FileFacts, known: Known) -> tuple[str, ...]:
    """What makes two mentions one table."""
    table = known.table(mention.entity, file)
    if mention.alias:
        return ("", mention.alias)
    return table.words if table is not None and table.physical else (mention.entity,)


def keyed(part: KeyPart, file: FileFacts, known: Known) -> Iterator[Part]:
    """The primary key, equal to a value."""
    table = known.table(part.entity, file)
    if table is None or not table.key:
        yield HolePart(part.span, NameOrigin(part.entity))
        return
    words = (part.alias,) if part.alias else table.words if table.physical else ()
    for at, column in enumerate(table.key):
        yield _literal(" AND " if at else "", part.span)
        yield IdentifierPart(part.span, (*words, column))
        yield _literal(" = ", part.span)
        yield BoundPart(part.span, part.origin)


def _literal(value: str, span: Span) -> LiteralPart:
    return LiteralPart(value, span, ())


def with_others(text: Text) -> Text:
    """A text whose joins know what stands in front of them, where that came with a constant."""
    parts: list[Part] = []
    for part in text.parts:
        if isinstance(part, JoinPart) and part.entity and not part.others:
            before = (one.entity for one in parts if isinstance(one, TablePart | JoinPart) and not one.alias)
            part = msgspec.structs.replace(part, others=tuple(dict.fromkeys(before)))  # noqa: PLW2901
        parts.append(part)
    return Text(text.span, tuple(parts))
