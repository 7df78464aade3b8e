"""The paths of fields that a query names, and what it does with each.

What comes in: a DocumentQuery. What goes out: PathUses in source order, and Gaps where nobody knows what is named. Operators and stages are those of MongoDB's
reference (mongodb.com/docs/manual/reference/operator). A path has no positions: `items.0.sku` and `items.$.sku` are `items.sku`. This module does not know
what a collection holds.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    ListValue,
    LiteralValue,
    ObjectValue,
    TextValue,
    TypedValue,
    Value,
)
from analyzer.program.documents.index import last_name
from analyzer.program.documents.pipeline import stages
from analyzer.program.documents.query import DocumentQuery

PathRole = Literal["filter", "write", "read", "order", "group", "define"]
_LOGIC = frozenset({"$and", "$or", "$nor"})
# What is no field although it stands in a filter's keys.
_BESIDE = frozenset(
    {"$expr", "$where", "$text", "$comment", "$jsonSchema", "$sampleRate", "$rand", "$alwaysTrue", "$alwaysFalse"}
)
# Updates whose entries are written; `$unset`, `$pull` and the like only take away.
WRITES = frozenset({
    "$set", "$setOnInsert", "$inc", "$mul", "$min", "$max", "$push", "$addToSet", "$currentDate", "$bit", "$rename",
})  # fmt: skip
TAKES = frozenset({"$unset", "$pull", "$pullAll", "$pop"})
_DEPTH = 12
_KEYS = frozenset({"ObjectId", "PydanticObjectId"})


class PathUse(Struct, frozen=True):
    """`operator` is that of a filter ("$eq" where none is written) or an update ("$set"; "" of a document). `value` is what it is held against or set to.

    `collection` is another one than the query's, of a `$lookup`. `certain` is False where it is only there sometimes. `at` says where in an order it
    stands, `-1` or `1` its `direction`. `positional` is True where the path went through a place in an array.
    """

    span: Span
    path: str
    role: PathRole
    operator: str = ""
    value: Value | None = None
    certain: bool = True
    collection: str = ""
    direction: str = ""
    positional: bool = False

    @property
    def is_negative(self) -> bool:
        """Whether a document without the field matches the condition."""
        is_null = isinstance(self.value, LiteralValue) and self.value.kind == "null"
        return (self.operator in ("$ne", "$nin", "$not") and not is_null) or (self.operator == "$eq" and is_null)


class Gap(Struct, frozen=True):
    """A part of a query of which nobody knows what it names: `value`, below `prefix`."""

    span: Span
    role: PathRole
    value: Value | None = None
    prefix: str = ""


Named = PathUse | Gap


def paths(query: DocumentQuery) -> Iterator[Named]:
    """Everything a query names of its collections' documents."""
    for role, value in query.given:
        yield from _of_role(role, value, query)
    if query.is_set("upsert"):
        for role, value in query.given:
            yield from _inserted(value) if role == "filter" else ()
    for step in query.steps:
        first = step.call.arguments[0] if step.call.arguments else None
        if step.name in ("sort", "order_by"):
            yield from sort_paths(step.call.arguments)
        elif step.name in ("select", "project") and first is not None:
            yield from projected(first)
        elif step.name in ("distinct", "where") and isinstance(first, LiteralValue):
            yield from _use(first, first.text, "read" if step.name == "distinct" else "filter")
        elif step.name in ("update", "update_one", "update_many", "updateOne", "updateMany") and first is not None:
            yield from updated(first)
        elif step.name in ("find", "findOne", "filter", "countDocuments", "deleteMany") and first is not None:
            yield from filtered(first)


def _inserted(value: Value) -> Iterator[Named]:
    """What an upsert writes of its filter: what must be equal."""
    for one in filtered(value):
        if isinstance(one, PathUse) and one.operator == "$eq" and one.certain:
            yield PathUse(one.span, one.path, "write", "upsert", one.value)


def _of_role(role: str, value: Value, query: DocumentQuery) -> Iterator[Named]:
    match role:
        case "filter" | "criteria":
            yield from filtered(value)
        case "id":
            yield PathUse(value.span, "_id", "filter", "$eq", value)
        case "update" | "set":
            yield from updated(value, query.framework)
        case "document" | "documents":
            yield from documented(value)
        case "projection":
            yield from projected(value)
        case "sort":
            yield from sort_paths((value,))
        case "keys":
            yield from (one for one in sort_paths((value,), "define"))
        case "path" if isinstance(value, LiteralValue):
            yield from _use(value, value.text, "filter" if query.method == "where" else "read")
        case "pipeline":
            yield from _piped(value)
        case "requests":
            yield from requested(value)
        case "options" if isinstance(value, ObjectValue):
            for entry in value.entries:
                if entry.key in ("sort", "projection", "fields", "select"):
                    yield from sort_paths((entry.value,)) if entry.key == "sort" else projected(entry.value)
        case _:
            return


