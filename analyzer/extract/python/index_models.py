"""Indexes as PyMongo takes them: a name, pairs of names and directions, an IndexModel.

What comes in: Values. What goes out: DocumentIndexes. Source: https://pymongo.readthedocs.io/en/stable/api/pymongo/operations.html#pymongo.operations.IndexModel.
This module does not know whose indexes they are.
"""

from analyzer.extract.objects.declared import DeclaredValues, called, dotted, is_literal, text
from analyzer.facts.document import DIRECTIONS, DocumentIndex
from analyzer.facts.value import CallValue, ListValue, LiteralValue, ObjectValue, Value


def direction(value: Value | None) -> str:
    """As a server names it: "1", "-1", "text" ..; "" where nobody knows."""
    if isinstance(value, LiteralValue):
        return value.text
    return DIRECTIONS.get(dotted(value).rpartition(".")[2], "")


def index(value: Value, read: DeclaredValues) -> DocumentIndex | None:
    """One entry of a list of indexes."""
    if called(value) == "IndexModel" and isinstance(value, CallValue):
        given = read.plain(value.arguments[0]) if value.arguments else read.entry(value, "keys")
        keys = _keys(given, read) if given is not None else ()
        partial = read.entry(value, "partialFilterExpression") is not None or read.is_true(value, "sparse")
        unique = read.is_true(value, "unique")
        return DocumentIndex(value.span, keys, unique, partial, text(read.entry(value, "name"))) if keys else None
    keys = _keys(value, read)
    return DocumentIndex(value.span, keys) if keys else None


def _keys(value: Value, read: DeclaredValues) -> tuple[tuple[str, str], ...]:
    """The keys in order; () where one of them is not known."""
    if text(value):
        return ((text(value), "1"),)
    if isinstance(value, ObjectValue):
        pairs = [(entry.key or "", direction(read.plain(entry.value))) for entry in value.entries]
        return tuple(pairs) if all(name for name, _ in pairs) and not value.open else ()
    if not isinstance(value, ListValue) or value.open:
        return ()
    found = [_pair(item, read) for item in read.items(value)]
    return tuple(found) if found and all(name for name, _ in found) else ()


def _pair(item: Value, read: DeclaredValues) -> tuple[str, str]:
    if text(item):
        return text(item), "1"
    parts = read.items(item)
    return (text(parts[0]), direction(parts[1])) if len(parts) == 2 else ("", "")


def is_ascending(value: Value | None) -> bool:
    return value is None or direction(value) == "1" or is_literal(value, "1")
