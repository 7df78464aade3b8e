"""Orders, keys of indexes and projections.

What comes in: Values. What goes out: PathUses. Names of directions are those of PyMongo and mongoose. This module does not know which orders an index gives.
"""

from collections.abc import Iterator

from analyzer.facts.document import DIRECTIONS
from analyzer.facts.value import (
    EitherValue,
    ListValue,
    LiteralValue,
    ObjectValue,
    Value,
)
from analyzer.program.documents.paths.uses import (
    Gap,
    Named,
    PathRole,
    PathUse,
    bare,
    key_span,
    plain,
    replace_certain,
)


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
                        key_span(entry),
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


def direction(value: Value) -> str:
    """Which way, as "1" or "-1", or what kind of index it is; "" where nobody knows. Names are those of pymongo and mongoose."""
    if isinstance(value, LiteralValue):
        return {"asc": "1", "ascending": "1", "desc": "-1", "descending": "-1"}.get(value.text, value.text)
    return DIRECTIONS.get(getattr(value, "name", ""), "")


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
                yield PathUse(key_span(entry), plain(entry.key), "read", certain=False)


def _is_expression(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "string"
