"""Slots, and what they mean.

What comes in: names, as extraction writes them. What goes out: the slots in them. `?Repo.model` is an attribute of the objects of a class,
`?Repo.__class__` the class itself, `?model@120` the parameter of the function that begins at that byte, `?[User,Order]` one of several names, in quotes
where they are those of tables. This module does not know what a slot means.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from analyzer.facts.entity import Entity
from analyzer.facts.source import Span

SLOT = re.compile(r"\?(?:[A-Za-z_]\w*(?:\.\w+|@\d+)|\[[^\]|?]*\])")


class Meant(Struct, frozen=True):
    """The entities that a name may stand for. `known` is False where there may be others."""

    entities: tuple[Entity, ...] = ()
    known: bool = True


NOBODY = Meant((), known=False)


def united(several: Iterable[Meant]) -> Meant:
    """What stands for any of several."""
    found: dict[Span, Entity] = {}
    known = True
    for one in several:
        found.update((entity.span, entity) for entity in one.entities)
        known = known and one.known
    return Meant(tuple(found[span] for span in sorted(found)), known)


def slots(names: Iterable[str]) -> Iterator[str]:
    """The slots that stand in names."""
    for name in names:
        yield from SLOT.findall(name)
