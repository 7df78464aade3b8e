"""What callers of a function choose of the query inside of it.

What comes in: queries. What goes out: answers. What an entry holds is not its shape: only shapes are chosen. This module does not know who calls what.
"""

from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    Entry,
    ListValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.program.documents.query import DocumentQuery


def is_open(query: DocumentQuery, function: Span) -> bool:
    """Whether the callers of a function say what its query is: its collection, or what its filter and documents are made of."""
    if len(query.targets) != 1:
        return True
    roles = ("filter", "update", "document", "documents", "pipeline", "sort", "keys", "criteria", "id", "requests")
    return any(role in roles and _takes(value, function) for role, value in query.given) or any(
        _takes(value, function) for step in query.steps if step.name == "sort" for value in step.call.arguments
    )


def is_same(query: DocumentQuery, inner: DocumentQuery) -> bool:
    return query.collections == inner.collections and query.given == inner.given and query.steps == inner.steps


def _takes(value: Value, function: Span, depth: int = 0) -> bool:
    """Whether the shape of a value, not only what its entries hold, comes from a parameter of a function."""
    match value:
        case ParameterValue(function=of):
            return of == function
        case ObjectValue(entries=entries):
            return any(_entry_takes(entry, function, depth) for entry in entries)
        case ListValue(items=items):
            return depth < 3 and any(_takes(item, function, depth + 1) for item in items)
        case EitherValue(options=options):
            return any(_takes(option, function, depth) for option in options)
        case TypedValue(of=inner):
            return _takes(inner, function, depth)
        case _:
            return False


def _entry_takes(entry: Entry, function: Span, depth: int) -> bool:
    if entry.is_spread or (entry.key or "").startswith("$"):
        return _takes(entry.value, function, depth + 1)
    return entry.computed is not None and _takes(entry.computed, function, depth + 1)
