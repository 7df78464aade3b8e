"""Validators of collections: what a database itself checks, by `$jsonSchema`.

What comes in: a file's values. What goes out: a DocumentShape of kind "validator" for each collection that is created or changed with one. Source:
https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/, https://www.mongodb.com/docs/manual/reference/command/collMod/. This module does not know drivers: the calls have the same
words in all of them.
"""

from collections.abc import Iterator
from typing import get_args

from analyzer.extract.frameworks.framework import Declarations
from analyzer.extract.frameworks.kept_values import Names, entry, is_literal, last_name, links
from analyzer.facts.document import BsonKind, DocumentField, DocumentShape
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, ListValue, ObjectValue, Value

_CREATES = frozenset({"createCollection", "create_collection"})
_COMMANDS = frozenset({"command", "runCommand", "run_command", "executeDbAdminCommand"})
# JSON Schema's own words beside BSON's.
_KINDS: dict[str, BsonKind] = {"boolean": "bool", "number": "number", "integer": "int"}
_DEPTH = 12


def validators(read: Declarations, framework: str) -> Iterator[DocumentShape]:
    """Every validator that a file sets, by the name of the collection."""
    names = Names(read)
    done: set[Span] = set()
    for invocation in read.objects.invocations:
        for call in links(invocation.call):
            found = _of_call(call, names) if call.span not in done else None
            done.add(call.span)
            if found is not None:
                yield _shape(call.span, found[0], found[1], framework, names)


def _of_call(call: CallValue, names: Names) -> tuple[str, ObjectValue] | None:
    """The collection and its schema."""
    method, given = last_name(call.callee), call.arguments
    if method in _CREATES and given:
        collection, options = names.text(given[0]), given[1] if len(given) > 1 else None
    elif method in _COMMANDS and given and names.text(given[0]) == "collMod":
        collection, options = names.text(given[1]) if len(given) > 1 else None, None
    elif method in _COMMANDS and given:
        options = given[0]
        whole = names.resolved(options)
        collection = names.text(entry(whole, "collMod") or entry(whole, "create"))
    else:
        return None
    named = next((word.value for word in call.keywords if word.name == "validator"), None)
    validator = named or entry(names.resolved(options) if options is not None else None, "validator")
    schema = entry(names.resolved(validator), "$jsonSchema") if validator is not None else None
    found = names.resolved(schema) if schema is not None else None
    return (collection, found) if collection and isinstance(found, ObjectValue) else None


def _shape(span: Span, name: str, schema: ObjectValue, framework: str, names: Names) -> DocumentShape:
    closed = is_literal(entry(schema, "additionalProperties"), "false")
    fields = _properties(schema, names, 0)
    return DocumentShape(span, name, framework, fields, closed=closed, kind="validator", collection=name)


def _properties(schema: Value, names: Names, depth: int) -> tuple[DocumentField, ...]:
    found = entry(schema, "properties")
    properties = names.resolved(found) if found is not None else None
    required = set(_texts(entry(schema, "required"), names))
    fields = {
        one.key: _field(one.span, one.key, names.resolved(one.value), one.key in required, names, depth)
        for one in (properties.entries if isinstance(properties, ObjectValue) and depth < _DEPTH else ())
        if one.key is not None
    }
    for name in sorted(required - fields.keys()):
        fields[name] = DocumentField(schema.span, name, required=True)
    return tuple(fields.values())


def _field(span: Span, name: str, schema: Value, required: bool, names: Names, depth: int) -> DocumentField:
    kinds = _kinds(schema, names)
    items = entry(schema, "items")
    if "array" in kinds and items is not None:
        inner = names.resolved(items)
        return DocumentField(span, name, _kinds(inner, names), many=True, required=required, fields=_properties(inner, names, depth + 1), members=names.members(entry(inner, "enum")))  # fmt: skip
    many = kinds == ("array",)
    fields = _properties(schema, names, depth + 1)
    return DocumentField(
        span, name, () if many else kinds, many, required, fields=fields, members=names.members(entry(schema, "enum"))
    )


def _kinds(schema: Value, names: Names) -> tuple[BsonKind, ...]:
    """`"string"`, `["string", "null"]`; () where a word is not known."""
    written = entry(schema, "bsonType") or entry(schema, "type")
    several = [_KINDS.get(text, text) for text in _texts(written, names)]
    if not several and entry(schema, "properties") is not None:
        return ("object",)
    known = get_args(BsonKind)
    return tuple(one for one in known if one in several) if all(one in known for one in several) else ()


def _texts(value: Value | None, names: Names) -> list[str]:
    found = names.resolved(value) if value is not None else None
    several = found.items if isinstance(found, ListValue) else (found,) if found is not None else ()
    return [text for one in several if (text := names.text(one)) is not None]
