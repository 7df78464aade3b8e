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
_MAKES = frozenset({"$addFields", "$set", "$lookup", "$graphLookup", "$setWindowFields", "$project"})
# What of a stage's body names the fields that it adds: the keys of the object there, or the text.
_ADDS: dict[str, tuple[str, ...]] = {
    "$lookup": ("as",), "$graphLookup": ("as",), "$setWindowFields": ("output",), "$fill": ("output",), "$geoNear": ("distanceField", "includeLocs"),
    "$unwind": ("includeArrayIndex",),
}  # fmt: skip


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
        more = _added(entry.key, entry.value) if entry.key in _SAME or entry.key in _MAKES else None
        original = original and more is not None and not value.open
        added |= more or frozenset()
    if value.open:
        yield Stage(value.span, "", value, False)


def _added(name: str, body: Value) -> frozenset[str] | None:
    """The fields that a stage adds; None where it may add any."""
    if name in ("$addFields", "$set"):
        return _keys(body)
    if name == "$project":
        return _keys(body, plainly=False)
    found: frozenset[str] | None = frozenset()
    for entry in body.entries if isinstance(body, ObjectValue) else ():
        if entry.key in _ADDS.get(name, ()):
            text = frozenset((entry.value.text.partition(".")[0],)) if isinstance(entry.value, LiteralValue) else None
            more = _keys(entry.value) if isinstance(entry.value, ObjectValue) else text
            found = found | more if found is not None and more is not None else None
    return found


def _keys(body: Value, *, plainly: bool = True) -> frozenset[str] | None:
    """The heads of an object's keys, without those that only let a field through (`name: 1`); None where others may be there."""
    if not isinstance(body, ObjectValue) or body.open or any(entry.key is None for entry in body.entries):
        return None
    return frozenset(
        (entry.key or "").partition(".")[0] for entry in body.entries if plainly or not _lets_through(entry.value)
    )


def _lets_through(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.text in ("0", "1", "true", "false")
