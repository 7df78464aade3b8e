"""Schemas of zod as models: `z.object({ .. })`, `.extend({ .. })`.

What comes in: nodes of a file that names zod. What goes out: Models of kind "dto", which refuse a row that lacks a field. Source: https://zod.dev/api.
This module does not know which rows a schema is given.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.texts import text_of
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.source import Source, Span

_TYPES = {
    "string": "string", "email": "string", "uuid": "string", "url": "string", "enum": "string", "number": "number", "int": "number",
    "boolean": "boolean", "bigint": "bigint", "date": "Date",
}  # fmt: skip
_NULLS = frozenset({"nullable", "nullish"})
_DEFAULTS = frozenset({"optional", "nullish", "default", "catch", "prefault"})
_CHANGES = frozenset({"transform", "pipe", "preprocess", "overwrite", "codec"})
# What keeps the fields of an object as they are.
_KEEPS = frozenset(
    {"strict", "passthrough", "loose", "strip", "describe", "brand", "readonly", "refine", "superRefine"}
)


def schemas(root: Node, source: Source) -> tuple[Model, ...]:
    """Every schema of an object that is bound to a name."""
    if b"zod" not in source.content:
        return ()
    found = (
        _model(captures["schema.name"][0], captures["schema"][0], source)
        for captures, _ in matches(source.language, "schemas", root)
    )
    return tuple(sorted((model for model in found if model is not None), key=lambda model: model.span))


def _model(name: Node, value: Node, source: Source) -> Model | None:
    steps, head = _chain(value)
    bases: tuple[str, ...] = () if head == "z" else (head,)
    fields: dict[str, Field] = {}
    for method, given in steps:
        shaped = (
            method in ("object", "strictObject", "looseObject") if head == "z" and not fields else method == "extend"
        )
        if shaped and len(given) == 1 and given[0].type == "object":
            fields |= {field.name: field for field in _fields(given[0], source)}
        elif method not in _KEEPS:
            return None
    if not fields or not head:
        return None
    span = Span(source.path, name.start_byte, name.end_byte)
    return Model(span, text_of(name), "dto", source.language, tuple(fields.values()), bases, framework="zod")


def _chain(node: Node) -> tuple[list[tuple[str, list[Node]]], str]:
    """The methods of `z.string().min(1)` with what they are given, first to last, and the name they are called on."""
    steps: list[tuple[str, list[Node]]] = []
    while node.type == "call_expression":
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or function.type != "member_expression":
            return [], ""
        given = (
            [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
        )
        steps.append((text_of(function.child_by_field_name("property") or function), given))
        node = function.child_by_field_name("object") or function
    return steps[::-1], text_of(node) if node.type in ("identifier", "member_expression") else ""


def _fields(body: Node, source: Source) -> Iterator[Field]:
    for pair in body.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type != "pair" or key is None or value is None or key.type not in ("property_identifier", "string"):
            continue
        steps, head = _chain(value)
        names = [method for method, _ in steps]
        type_ = _TYPES.get(names[0], "") if head == "z" and names else ""
        name = text_of(key).strip("'\"")
        yield Field(
            Span(source.path, key.start_byte, key.end_byte),
            name,
            name,
            HostType(type_, not _NULLS.isdisjoint(names)),
            # What a schema of another name takes is not seen here.
            opaque=not type_ or not _CHANGES.isdisjoint(names),
            default=not _DEFAULTS.isdisjoint(names),
        )
