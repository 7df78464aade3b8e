"""Queries of what is handed in: one for each of the entities that a name may stand for.

What comes in: queries whose parts mention slots, and who stands for them. What goes out: queries whose parts mention entities. What each alone says of
an attribute is settled here: it is lacking where none of them has it. This module does not know how a slot is filled.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

import msgspec

from analyzer.facts.entity import Entity
from analyzer.facts.part import MAPPED
from analyzer.facts.part.entities import (
    ColumnPart,
    FilledPart,
    FromPart,
    JoinPart,
    KeyPart,
    Mention,
    StarPart,
    TablePart,
)
from analyzer.facts.query import Query, RelationRead
from analyzer.program.entities.lines import placed
from analyzer.program.handed.meant import SLOT, Meant, slots

# What a repository serves is some dozens; a base class of all tables says nothing of any.
_MOST = 64
_SPEAKING = (TablePart, ColumnPart, StarPart, JoinPart, FromPart, KeyPart, FilledPart, Mention, RelationRead)
_NAMES = ("entity", "source", "others", "mentions", "joined", "outer")
Settle = Callable[[Query, bool], Query]


def mentioned(query: Query, entity: Callable[[str], Entity | None]) -> tuple[str, ...]:
    """The slots that a query mentions, each once; not those that stand behind the name of an entity."""
    found = (name for part in query.text.parts if isinstance(part, MAPPED) for name in _names(part))
    read = (name for one in query.touched for name in _names(one))
    names = dict.fromkeys(name for name in (*found, *read, query.only) if SLOT.search(name))
    unsaid = [name for name in names if entity(name) is None]
    return tuple(dict.fromkeys(slots(unsaid)))


def standing(query: Query, meant: Mapping[str, Meant], settle: Settle) -> Iterator[Query]:
    """The query for each of what its slots mean. `settle` gives it the names of the database, and says what it lacks only if it is told to."""
    filled = {slot: one.entities for slot, one in meant.items() if one.entities}
    choices = list(islice(product(*filled.values()), _MOST + 1))
    known = all(one.known for one in meant.values()) and len(choices) <= _MOST
    labels = _labels(choices[:_MOST])
    several = [_filled(query, filled, *one) for one in zip(choices, labels, strict=False)]
    settled = [settle(one, known) for one in several]
    common = set[object]().union(*(_lacks(one) for one in settled)).intersection(*(_lacks(one) for one in settled))
    for one, raw in zip(settled, several, strict=True):
        if _lacks(one) == common:
            yield one
        else:
            kept = tuple(lack for lack in one.lacking if lack.span in common)
            yield msgspec.structs.replace(settle(raw, False), lacking=kept)


def _lacks(query: Query) -> set[object]:
    return {lack.span for lack in query.lacking}


def _labels(choices: Sequence[Sequence[Entity]]) -> list[str]:
    """The names of what is chosen, with their files where the names alone do not tell them apart; nothing where there is no choice."""
    names = [" ".join(one.name for one in chosen) for chosen in choices]
    if len({*names}) < len(names):
        names = [" ".join(map(placed, chosen)) for chosen in choices]
    return names if len(names) > 1 else [""]


def _filled(query: Query, filled: Mapping[str, Sequence[Entity]], chosen: Iterable[Entity], among: str) -> Query:
    names = dict(zip(filled, map(placed, chosen), strict=True))
    parts = tuple(_replaced(part, names) if isinstance(part, _SPEAKING) else part for part in query.text.parts)
    return msgspec.structs.replace(
        query,
        text=msgspec.structs.replace(query.text, parts=parts),
        touched=tuple(_replaced(one, names) for one in query.touched),
        only=_replaced(query.only, names),
        among=among,
    )


def _names(value: object) -> Iterator[str]:
    """All names of entities in a part."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (name for one in value for name in _names(one))
    elif isinstance(value, _SPEAKING):
        yield from (name for field in _NAMES for name in _names(getattr(value, field, "")))


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return SLOT.sub(lambda found: names.get(found[0], found[0]), value)
    if isinstance(value, tuple):
        return tuple(_replaced(one, names) for one in value)
    if isinstance(value, _SPEAKING):
        fields = {field: _replaced(getattr(value, field), names) for field in _NAMES if hasattr(value, field)}
        return msgspec.structs.replace(value, **fields)
    return value
