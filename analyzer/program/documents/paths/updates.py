"""Updates as their operators set paths: which path is set by which, as it is written.

What comes in: a DocumentQuery. What goes out: for each update that it makes, what its operators set for sure, and the pairs that the server refuses. Source:
mongodb.com/docs/manual/reference/operator/update, error 40 (ConflictingUpdateOperators). A pipeline has no operators. This module does not know collections.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, EitherValue, Entry, ListValue, LiteralValue, ObjectValue, Value
from analyzer.program.documents.evaluation.index import last_name
from analyzer.program.documents.paths.uses import bare
from analyzer.program.documents.paths.writes import TAKES, WRITES
from analyzer.program.documents.query import DocumentQuery

_UPDATES = ("updateOne", "updateMany", "update_one", "update_many", "update")


class Setting(Struct, frozen=True):
    """A path that an operator sets; `path` is as it is written, with its positions."""

    span: Span
    operator: str
    path: str


def conflicts(query: DocumentQuery) -> Iterator[tuple[Setting, Setting]]:
    """Settings of one update that the server refuses together: of one path, or of a path and what lies around it."""
    for update in _updates(query):
        settings = tuple(_settings(update))
        for index, second in enumerate(settings):
            for first in settings[:index]:
                if _clash(first.path, second.path):
                    yield first, second
                    break


def _clash(first: str, second: str) -> bool:
    return first == second or first.startswith(f"{second}.") or second.startswith(f"{first}.")


def _updates(query: DocumentQuery) -> Iterator[ObjectValue]:
    for role, value in query.given:
        if role == "update":
            yield from _objects(value)
        elif role == "requests":
            yield from _requested(bare(value))
    for step in query.steps:
        if step.name in _UPDATES and step.call.arguments:
            yield from _objects(step.call.arguments[0])


def _objects(value: Value) -> Iterator[ObjectValue]:
    value = bare(value)
    if isinstance(value, EitherValue):
        for option in value.options:
            yield from _objects(option)
    elif isinstance(value, ObjectValue):
        yield value


def _requested(value: Value) -> Iterator[ObjectValue]:
    for item in map(bare, value.items) if isinstance(value, ListValue) else ():
        if isinstance(item, CallValue) and last_name(item.callee) in ("UpdateOne", "UpdateMany"):
            for given in item.arguments[1:2]:
                yield from _objects(given)
        for entry in item.entries if isinstance(item, ObjectValue) else ():
            for inner in _entries(entry) if entry.key in ("updateOne", "updateMany") else ():
                if inner.key == "update":
                    yield from _objects(inner.value)


def _settings(update: ObjectValue) -> Iterator[Setting]:
    for operator in update.entries:
        if operator.key not in WRITES | TAKES or not operator.certain:
            continue
        # A later entry of a key hides an earlier one.
        for entry in {entry.key: entry for entry in _entries(operator)}.values():
            if entry.key and entry.certain:
                yield Setting(entry.span, operator.key, entry.key)
                target = bare(entry.value)
                if operator.key == "$rename" and isinstance(target, LiteralValue):
                    yield Setting(target.span, operator.key, target.text)


def _entries(entry: Entry) -> tuple[Entry, ...]:
    value = bare(entry.value)
    return value.entries if isinstance(value, ObjectValue) else ()
