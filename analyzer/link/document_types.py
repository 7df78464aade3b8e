"""What a filter holds a field against, beside what the field holds.

What comes in: a query of documents. What goes out: Mismatches: values that no document's field can equal, whatever it holds. Sources: the order and bracketing
of BSON's types (mongodb.com/docs/manual/reference/bson-type-comparison-order), mongoose's casting (mongoosejs.com/docs/tutorials/query_casting.html). This
module does not judge.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.facts.value import ListValue, LiteralValue, TypedValue, Value
from analyzer.link.linked import FieldUse, LinkedQuery
from analyzer.program.program import Program
from analyzer.schema.documents.kinds import Types, are_one, stored, types_of

_COMPARES = frozenset({"$eq", "$ne", "$gt", "$gte", "$lt", "$lte"})
_LISTS = frozenset({"$in", "$nin", "$all"})
# Kinds of a scalar that are told apart for sure. What is written in text may have been a date or a key in the host language.
_NUMBERS = frozenset({"int", "long", "double", "decimal", "number"})
_KINDS = frozenset({"string", "bool", "date", "objectId", "uuid"}) | _NUMBERS
_WRITTEN_OUT = frozenset({"date", "objectId", "uuid", "decimal"})
_KEY = re.compile(r"[0-9a-fA-F]{24}|.{12}", re.DOTALL)
_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*|\s*|0[xX][0-9a-fA-F]+|null|undefined|true|false")


class Mismatch(Struct, frozen=True):
    """`given` and `held` are kinds of BSON by their names; `cast` is True where mongoose refuses the value instead of finding nothing."""

    field: FieldUse
    column: Column
    given: str
    held: str
    cast: bool = False


def mismatches(query: LinkedQuery, schema: Schema, program: Program) -> Iterator[Mismatch]:
    """The filters of a query that compare what never is equal."""
    document = query.document
    if document is None or document.generic:
        return
    types = types_of(program.files.get, program.model)
    casts = document.framework == "mongoose" and document.method != "aggregate" and document.is_checked
    for field in query.fields:
        column = _column(field, schema)
        if column is None or (field.use.path == "_id" and document.role("id") is not None):
            continue
        held = _held(column)
        for value in _values(field):
            if held and casts:
                yield from _uncastable(field, column, value, held)
            elif held:
                yield from _unequal(field, column, value, held, types)


def _column(field: FieldUse, schema: Schema) -> Column | None:
    """The column, where everything that writes it is known."""
    table = schema.table(field.collection)
    if field.use.role != "filter" or table is None or not table.closed or schema.is_tainted(table.name):
        return None
    found = None if field.use.path in table.others else table.column(field.use.path)
    return found if field.status == "known" else None


def _held(column: Column) -> tuple[str, ...]:
    """What a field holds, of a list what its elements are; () where that is not known for sure."""
    name = column.type.element if column.type.family == "array" else column.type.name
    kinds = tuple(name.split(" | ")) if name else ()
    return kinds if all(kind in _KINDS for kind in kinds) else ()


def _values(field: FieldUse) -> Iterator[Value]:
    value = field.use.value
    if value is None:
        return
    if field.use.operator in _COMPARES:
        yield value
    elif field.use.operator in _LISTS and isinstance(value, ListValue):
        yield from value.items


def _unequal(field: FieldUse, column: Column, value: Value, held: tuple[str, ...], types: Types) -> Iterator[Mismatch]:
    found = stored(value, types)
    given = tuple(kind for kind in found.kinds if kind != "null")
    if isinstance(value, TypedValue) and "objectId" in held:
        # A parameter that is annotated as text is often given the key itself.
        return
    if found.many or not given or "null" in found.kinds or not all(kind in _KINDS for kind in given):
        return
    if any(are_one(one, other) for one in given for other in held):
        return
    as_text = "dto" in column.evidence and bool(_WRITTEN_OUT & set(held)) and "string" in given
    if not as_text:
        yield Mismatch(field, column, _text(given), _text(held))


def _uncastable(field: FieldUse, column: Column, value: Value, held: tuple[str, ...]) -> Iterator[Mismatch]:
    """A text that mongoose cannot make a number or a key of."""
    if not isinstance(value, LiteralValue) or value.kind != "string":
        return
    is_number = set(held) <= _NUMBERS and _NUMBER.fullmatch(value.text) is None
    if is_number or (held == ("objectId",) and _KEY.fullmatch(value.text) is None):
        yield Mismatch(field, column, "string", _text(held), cast=True)


def _text(kinds: tuple[str, ...]) -> str:
    return " or ".join(dict.fromkeys(kinds))
