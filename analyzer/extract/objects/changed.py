"""What changes in place make of objects and lists.

What comes in: a value, and a Change that ran or may have run. What goes out: the value behind it. This module does not know when a change runs: the reader does.
"""

from typing import Literal, Protocol

from msgspec import Struct
from tree_sitter import Node

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

ChangeKind = Literal["entry", "default", "merge", "item", "items", "first", "lost", "handed"]


_PUT = frozenset({"entry", "default", "merge"})


class Change(Struct, frozen=True):
    """What alters the object or list that a name holds, at `node`; what lies at `path` inside of it, where there is one.

    "entry" sets `key` (a node, or a name) to `value`, "default" where there is none; "merge" takes the entries of `value`; "item" adds one, "items" those of another list, "first" one
    at the beginning; "lost" takes `key` away; "handed" gives the object to something that may do anything to it.
    """

    name: str
    node: Node
    kind: ChangeKind
    key: Node | str | None = None
    value: Node | None = None
    path: tuple[Node | str, ...] = ()


class Evaluation(Protocol):
    """Evaluation over one file."""

    def value(self, node: Node) -> Value: ...

    def span(self, node: Node) -> Span: ...

    def key(self, node: Node) -> tuple[str | None, Value | None]: ...


def changed(value: Value, change: Change, certain: bool, reader: Evaluation) -> Value:
    """The value behind a change; `certain` where it ran whenever the place of use is reached."""
    return _after(change, change.path, value, certain, reader)


def _after(change: Change, path: tuple[Node | str, ...], value: Value, certain: bool, reader: Evaluation) -> Value:
    match value:
        case TypedValue():
            return TypedValue(value.span, value.declared, _after(change, path, value.of, certain, reader))
        case EitherValue():
            options = tuple(_after(change, path, option, certain, reader) for option in value.options)
            return EitherValue(value.span, options)
        case ObjectValue() | ListValue() if path:
            return _inside(change, path, value, certain, reader)
        case ObjectValue() if change.kind == "lost":
            return _without(change, value, certain, reader)
        case ObjectValue():
            entries = (*value.entries, *_entries(change, value, certain, reader))
            return ObjectValue(value.span, entries, value.open or change.kind == "handed")
        case ListValue():
            return _listed(change, value, certain, reader)
        case _ if path or change.kind in _PUT:
            # An object that came from elsewhere, with more put in.
            return _after(change, path, ObjectValue(value.span, (Entry(value.span, None, value),)), certain, reader)
        case _:
            return value


def _inside(
    change: Change, path: tuple[Node | str, ...], value: ObjectValue | ListValue, certain: bool, reader: Evaluation
) -> Value:
    """The value with the change made to what lies in it."""
    key, computed = _key(path[0], reader)
    if isinstance(value, ListValue):
        index = int(key) if key is not None and key.isdecimal() else len(value.items)
        if index >= len(value.items):
            return value
        item = _after(change, path[1:], value.items[index], certain, reader)
        return ListValue(value.span, (*value.items[:index], item, *value.items[index + 1 :]), value.open)
    last = max((index for index, entry in enumerate(value.entries) if entry.key == key), default=-1)
    if key is None or last < 0 or any(entry.is_spread for entry in value.entries[last + 1 :]):
        span = reader.span(change.node)
        base = _held(value, key, computed, span)
        if base is None:
            return ObjectValue(value.span, value.entries, open=True)
        held = _after(change, path[1:], base, certain, reader)
        return ObjectValue(value.span, (*value.entries, Entry(span, key, held, computed, certain)), value.open)
    entry = value.entries[last]
    entry = Entry(entry.span, key, _after(change, path[1:], entry.value, certain, reader), None, entry.certain)
    return ObjectValue(value.span, (*value.entries[:last], entry, *value.entries[last + 1 :]), value.open)


def _held(value: ObjectValue, key: str | None, computed: Value | None, span: Span) -> Value | None:
    """What an object holds under a key that it takes from another."""
    spread = next((entry.value for entry in reversed(value.entries) if entry.is_spread), None)
    if spread is None:
        return None
    if key is not None:
        return MemberValue(span, spread, key)
    return ItemValue(span, spread, computed or UnknownValue(span, "key"))


def _without(change: Change, value: ObjectValue, certain: bool, reader: Evaluation) -> Value:
    """The object without an entry, or with one that is there sometimes."""
    key, _ = _key(change.key, reader) if change.key is not None else (None, None)
    kept = []
    for entry in value.entries:
        if key is not None and entry.key == key and certain:
            continue
        lost = key is None or entry.key == key
        kept.append(Entry(entry.span, entry.key, entry.value, entry.computed, entry.certain and not lost))
    return ObjectValue(value.span, tuple(kept), value.open)


def _listed(change: Change, value: ListValue, certain: bool, reader: Evaluation) -> Value:
    given = (
        reader.value(change.value) if change.value is not None else UnknownValue(reader.span(change.node), "changed")
    )
    match change.kind:
        case "first" | "item":
            items = (given, *value.items) if change.kind == "first" else (*value.items, given)
            return ListValue(value.span, items, value.open or not certain)
        case "items" if isinstance(given, ListValue):
            return ListValue(value.span, (*value.items, *given.items), value.open or given.open or not certain)
        case _:
            return ListValue(value.span, value.items, open=True)


def _key(key: Node | str, reader: Evaluation) -> tuple[str | None, Value | None]:
    return (key, None) if isinstance(key, str) else reader.key(key)


def _entries(change: Change, value: ObjectValue, certain: bool, reader: Evaluation) -> tuple[Entry, ...]:
    span = reader.span(change.node)
    given = reader.value(change.value) if change.value is not None else UnknownValue(span, "changed")
    match change.kind:
        case "entry" | "default" if change.key is not None:
            key, computed = _key(change.key, reader)
            is_there = key is not None and any(entry.key == key and entry.certain for entry in value.entries)
            kept = change.kind == "default" and is_there
            return () if kept else (Entry(span, key, given, computed, certain),)
        case "merge":
            return (Entry(span, None, given, None, certain),)
        case _:
            return ()
