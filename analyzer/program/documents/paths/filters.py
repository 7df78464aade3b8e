"""What a filter names.

What comes in: a filter as a Value. What goes out: PathUses and Gaps. Operators are those of MongoDB's reference (mongodb.com/docs/manual/reference/operator/query).
This module does not know what a collection holds.
"""

from collections.abc import Iterator

from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    Value,
)
from analyzer.program.documents.evaluation.index import last_name
from analyzer.program.documents.paths.uses import (
    Gap,
    Named,
    PathUse,
    bare,
    computed,
    has_position,
    joined,
    key_span,
    plain,
)

_LOGIC = frozenset({"$and", "$or", "$nor"})


# What is no field although it stands in a filter's keys.
_BESIDE = frozenset(
    {"$expr", "$where", "$text", "$comment", "$jsonSchema", "$sampleRate", "$rand", "$alwaysTrue", "$alwaysFalse"}
)


_DEPTH = 12


# How Beanie's conditions are written, by MongoDB's operators.
_SIGNS = {
    "==": "$eq", "!=": "$ne", ">": "$gt", ">=": "$gte", "<": "$lt", "<=": "$lte", "Eq": "$eq", "NE": "$ne", "GT": "$gt", "GTE": "$gte", "LT": "$lt",
    "LTE": "$lte", "In": "$in", "NotIn": "$nin", "Exists": "$exists", "RegEx": "$regex",
}  # fmt: skip


_KEYS = frozenset({"ObjectId", "PydanticObjectId"})


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
    if isinstance(value, CallValue) and depth < _DEPTH and not prefix:
        yield from _called(value, certain, depth)
        return
    if not isinstance(value, ObjectValue) or depth > _DEPTH:
        yield Gap(value.span, "filter")
        return
    if value.open:
        yield Gap(value.span, "filter")
    for entry in value.entries:
        yield from _condition(entry, prefix, certain and entry.certain, depth)


def _called(value: CallValue, certain: bool, depth: int) -> Iterator[Named]:
    """A condition of Beanie: `User.email == email`, `In(User.role, roles)`, `Or(a, b)` (beanie-odm.dev, "Finding documents", "Query Operators")."""
    name = last_name(value.callee)
    if name in ("And", "Or") and value.arguments and not value.open:
        for one in value.arguments:
            yield from filtered(one, certain=certain and name == "And", depth=depth + 1)
        return
    path = _attribute(value.arguments[0]) if len(value.arguments) == 2 else ""
    operator = _SIGNS.get(name)
    if not path or operator is None:
        yield Gap(value.span, "filter")
        return
    yield PathUse(value.arguments[0].span, path, "filter", operator, bare(value.arguments[1]), certain)


def _attribute(value: Value) -> str:
    """`User.address.city` is "address.city". What a link leads to is written `order.user.id`, and stored another way."""
    names: list[str] = []
    while isinstance(value, MemberValue):
        names.append(value.name)
        value = value.of
    known = isinstance(value, NameValue) and names and (len(names) == 1 or names[0] != "id")
    return ("_id" if names == ["id"] else ".".join(reversed(names))) if known else ""


def _condition(entry: Entry, prefix: str, certain: bool, depth: int) -> Iterator[Named]:
    key, inner = entry.key, bare(entry.value)
    if entry.is_spread:
        yield from filtered(inner, prefix, certain=False)
    elif key is None:
        yield from computed(entry, "filter", prefix)
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
        yield PathUse(key_span(entry), path, "filter", "$eq", inner, certain, positional=has_position(key))
        return
    for one in operators:
        name, given = one.key or "", bare(one.value)
        yield PathUse(
            key_span(entry), path, "filter", name, given, certain and one.certain, positional=has_position(key)
        )
        if name == "$elemMatch" or (name == "$not" and isinstance(given, ObjectValue)):
            inside = not any((e.key or "").startswith("$") for e in getattr(given, "entries", ()))
            yield from filtered(given, path, certain=certain, depth=depth + 1) if inside else ()


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
