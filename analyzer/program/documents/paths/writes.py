"""What updates and documents set.

What comes in: updates, documents and bulk requests as Values. What goes out: PathUses and Gaps. Operators are those of MongoDB's reference
(mongodb.com/docs/manual/reference/operator/update). This module does not know what a collection holds.
"""

from collections.abc import Iterator

from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    ListValue,
    LiteralValue,
    ObjectValue,
    Value,
)
from analyzer.program.documents.evaluation.index import last_name
from analyzer.program.documents.paths.filters import filtered
from analyzer.program.documents.paths.uses import (
    Gap,
    Named,
    PathUse,
    bare,
    computed,
    entries,
    has_position,
    is_true,
    joined,
    key_span,
    plain,
)

# Updates whose entries are written; `$unset`, `$pull` and the like only take away.
WRITES = frozenset({
    "$set", "$setOnInsert", "$inc", "$mul", "$min", "$max", "$push", "$addToSet", "$currentDate", "$bit", "$rename",
})  # fmt: skip


TAKES = frozenset({"$unset", "$pull", "$pullAll", "$pop"})


_DEPTH = 12


def updated(value: Value, framework: str = "") -> Iterator[Named]:
    """What an update writes. Without operators it is a document: mongoose sets its entries, a driver replaces by it."""
    value = bare(value)
    if isinstance(value, EitherValue):
        for option in value.options:
            yield from updated(option, framework)
        return
    if isinstance(value, ListValue):
        for stage in value.items:
            inner = bare(stage)
            for entry in inner.entries if isinstance(inner, ObjectValue) else ():
                if entry.key in ("$set", "$addFields", "$replaceWith", "$replaceRoot"):
                    yield from documented(entry.value, operator="$set")
        if value.open:
            yield Gap(value.span, "write")
        return
    if not isinstance(value, ObjectValue):
        yield Gap(value.span, "write", value)
        return
    if value.open:
        yield Gap(value.span, "write")
    for entry in value.entries:
        yield from _altered(entry)


def _altered(entry: Entry) -> Iterator[Named]:
    key = entry.key
    if entry.is_spread:
        yield from documented(entry.value, certain=False)
    elif key is None:
        yield from computed(entry, "write", "")
    elif key in TAKES:
        for inner in entries(entry.value):
            if inner.key is not None:
                path = joined("", inner.key)
                yield PathUse(key_span(inner), path, "write", key, bare(inner.value), entry.certain and inner.certain)
    elif key in WRITES:
        yield from documented(entry.value, operator=key, certain=entry.certain)
    elif not key.startswith("$"):
        yield from documented(ObjectValue(entry.span, (entry,)))


def documented(
    value: Value, prefix: str = "", operator: str = "", *, certain: bool = True, depth: int = 0
) -> Iterator[Named]:
    """What a document, or the object of an operator, sets."""
    value = bare(value)
    if isinstance(value, EitherValue) and depth < _DEPTH:
        for option in value.options:
            yield from documented(option, prefix, operator, certain=False, depth=depth + 1)
        return
    if isinstance(value, ListValue) and not prefix and not operator:
        for item in value.items:
            yield from documented(item, prefix, operator, certain=certain, depth=depth + 1)
        if value.open:
            yield Gap(value.span, "write")
        return
    if isinstance(value, LiteralValue) and value.kind == "null":
        return
    if not isinstance(value, ObjectValue) or depth > _DEPTH:
        yield Gap(value.span, "write", value, prefix)
        return
    if value.open:
        yield Gap(value.span, "write")
    for entry in value.entries:
        if entry.is_spread:
            yield from documented(entry.value, prefix, certain=False)
            continue
        if entry.key is None:
            yield from computed(entry, "write", prefix)
            continue
        inner = bare(entry.value)
        path = joined(prefix, entry.key)
        sure = certain and entry.certain
        yield PathUse(key_span(entry), path, "write", operator, inner, sure, positional=has_position(entry.key))
        if operator == "$rename" and isinstance(inner, LiteralValue):
            yield PathUse(inner.span, plain(inner.text), "write", "$rename", None, sure)


def requested(value: Value) -> Iterator[Named]:
    """Bulk writes: `UpdateOne(filter, update)` and `{updateOne: {filter, update}}`."""
    value = bare(value)
    if not isinstance(value, ListValue):
        yield Gap(value.span, "write", value)
        return
    if value.open:
        yield Gap(value.span, "write")
    for item in value.items:
        yield from _request(bare(item))


def _request(item: Value) -> Iterator[Named]:
    if isinstance(item, CallValue):
        name, given = last_name(item.callee), item.arguments
        if name in ("UpdateOne", "UpdateMany") and len(given) > 1:
            yield from filtered(given[0])
            yield from updated(given[1])
            if any(word.name == "upsert" and is_true(word.value) for word in item.keywords):
                yield from inserted(given[0])
        elif name == "InsertOne" and given:
            yield from documented(given[0])
        elif name in ("DeleteOne", "DeleteMany") and given:
            yield from filtered(given[0])
        elif name == "ReplaceOne" and len(given) > 1:
            yield from filtered(given[0])
            yield from documented(given[1])
        else:
            yield Gap(item.span, "write")
    elif isinstance(item, ObjectValue):
        for entry in item.entries:
            for inner in entries(entry.value):
                if inner.key == "filter":
                    yield from filtered(inner.value)
                elif inner.key == "update":
                    yield from updated(inner.value)
                elif inner.key in ("document", "replacement"):
                    yield from documented(inner.value)
    else:
        yield Gap(item.span, "write")


def inserted(value: Value) -> Iterator[Named]:
    """What an upsert writes of its filter: what must be equal."""
    for one in filtered(value):
        if isinstance(one, PathUse) and one.operator == "$eq" and one.certain:
            yield PathUse(one.span, one.path, "write", "upsert", one.value)
