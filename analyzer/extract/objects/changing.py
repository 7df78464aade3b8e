"""An object or list after one change in place.

What comes in: Values. What goes out: Values. This module does not know nodes or languages.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    Entry,
    ItemValue,
    ListValue,
    MemberValue,
    ObjectValue,
    TypedValue,
    UnknownValue,
    Value,
)

ChangeKind = Literal["entry", "merge", "default", "item", "items", "first", "lost", "handed"]
Key = tuple[str | None, Value | None]


class Effect(Struct, frozen=True):
    """What a change does, evaluated. `path` leads to the object inside that is changed; `certain` is False where it may not have happened, `repeated`
    is True where it may have happened more than once.
    """

    span: Span
    kind: ChangeKind
    path: tuple[Key, ...] = ()
    key: Key = (None, None)
    value: Value | None = None
    certain: bool = True
    repeated: bool = False


def after(value: Value, effect: Effect, path: tuple[Key, ...]) -> Value:
    """The value once a change has happened inside of it, `path` further in."""
    match value:
        case EitherValue():
            return EitherValue(value.span, tuple(after(option, effect, path) for option in value.options))
        case TypedValue():
            return TypedValue(value.span, value.declared, after(value.of, effect, path))
        case ObjectValue() if path:
            return _inside(value, effect, path)
        case ListValue() if path:
            return _at(value, effect, path)
        case ObjectValue():
            return _object(value, effect)
        case ListValue():
            return _list(value, effect)
        case _ if path or effect.kind in ("entry", "merge", "default"):
            # An object that came from elsewhere, with more put in.
            return after(ObjectValue(value.span, (Entry(value.span, None, value),)), effect, path)
        case _:
            return value


def _inside(value: ObjectValue, effect: Effect, path: tuple[Key, ...]) -> Value:
    key, computed = path[0]
    for index in range(len(value.entries) - 1, -1, -1):
        entry = value.entries[index]
        if key is not None and entry.key == key:
            inner = Entry(entry.span, key, after(entry.value, effect, path[1:]), None, entry.certain)
            return ObjectValue(value.span, (*value.entries[:index], inner, *value.entries[index + 1 :]), value.open)
        if entry.key is None:
            break
    held: Value = UnknownValue(effect.span, "changed")
    spread = value.entries[-1].value if value.entries and value.entries[-1].is_spread else None
    if spread is not None and key is not None:
        held = MemberValue(effect.span, spread, key)
    elif spread is not None and computed is not None:
        held = ItemValue(effect.span, spread, computed)
    added = Entry(effect.span, key, after(held, effect, path[1:]), computed, effect.certain)
    return ObjectValue(value.span, (*value.entries, added), value.open)


def _at(value: ListValue, effect: Effect, path: tuple[Key, ...]) -> Value:
    key = path[0][0]
    index = int(key) if key is not None and key.isdecimal() else len(value.items)
    if index >= len(value.items):
        return value
    item = after(value.items[index], effect, path[1:])
    return ListValue(value.span, (*value.items[:index], item, *value.items[index + 1 :]), value.open)


def _object(value: ObjectValue, effect: Effect) -> ObjectValue:
    key, computed = effect.key
    given = effect.value or UnknownValue(effect.span, "changed")
    entries = value.entries
    match effect.kind:
        case "entry":
            entries = (*entries, Entry(effect.span, key, given, computed, effect.certain))
        case "merge":
            entries = (*entries, Entry(effect.span, None, given, None, effect.certain))
        case "default":
            known = key is not None and any(entry.key == key and entry.certain for entry in entries)
            entries = entries if known else (*entries, Entry(effect.span, key, given, computed, effect.certain))
        case "lost":
            entries = tuple(one for entry in entries if (one := _without(entry, key, effect.certain)) is not None)
        case _:
            pass
    return ObjectValue(value.span, entries, value.open or effect.kind == "handed")


def _without(entry: Entry, key: str | None, certain: bool) -> Entry | None:
    """What is left of an entry; any of them may be lost where nobody knows the key."""
    if key is not None and entry.key != key:
        return entry
    return (
        None
        if certain and key is not None
        else Entry(entry.span, entry.key, entry.value, entry.computed, certain=False)
    )


def _list(value: ListValue, effect: Effect) -> ListValue:
    given = effect.value
    match effect.kind:
        case "item" | "first" if given is not None:
            items = (given, *value.items) if effect.kind == "first" else (*value.items, given)
            return ListValue(value.span, items, value.open or effect.repeated or not effect.certain)
        case "items" if isinstance(given, ListValue):
            more = value.open or given.open or effect.repeated or not effect.certain
            return ListValue(value.span, (*value.items, *given.items), more)
        case "items" | "handed" | "item" | "first" | "lost":
            return ListValue(value.span, value.items, open=True)
        case _:
            return value
