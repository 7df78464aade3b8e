"""JSON schemas as documents: what `$jsonSchema` of a collection's validator lists.

What comes in: an object of the host language. What goes out: fields, and whether there may be others. Source:
https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/. This module does not know who passes the schema.
"""

from collections.abc import Iterator

from analyzer.extract.objects.declared import DeclaredValues, is_literal, text
from analyzer.facts.document import BsonKind, DocumentField
from analyzer.facts.value import Entry, ObjectValue, Value

# The aliases of `bsonType` and the names of `type`.
_KINDS: dict[str, BsonKind] = {
    "string": "string", "int": "int", "long": "long", "double": "double", "decimal": "decimal", "number": "number", "bool": "bool", "boolean": "bool",
    "date": "date", "timestamp": "timestamp", "objectId": "objectId", "binData": "binData", "regex": "regex", "object": "object", "array": "array",
    "null": "null",
}  # fmt: skip
_DEPTH = 12


def fields(schema: Value | None, read: DeclaredValues, depth: int = 0) -> tuple[DocumentField, ...]:
    """The properties of an object's schema, in order."""
    listed = read.entry(schema, "properties")
    required = {text(one) for one in read.items(read.entry(schema, "required"))}
    if not isinstance(listed, ObjectValue) or depth > _DEPTH:
        return ()
    return tuple(
        _field(entry, read.plain(entry.value), entry.key in required, read, depth)
        for entry in listed.entries
        if entry.key is not None
    )


def is_closed(schema: Value | None, read: DeclaredValues) -> bool:
    """Whether the schema refuses what it does not list."""
    patterns = read.entry(schema, "patternProperties")
    return is_literal(read.entry(schema, "additionalProperties"), "false") and patterns is None


def _field(entry: Entry, value: Value, required: bool, read: DeclaredValues, depth: int) -> DocumentField:
    kinds = tuple(_kinds(value, read))
    many = "array" in kinds
    inner = read.entry(value, "items") if many else value
    return DocumentField(
        entry.span,
        entry.key or "",
        tuple(_kinds(inner, read)) if many else kinds,
        many=many,
        required=required,
        fields=fields(inner, read, depth + 1),
        members=_members(inner, read),
    )


def _kinds(value: Value | None, read: DeclaredValues) -> Iterator[BsonKind]:
    for name in ("bsonType", "type"):
        given = read.entry(value, name)
        for one in (given, *read.items(given)):
            if text(one) in _KINDS:
                yield _KINDS[text(one)]


def _members(value: Value | None, read: DeclaredValues) -> tuple[str, ...] | None:
    """The texts of an `enum`; None where it lists anything else."""
    items = read.items(read.entry(value, "enum"))
    texts = tuple(text(one) for one in items)
    return texts if texts and all(texts) else None
