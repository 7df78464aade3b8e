"""What changes in place make of objects and lists.

What comes in: a value, and a Change that ran or may have run. What goes out: the value behind it. This module does not know when a change runs: the reader does.
"""

from typing import Literal, Protocol

from msgspec import Struct
from tree_sitter import Node

from analyzer.facts.source import Span
from analyzer.facts.value import EitherValue, Entry, ListValue, ObjectValue, TypedValue, UnknownValue, Value

ChangeKind = Literal["entry", "merge", "item", "items", "first", "lost", "handed"]


class Change(Struct, frozen=True):
    """What alters the object or list that a name holds, at `node`; what lies at `path` inside of it, where there is one.

    "entry" sets `key` (a node, or a name) to `value`; "merge" takes the entries of `value`; "item" adds one, "items" those of another list, "first" one
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
            return ObjectValue(
                value.span, (*value.entries, *_entries(change, certain, reader)), value.open or change.kind == "handed"
            )
        case ListValue():
            return _listed(change, value, certain, reader)
        case _ if not path and (entries := _entries(change, certain, reader)):
            # An object that came from elsewhere, with more put in.
            return ObjectValue(value.span, (Entry(value.span, None, value), *entries))
        case _:
            return value


def _inside(
    change: Change, path: tuple[Node | str, ...], value: ObjectValue | ListValue, certain: bool, reader: Evaluation
) -> Value:
    """The value with the change made to what lies in it."""
    key, _ = _key(path[0], reader)
    if isinstance(value, ListValue):
        index = int(key) if key is not None and key.isdecimal() else len(value.items)
        if index >= len(value.items):
            return value
        item = _after(change, path[1:], value.items[index], certain, reader)
        return ListValue(value.span, (*value.items[:index], item, *value.items[index + 1 :]), value.open)
    last = max((index for index, entry in enumerate(value.entries) if entry.key == key), default=-1)
    if key is None or last < 0:
        return ObjectValue(value.span, value.entries, open=True)
    entry = value.entries[last]
    entry = Entry(entry.span, key, _after(change, path[1:], entry.value, certain, reader), None, entry.certain)
    return ObjectValue(value.span, (*value.entries[:last], entry, *value.entries[last + 1 :]), value.open)


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


def _entries(change: Change, certain: bool, reader: Evaluation) -> tuple[Entry, ...]:
    span = reader.span(change.node)
    given = reader.value(change.value) if change.value is not None else UnknownValue(span, "changed")
    match change.kind:
        case "entry" if change.key is not None:
            key, computed = _key(change.key, reader)
            return (Entry(span, key, given, computed, certain),)
        case "merge":
            return (Entry(span, None, given, None, certain),)
        case _:
            return ()