# ---------------------------------------------------------------------- filters
def filtered(value: Value, prefix: str = "", *, certain: bool = True, depth: int = 0) -> Iterator[Named]:
    """What a filter names."""
    value = bare(value)
    if isinstance(value, EitherValue) and depth < _DEPTH:
        for option in value.options:
            yield from filtered(option, prefix, certain=False, depth=depth + 1)
        return
    if isinstance(value, LiteralValue) and value.kind == "null":
        return
    if isinstance(value, CallValue) and last_name(value.callee) in _KEYS and not prefix:
        # PyMongo takes what is no dict for the key.
        yield PathUse(value.span, "_id", "filter", "$eq", value)
        return
    if not isinstance(value, ObjectValue) or depth > _DEPTH:
        yield Gap(value.span, "filter")
        return
    if value.open:
        yield Gap(value.span, "filter")
    for entry in value.entries:
        yield from _condition(entry, prefix, certain and entry.certain, depth)


def _condition(entry: Entry, prefix: str, certain: bool, depth: int) -> Iterator[Named]:
    key, inner = entry.key, bare(entry.value)
    if key is None:
        yield from _computed(entry, "filter", prefix)
    elif key in _LOGIC:
        if not isinstance(inner, ListValue):
            yield Gap(inner.span, "filter")
            return
        if inner.open:
            yield Gap(inner.span, "filter")
        alone = len(inner.items) == 1 and not inner.open
        for item in inner.items:
            yield from filtered(item, prefix, certain=certain and (key == "$and" or alone), depth=depth + 1)
    elif key in ("$not", "$elemMatch"):
        yield from filtered(inner, prefix, certain=certain, depth=depth + 1)
    elif key == "$expr":
        yield from _expressed(inner)
    elif key in _BESIDE or key.startswith("$"):
        return
    else:
        yield from _compared(entry, key, inner, prefix, certain, depth)


def _compared(entry: Entry, key: str, inner: Value, prefix: str, certain: bool, depth: int) -> Iterator[Named]:
    path = joined(prefix, key)
    operators = (
        [one for one in inner.entries if (one.key or "").startswith("$")] if isinstance(inner, ObjectValue) else []
    )
    if not operators:
        yield PathUse(_key_span(entry), path, "filter", "$eq", inner, certain, positional=_has_position(key))
        return
    for one in operators:
        name, given = one.key or "", bare(one.value)
        yield PathUse(
            _key_span(entry), path, "filter", name, given, certain and one.certain, positional=_has_position(key)
        )
        if name == "$elemMatch" or (name == "$not" and isinstance(given, ObjectValue)):
            inside = not any((e.key or "").startswith("$") for e in getattr(given, "entries", ()))
            yield from filtered(given, path, certain=certain, depth=depth + 1) if inside else ()


def _computed(entry: Entry, role: PathRole, prefix: str) -> Iterator[Named]:
    """An entry whose key is computed, or another object spread in: what is known of it."""
    inner = bare(entry.value)
    if entry.is_spread and role == "filter":
        yield from filtered(inner, prefix, certain=False)
    elif entry.is_spread and role == "write":
        yield from documented(inner, prefix, certain=False)
    elif isinstance(entry.computed, EitherValue):
        for option in entry.computed.options:
            if isinstance(option, LiteralValue) and not option.text.startswith("$"):
                yield PathUse(_key_span(entry), joined(prefix, option.text), role, "$eq", inner, False)
            elif not isinstance(option, LiteralValue):
                yield Gap(entry.span, role)
    elif role == "filter" and (known := _known_part(entry.computed)):
        # Somewhere inside of a field that is known.
        yield PathUse(entry.span, joined(prefix, known), role, "", None, False)
    else:
        yield Gap(entry.span, role, None, joined(prefix, _known_part(entry.computed)))


def _known_part(value: Value | None) -> str:
    """The part of a computed path that is sure: `settings` of `settings.${key}`."""
    first = value.pieces[0] if isinstance(value, TextValue) and value.pieces else None
    return first.text.rpartition(".")[0] if isinstance(first, LiteralValue) else ""


