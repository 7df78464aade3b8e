"""Paths of fields and what is done with each: values, and the pieces that reading them needs.

What comes in: Values. What goes out: PathUses and Gaps. A path has no positions: `items.0.sku` and `items.$.sku` are `items.sku`. This module does not know queries.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    Entry,
    ListValue,
    LiteralValue,
    ObjectValue,
    TextValue,
    TypedValue,
    Value,
)

PathRole = Literal["filter", "write", "read", "order", "group", "define"]


class PathUse(Struct, frozen=True):
    """`operator` is that of a filter ("$eq" where none is written) or an update ("$set"; "" of a document). `value` is what it is held against or set to.

    `collection` is another one than the query's, of a `$lookup`. `certain` is False where it is only there sometimes. `at` says where in an order it
    stands, `-1` or `1` its `direction`. `positional` is True where the path went through a place in an array.
    """

    span: Span
    path: str
    role: PathRole
    operator: str = ""
    value: Value | None = None
    certain: bool = True
    collection: str = ""
    direction: str = ""
    positional: bool = False

    @property
    def is_negative(self) -> bool:
        """Whether a document without the field matches the condition."""
        is_null = isinstance(self.value, LiteralValue) and self.value.kind == "null"
        return (self.operator in ("$ne", "$nin", "$not") and not is_null) or (self.operator == "$eq" and is_null)


class Gap(Struct, frozen=True):
    """A part of a query of which nobody knows what it names: `value`, below `prefix`."""

    span: Span
    role: PathRole
    value: Value | None = None
    prefix: str = ""


Named = PathUse | Gap


def bare(value: Value) -> Value:
    """A value without the type that code gives it, unless nothing else is known."""
    return (
        value.of
        if isinstance(value, TypedValue) and isinstance(value.of, ObjectValue | ListValue | LiteralValue | EitherValue)
        else value
    )


def is_true(value: Value | None) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "bool" and value.text == "true"


def entries(value: Value) -> tuple[Entry, ...]:
    value = bare(value)
    return value.entries if isinstance(value, ObjectValue) else ()


def joined(prefix: str, key: str) -> str:
    path = plain(key)
    return f"{prefix}.{path}" if prefix and path else prefix or path


def plain(path: str) -> str:
    """A path without positions in arrays."""
    return ".".join(part for part in path.split(".") if part and not part.isdigit() and not part.startswith("$"))


def has_position(key: str) -> bool:
    return any(part.isdigit() or part.startswith("$") for part in key.split(".")[1:])


def key_span(entry: Entry) -> Span:
    """Where the key of an entry stands."""
    length = len((entry.key or "").encode())
    start = entry.span.start
    return Span(entry.span.path, start, min(entry.span.end, start + length + 2)) if entry.key else entry.span


def _known_part(value: Value | None) -> str:
    """The part of a computed path that is sure: `settings` of `settings.${key}`."""
    first = value.pieces[0] if isinstance(value, TextValue) and value.pieces else None
    return first.text.rpartition(".")[0] if isinstance(first, LiteralValue) else ""


def replace_certain(one: Named) -> Named:
    return replace(one, certain=False) if isinstance(one, PathUse) else one


def computed(entry: Entry, role: PathRole, prefix: str) -> Iterator[Named]:
    """An entry whose key is computed: what is known of it."""
    inner = bare(entry.value)
    if isinstance(entry.computed, EitherValue):
        for option in entry.computed.options:
            if isinstance(option, LiteralValue) and not option.text.startswith("$"):
                yield PathUse(key_span(entry), joined(prefix, option.text), role, "$eq", inner, False)
            elif not isinstance(option, LiteralValue):
                yield Gap(entry.span, role)
    elif role == "filter" and (known := _known_part(entry.computed)):
        # Somewhere inside of a field that is known.
        yield PathUse(entry.span, joined(prefix, known), role, "", None, False)
    else:
        yield Gap(entry.span, role, None, joined(prefix, _known_part(entry.computed)))
