"""The paths of fields that a query names, and what it does with each.

What comes in: a DocumentQuery. What goes out: PathUses in source order, and Gaps where nobody knows what is named. This module does not know what a collection holds.
"""

from collections.abc import Iterator

from analyzer.facts.value import (
    LiteralValue,
    ObjectValue,
    Value,
)
from analyzer.program.documents.paths.filters import filtered
from analyzer.program.documents.paths.orders import projected, sort_paths
from analyzer.program.documents.paths.pipelines import piped
from analyzer.program.documents.paths.uses import (
    Gap,
    Named,
    PathRole,
    PathUse,
    plain,
)
from analyzer.program.documents.paths.writes import documented, inserted, requested, updated
from analyzer.program.documents.query import DocumentQuery


def paths(query: DocumentQuery) -> Iterator[Named]:
    """Everything a query names of its collections' documents."""
    for role, value in query.given:
        yield from _of_role(role, value, query)
    if query.is_set("upsert"):
        for role, value in query.given:
            yield from inserted(value) if role == "filter" else ()
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


def handed_on(query: DocumentQuery) -> bool:
    """Whether what it writes is in part an object of which nobody knows what it holds."""
    return any(isinstance(one, Gap) and one.role == "write" for one in paths(query))


def _use(value: LiteralValue, text: str, role: PathRole) -> Iterator[Named]:
    yield PathUse(value.span, plain(text), role)


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
            yield from piped(value)
        case "requests":
            yield from requested(value)
        case "options" if isinstance(value, ObjectValue):
            for entry in value.entries:
                if entry.key in ("sort", "projection", "fields", "select"):
                    yield from sort_paths((entry.value,)) if entry.key == "sort" else projected(entry.value)
        case _:
            return