def _expressed(value: Value, collection: str = "") -> Iterator[Named]:
    """Fields of an expression: `"$total"`."""
    for text in field_texts(value):
        yield PathUse(text.span, plain(text.text[1:]), "read", "$expr", None, False, collection)


def field_texts(value: Value, depth: int = 0) -> Iterator[LiteralValue]:
    value = bare(value)
    if isinstance(value, LiteralValue):
        if (
            value.kind == "string"
            and value.text.startswith("$")
            and not value.text.startswith("$$")
            and len(value.text) > 1
        ):
            yield value
    elif isinstance(value, ListValue) and depth < _DEPTH:
        for item in value.items:
            yield from field_texts(item, depth + 1)
    elif isinstance(value, ObjectValue) and depth < _DEPTH:
        for entry in value.entries:
            if entry.key != "$literal":
                yield from field_texts(entry.value, depth + 1)


# ---------------------------------------------------------------------- writes
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
    if key is None:
        yield from _computed(entry, "write", "")
    elif key in TAKES:
        for inner in _entries(entry.value):
            if inner.key is not None:
                path = joined("", inner.key)
                yield PathUse(_key_span(inner), path, "write", key, bare(inner.value), entry.certain and inner.certain)
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
        if entry.key is None:
            yield from _computed(entry, "write", prefix)
            continue
        inner = bare(entry.value)
        path = joined(prefix, entry.key)
        sure = certain and entry.certain
        yield PathUse(_key_span(entry), path, "write", operator, inner, sure, positional=_has_position(entry.key))
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
                yield from _inserted(given[0])
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
            for inner in _entries(entry.value):
                if inner.key == "filter":
                    yield from filtered(inner.value)
                elif inner.key == "update":
                    yield from updated(inner.value)
                elif inner.key in ("document", "replacement"):
                    yield from documented(inner.value)
    else:
        yield Gap(item.span, "write")


# ---------------------------------------------------------------------- orders and projections
def sort_paths(given: tuple[Value, ...], role: PathRole = "order") -> Iterator[Named]:
    """`.sort("a", -1)`, `.sort([("a", 1)])`, `.sort({a: 1})`, `.sort("-a b")`."""
    if not given:
        return
    first = bare(given[0])
    match first:
        case LiteralValue(kind="string", text=text) if len(given) > 1 and not isinstance(given[1], ObjectValue):
            yield PathUse(first.span, plain(text), role, direction=direction(bare(given[1])))
        case LiteralValue(kind="string", text=text):
            for word in text.split():
                yield PathUse(
                    first.span, plain(word.lstrip("-+")), role, direction="-1" if word.startswith("-") else "1"
                )
        case ListValue(items=items):
            yield from _sort_items(items, role)
        case ObjectValue(entries=entries):
            for entry in entries:
                if isinstance(bare(entry.value), ObjectValue):
                    continue  # `{score: {$meta: "textScore"}}` is no field.
                if entry.key is not None:
                    yield PathUse(
                        _key_span(entry),
                        plain(entry.key),
                        role,
                        direction=direction(bare(entry.value)),
                        certain=entry.certain,
                    )
                else:
                    yield Gap(entry.span, role)
        case EitherValue(options=options):
            for option in options:
                yield from (replace_certain(one) for one in sort_paths((option,), role))
        case LiteralValue(kind="null"):
            return
        case _:
            yield Gap(first.span, role)


def _sort_items(items: tuple[Value, ...], role: PathRole) -> Iterator[Named]:
    for item in map(bare, items):
        if isinstance(item, ListValue) and item.items and isinstance(bare(item.items[0]), LiteralValue):
            name = bare(item.items[0])
            if len(item.items) > 1 and isinstance(bare(item.items[1]), ObjectValue):
                continue
            way = direction(bare(item.items[1])) if len(item.items) > 1 else "1"
            yield PathUse(name.span, plain(name.text if isinstance(name, LiteralValue) else ""), role, direction=way)
        elif isinstance(item, LiteralValue) and item.kind == "string":
            yield PathUse(item.span, plain(item.text), role, direction="1")
        elif isinstance(item, ObjectValue):
            yield from sort_paths((item,), role)
        else:
            yield Gap(item.span, role)


def replace_certain(one: Named) -> Named:
    return replace(one, certain=False) if isinstance(one, PathUse) else one


