"""Writes of documents that belong together: one holds what the other gives, or both go by the same key.

What comes in: linked queries. What goes out: keys of a write, as comparable values. Values are compared by where they come from: the same parameter, the same call,
the same part of it. This module does not know what transactions are.
"""

import re
from collections.abc import Iterator

from analyzer.facts.value import (
    CallValue,
    ElementValue,
    ListValue,
    MemberValue,
    ObjectValue,
    ParameterValue,
    TextValue,
    TypedValue,
    Value,
)
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.evaluation.index import last_name

# Fields that hold a key.
_KEY = re.compile(r"(?:^|[._])(?:_?id|uuid|guid|key)$|(?:_id|Id|ID)$")
# Calls that make a key of what they are given.
_CASTS = frozenset({"ObjectId", "PydanticObjectId", "str", "String", "toString", "UUID", "Types"})
_DEPTH = 8

Key = tuple[object, ...]


def share(query: LinkedQuery, other: LinkedQuery) -> bool:
    """Whether two writes go by the same key: a key of one stands anywhere in the other."""
    return bool(_origins(query, strict=True) & _origins(other) or _origins(query) & _origins(other, strict=True))


def _origins(query: LinkedQuery, *, strict: bool = False) -> frozenset[Key]:
    """Where the values come from that a write chooses by or sets; the strict ones are keys."""
    found = (
        key(field.use.value)
        for field in query.fields
        if field.use.value is not None
        and field.use.role in ("filter", "write")
        and (not strict or _is_key(field.use.path, field.use.value))
    )
    return frozenset(one for one in found if one is not None)


def _is_key(path: str, value: Value) -> bool:
    """Whether a field holds a key: by its name, or because a key is put there."""
    name = value.name if isinstance(value, MemberValue) else ""
    return _KEY.search(path) is not None or name in ("_id", "id", "inserted_id", "insertedId")


def uses(query: LinkedQuery, other: LinkedQuery) -> bool:
    """Whether a write holds part of what another one gives."""
    document, given = query.document, other.document
    if document is None or given is None:
        return False
    return any(given.span == call.span for _, value in document.given for call in _calls(value, 0))


def key(value: Value, depth: int = 0) -> Key | None:
    """What makes two values one, None where nobody knows."""
    match value:
        case ParameterValue(function=function, index=index, name=name):
            return "parameter", function, index, name
        case ElementValue(loop=loop):
            return "element", loop
        case TypedValue(of=inner):
            return key(inner, depth + 1)
        case MemberValue(of=inner, name=name) if depth < _DEPTH:
            of = key(inner, depth + 1)
            return ("member", of, name) if of is not None else None
        case CallValue(callee=callee, arguments=arguments):
            if last_name(callee) in _CASTS and len(arguments) == 1:
                return key(arguments[0], depth + 1)
            return "call", value.span
        case _:
            return None


def _calls(value: Value, depth: int) -> Iterator[CallValue]:
    if depth > _DEPTH:
        return
    inner: tuple[Value, ...] = ()
    match value:
        case CallValue(callee=callee, arguments=arguments):
            yield value
            inner = (*arguments, callee)
        case MemberValue(of=of) | TypedValue(of=of):
            inner = (of,)
        case ObjectValue(entries=entries):
            inner = tuple(entry.value for entry in entries)
        case ListValue(items=items) | TextValue(pieces=items):
            inner = items
        case _:
            return
    for one in inner:
        yield from _calls(one, depth + 1)
