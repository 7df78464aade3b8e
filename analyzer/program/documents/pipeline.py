"""Aggregation pipelines: each stage with what earlier ones did to the documents.

What comes in: a pipeline as a Value. What goes out: Stages (mongodb.com/docs/manual/reference/operator/aggregation-pipeline). This module does not know what
documents hold.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import EitherValue, ListValue, LiteralValue, ObjectValue, Value

# Stages that leave the documents as they are, those that add to them, and those that make others of them.
_SAME = frozenset(
    {
        "$match",
        "$sort",
        "$limit",
        "$skip",
        "$sample",
        "$unwind",
        "$redact",
        "$merge",
        "$out",
        "$unset",
        "$geoNear",
        "$search",
        "$fill",
    }
)
_ADDS = frozenset({"$addFields", "$set", "$lookup", "$graphLookup", "$setWindowFields"})


class Stage(Struct, frozen=True):
    """`name` is "" where nobody knows what stage it is. `original` is True while documents are those of the collection, `added` is what was put into them."""

    span: Span
    name: str
    body: Value
    original: bool
    added: frozenset[str] = frozenset()


def stages(value: Value) -> Iterator[Stage]:
    """The stages of a pipeline in order."""
    if not isinstance(value, ListValue):
        yield Stage(value.span, "", value, False)
        return
    original, added = True, frozenset[str]()
    for item in value.items:
        stage = item.options[0] if isinstance(item, EitherValue) and item.options else item
        entry = stage.entries[0] if isinstance(stage, ObjectValue) and stage.entries else None
        if entry is None or entry.key is None:
            yield Stage(item.span, "", item, original, added)
            original = False
            continue
        yield Stage(entry.span, entry.key, entry.value, original, added)
        if entry.key in _ADDS:
            added |= _names(entry.key, entry.value)
        elif entry.key == "$project" and _only_takes_away(entry.value):
            continue
        elif entry.key == "$project":
            added |= _computed(entry.value)
        elif entry.key not in _SAME:
            original = False
    if value.open:
        yield Stage(value.span, "", value, False)


def _names(name: str, body: Value) -> frozenset[str]:
    entries = body.entries if isinstance(body, ObjectValue) else ()
    if name in ("$lookup", "$graphLookup"):
        return frozenset(
            entry.value.text for entry in entries if entry.key == "as" and isinstance(entry.value, LiteralValue)
        )
    return frozenset((entry.key or "").partition(".")[0] for entry in entries if entry.key)


def _only_takes_away(body: Value) -> bool:
    entries = body.entries if isinstance(body, ObjectValue) else ()
    return all(isinstance(e.value, LiteralValue) and e.value.text in ("0", "false") for e in entries)


def _computed(body: Value) -> frozenset[str]:
    """Fields that a projection computes under a name of its own."""
    entries = body.entries if isinstance(body, ObjectValue) else ()
    return frozenset(
        (entry.key or "").partition(".")[0]
        for entry in entries
        if entry.key and not (isinstance(entry.value, LiteralValue) and entry.value.text in ("0", "1", "true", "false"))
    )