def direction(value: Value) -> str:
    """Which way, as "1" or "-1", or what kind of index it is; "" where nobody knows. Names are those of pymongo and mongoose."""
    if isinstance(value, LiteralValue):
        return {"asc": "1", "ascending": "1", "desc": "-1", "descending": "-1"}.get(value.text, value.text)
    name = getattr(value, "name", "")
    return {
        "ASCENDING": "1",
        "DESCENDING": "-1",
        "TEXT": "text",
        "HASHED": "hashed",
        "GEOSPHERE": "2dsphere",
        "GEO2D": "2d",
    }.get(name, "")


def projected(value: Value) -> Iterator[Named]:
    """What a projection names."""
    value = bare(value)
    if isinstance(value, LiteralValue) and value.kind == "string":
        for word in value.text.split():
            if word.lstrip("-+") != "":
                yield PathUse(value.span, plain(word.lstrip("-+")), "read")
    elif isinstance(value, ListValue):
        for item in map(bare, value.items):
            if isinstance(item, LiteralValue):
                yield PathUse(item.span, plain(item.text.lstrip("-+")), "read")
    elif isinstance(value, ObjectValue):
        for entry in value.entries:
            if (
                entry.key is not None
                and not isinstance(bare(entry.value), ObjectValue)
                and not _is_expression(bare(entry.value))
            ):
                yield PathUse(_key_span(entry), plain(entry.key), "read", certain=False)


def _is_expression(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "string"


def _piped(value: Value) -> Iterator[Named]:
    for stage in stages(value):
        if stage.name == "":
            yield Gap(stage.span, "read")
        elif stage.name == "$match" and stage.original:
            yield from _without(filtered(stage.body), stage.added)
        elif stage.name == "$sort" and stage.original:
            yield from _without(sort_paths((stage.body,)), stage.added)
        elif stage.name == "$lookup":
            yield from _looked_up(stage.body, original=stage.original, added=stage.added)
        elif stage.original and stage.name in (
            "$group",
            "$project",
            "$addFields",
            "$set",
            "$unwind",
            "$bucket",
            "$sortByCount",
            "$replaceRoot",
        ):
            role: PathRole = "group" if stage.name == "$group" else "read"
            named = [PathUse(t.span, plain(t.text[1:]), role, stage.name, None, False) for t in field_texts(stage.body)]
            yield from _without(iter(named), stage.added)


def _without(named: Iterator[Named], added: frozenset[str]) -> Iterator[Named]:
    """Fields of the documents themselves: not what an earlier stage put in."""
    for one in named:
        if isinstance(one, Gap) or one.path.partition(".")[0] not in added:
            yield one


def _looked_up(body: Value, *, original: bool, added: frozenset[str]) -> Iterator[Named]:
    entries = {entry.key: bare(entry.value) for entry in _entries(body)}
    source, local, foreign = (entries.get(key) for key in ("from", "localField", "foreignField"))
    if isinstance(local, LiteralValue) and original:
        yield from _without(iter((PathUse(local.span, plain(local.text), "read", "$lookup"),)), added)
    if isinstance(source, LiteralValue) and isinstance(foreign, LiteralValue):
        yield PathUse(foreign.span, plain(foreign.text), "filter", "$lookup", None, True, source.text)


# ---------------------------------------------------------------------- pieces
def bare(value: Value) -> Value:
    """A value without the type that code gives it, unless nothing else is known."""
    return (
        value.of
        if isinstance(value, TypedValue) and isinstance(value.of, ObjectValue | ListValue | LiteralValue | EitherValue)
        else value
    )


def is_true(value: Value | None) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "bool" and value.text == "true"


def _entries(value: Value) -> tuple[Entry, ...]:
    value = bare(value)
    return value.entries if isinstance(value, ObjectValue) else ()


def _use(value: LiteralValue, text: str, role: PathRole) -> Iterator[Named]:
    yield PathUse(value.span, plain(text), role)


def joined(prefix: str, key: str) -> str:
    path = plain(key)
    return f"{prefix}.{path}" if prefix and path else prefix or path


def plain(path: str) -> str:
    """A path without positions in arrays."""
    return ".".join(part for part in path.split(".") if part and not part.isdigit() and not part.startswith("$"))


def _has_position(key: str) -> bool:
    return any(part.isdigit() or part.startswith("$") for part in key.split(".")[1:])


def _key_span(entry: Entry) -> Span:
    """Where the key of an entry stands."""
    length = len((entry.key or "").encode())
    start = entry.span.start
    return Span(entry.span.path, start, min(entry.span.end, start + length + 2)) if entry.key else entry.span
