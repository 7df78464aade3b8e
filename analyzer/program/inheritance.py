"""Which of its bases an entity's table comes from, and which have tables of their own.

What comes in: an entity with all that it takes from, of a language whose classes inherit. What goes out: the part that names its table, and parts whose
columns are those of another table: what a joined child inherits. This module does not know files.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from analyzer.facts.entity import Attribute, Entity
from analyzer.facts.part import EitherPart, Part
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_KEY = "PRIMARY KEY"
_DEPTH = 16
# Languages in which a class is what its bases are; elsewhere a base only lends what it has.
_CLASSES = frozenset({"python"})


class Known(Protocol):
    def line(self, entity: Entity) -> list[Entity]: ...

    def name(self, entity: Entity, line: list[Entity]) -> Text | None: ...


def naming_parts(entity: Entity, line: Sequence[Entity], known: Known) -> Iterator[Entity]:
    """The one part that says how its table is called, where it does not say so itself: a base that is a table, or one that derives names."""
    if entity.table is not None or not entity.is_table:
        return
    if entity.language not in _CLASSES:
        manners = [part for part in line if part.names]
        yield from (manners or [part for part in line[1:] if part.table is not None and part.is_table])[:1]
        return
    keyed = any(is_key(one) for one in entity.attributes)
    for part in line[:_DEPTH]:
        if part == entity or not part.is_table:
            if part.names:
                yield part
                return
        elif not keyed and known.name(part, known.line(part)) is not None:
            yield part
            return


def shared_by(entity: Entity, line: Sequence[Entity], known: Known) -> Span | None:
    """The entity whose table this one only adds to: the first of a line of such."""
    found = None
    for _ in range(_DEPTH):
        part = next(naming_parts(entity, line, known), None)
        if part is None or part == entity or not part.is_table:
            break
        found, entity, line = part.span, part, known.line(part)
    return found


def apart(entity: Entity, name: Text, known: Known) -> list[Entity]:
    """Parts whose columns are in tables of their own."""
    if entity.language not in _CLASSES:
        return []
    line, found = known.line(entity), list[Entity]()
    for part in line[1:]:
        if part.is_table and part not in found:
            theirs = known.name(part, known.line(part))
            if theirs is not None and theirs.skeleton != name.skeleton:
                found += [one for one in known.line(part) if one not in found]
    return found


def is_key(attribute: Attribute) -> bool:
    """Whether its definition makes it the primary key."""
    return _says_key(attribute.definition.parts, 0)


def _says_key(parts: tuple[Part, ...], depth: int) -> bool:
    return any(
        (isinstance(part, LiteralPart) and _KEY in part.value)
        or (isinstance(part, EitherPart) and depth < 3 and any(_says_key(one, depth + 1) for one in part.options))
        for part in parts
    )
