"""TypeScript types as models: interfaces, aliases of object types, classes with declared properties.

What comes in: nodes of tree-sitter-typescript. What goes out: Models of kind "row" and HostTypes. A type is a promise nobody checks at
run time, so nothing here is strict. This module does not know queries.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.source import Source, Span

_EMPTY = frozenset({"null", "undefined", "void"})
_PROPERTIES = frozenset({"property_signature", "public_field_definition"})
# Types that TypeScript cuts out of another: https://www.typescriptlang.org/docs/handbook/utility-types.html
_CUTS = frozenset({"Pick", "Omit", "Partial", "Required", "Readonly"})
_ARRAYS = frozenset({"Array", "ReadonlyArray", "Iterable", "AsyncIterable", "IterableIterator"})


def models(root: Node, source: Source) -> tuple[Model, ...]:
    """Every type with named properties, at any depth."""
    found = (_model(captures["model"][0], source) for captures, _ in matches(source.language, "models", root))
    return tuple(sorted((model for model in found if model is not None), key=lambda model: model.span))


def _model(node: Node, source: Source) -> Model | None:
    name = node.child_by_field_name("name")
    if name is None:
        return None
    if node.type == "type_alias_declaration":
        value = node.child_by_field_name("value")
        shape = shape_of(value, source) if value is not None else None
        if shape is None:
            return None
        fields, bases = shape
    else:
        body = node.child_by_field_name("body")
        fields = tuple(fields_of(body, source)) if body is not None else ()
        bases = tuple(_bases(node))
    if not fields and not bases:
        return None
    span = Span(source.path, name.start_byte, name.end_byte)
    return Model(span, text_of(name), "row", source.language, fields, bases)


def _bases(node: Node) -> Iterator[str]:
    for clause in node.named_children:
        if clause.type == "class_heritage":
            yield from _bases(clause)
        elif clause.type in ("extends_type_clause", "extends_clause"):
            yield from (base_of(child) for child in clause.named_children if child.type != "type_arguments")


def shape_of(node: Node, source: Source) -> tuple[tuple[Field, ...], tuple[str, ...]] | None:
    """Fields and named parts of an object type or an intersection of such; None for any other type."""
    node = without_empty(node)
    if node.type == "object_type":
        return tuple(fields_of(node, source)), ()
    if node.type == "generic_type" and name_of(node) in _CUTS:
        return (), (base_of(node),)
    if node.type != "intersection_type":
        return None
    fields: list[Field] = []
    bases: list[str] = []
    for child in node.named_children:
        inner = without_empty(child)
        shape = shape_of(inner, source)
        if shape is not None:
            fields.extend(shape[0])
            bases.extend(shape[1])
        elif inner.type in ("type_identifier", "nested_type_identifier", "generic_type"):
            bases.append(base_of(inner))
        else:
            return None
    return tuple(fields), tuple(bases)


def fields_of(body: Node, source: Source) -> Iterator[Field]:
    """Properties of an object type, interface or class; methods and what belongs to the class itself are left out."""
    for child in body.named_children:
        name, type_ = child.child_by_field_name("name"), child.child_by_field_name("type")
        if child.type not in _PROPERTIES or name is None or name.type not in ("property_identifier", "string"):
            continue
        written = type_.named_children[0] if type_ is not None and type_.named_children else None
        tokens = {token.type for token in child.children}
        if "static" in tokens or (written is not None and written.type == "function_type"):
            continue
        text = text_of(name).strip("'\"")
        host = host_type(written) if written is not None else HostType("")
        if "?" in tokens and not host.optional:
            host = HostType(host.name, True, host.arguments)
        yield Field(Span(source.path, name.start_byte, name.end_byte), text, text, host)


def name_of(node: Node) -> str:
    """The name of a type without its arguments."""
    head = node.child_by_field_name("name") if node.type == "generic_type" else None
    return folded(head if head is not None else node)


def base_of(node: Node) -> str:
    """The name of a type; what is cut out of another, with the names: `Pick<User,id,email>`."""
    name, arguments = name_of(node), node.child_by_field_name("type_arguments")
    inner = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    if name not in _CUTS or not inner or inner[0].type not in ("type_identifier", "nested_type_identifier"):
        return name
    keys = [text_of(member).strip("'\"") for each in inner[1:2] for member in members(each)]
    return f"{name}<{','.join([text_of(inner[0]), *keys])}>"


def members(node: Node) -> Iterator[Node]:
    """The members of a union, nested unions and parentheses opened."""
    while node.type == "parenthesized_type" and node.named_children:
        node = node.named_children[0]
    if node.type != "union_type":
        yield node
        return
    for child in node.named_children:
        yield from members(child)


def is_empty(node: Node) -> bool:
    """`null`, `undefined`, `void`."""
    return node.type in ("literal_type", "predefined_type") and text_of(node) in _EMPTY


def without_empty(node: Node) -> Node:
    """The one member of a union that is not null or undefined; other types as they are."""
    kept = [member for member in members(node) if not is_empty(member)]
    return kept[0] if len(kept) == 1 else node


def host_type(node: Node) -> HostType:
    """A type: `T | null` is T, optional; a union of alike literals is their type, with their texts as its arguments; any other union is unknown."""
    everything = list(members(node))
    kept = [member for member in everything if not is_empty(member)]
    types = {_plain(member) for member in kept}
    if len(types) != 1:
        return HostType("", len(kept) < len(everything))
    name, arguments = types.pop()
    if all(member.type == "literal_type" for member in kept):
        arguments = tuple(text_of(member) for member in kept)
    return HostType(name, len(kept) < len(everything), arguments)


def _plain(node: Node) -> tuple[str, tuple[str, ...]]:
    """(name, arguments) of a type that is no union."""
    match node.type:
        case "literal_type":
            inner = node.named_children[0].type if node.named_children else text_of(node)
            return {"true": "boolean", "false": "boolean", "unary_expression": "number"}.get(inner, inner), ()
        case "template_literal_type":
            return "string", ()
        case "array_type":
            return "array", (text_of(node.named_children[0]),)
        case "readonly_type" if node.named_children:
            return _plain(node.named_children[0])
        case "generic_type":
            arguments = node.child_by_field_name("type_arguments")
            inner_types = tuple(text_of(child) for child in arguments.named_children) if arguments is not None else ()
            name = name_of(node).rpartition(".")[2]
            return ("array" if name in _ARRAYS else name), inner_types
        case "predefined_type" | "type_identifier" | "nested_type_identifier":
            return text_of(node).rpartition(".")[2], ()
        case "object_type":
            return "object", ()
        case _:
            return "", ()
