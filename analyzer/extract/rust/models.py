"""Rust structs as models: fields with their columns and types, as serde-like attributes of sqlx say.

What comes in: nodes of tree-sitter-rust. What goes out: Models. Source of the attributes: the documentation of `sqlx::FromRow`
(rename, rename_all, default, flatten, skip, try_from, json). This module does not know queries.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.texts import text_of
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.source import Source, Span

_RENAME = re.compile(r'\brename\s*=\s*"([^"]*)"')
_RENAME_ALL = re.compile(r'\brename_all\s*=\s*"([^"]*)"')
_OPAQUE = re.compile(r"\b(?:flatten|json|try_from)\b")
_DEFAULT = re.compile(r"\bdefault\b")
_SKIP = re.compile(r"\bskip\b")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]")


def models(root: Node, source: Source) -> tuple[Model, ...]:
    """Every struct with named or positional fields, at any depth of modules and functions."""
    return tuple(_structs(root, source))


def _structs(node: Node, source: Source) -> Iterator[Model]:
    attributes: list[str] = []
    for child in node.named_children:
        match child.type:
            case "attribute_item":
                attributes.append(text_of(child))
                continue
            case "line_comment" | "block_comment":
                continue
            case "struct_item":
                yield from _struct(child, attributes, source)
            case "mod_item" | "declaration_list" | "function_item" | "block" | "impl_item":
                yield from _structs(child, source)
        attributes = []


def _struct(node: Node, attributes: list[str], source: Source) -> Iterator[Model]:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return
    sqlx = " ".join(text for text in attributes if "sqlx(" in text)
    style = _RENAME_ALL.search(sqlx)
    derived = any("FromRow" in text for text in attributes)
    fields = tuple(_fields(body, style[1] if style else "", source))
    span = Span(source.path, name.start_byte, name.end_byte)
    yield Model(span, text_of(name), "row", "rust", fields, framework="sqlx" if derived else "")


def _fields(body: Node, style: str, source: Source) -> Iterator[Field]:
    attributes: list[str] = []
    index = 0
    for child in body.named_children:
        if child.type == "attribute_item":
            attributes.append(text_of(child))
        elif child.type == "field_declaration":
            yield _field(child, " ".join(text for text in attributes if "sqlx" in text), style, source)
            attributes = []
        elif body.type == "ordered_field_declaration_list" and child.type not in (
            "visibility_modifier",
            "line_comment",
        ):
            yield Field(Span(source.path, child.start_byte, child.end_byte), str(index), str(index), host_type(child))
            index, attributes = index + 1, []


def _field(node: Node, attributes: str, style: str, source: Source) -> Field:
    name_node, type_node = node.child_by_field_name("name"), node.child_by_field_name("type")
    name = text_of(name_node).removeprefix("r#") if name_node is not None else ""
    renamed = _RENAME.search(attributes)
    return Field(
        span=Span(source.path, node.start_byte, node.end_byte),
        name=name,
        column=renamed[1] if renamed else rename(name, style),
        type=host_type(type_node) if type_node is not None else HostType(""),
        opaque=_OPAQUE.search(attributes) is not None,
        default=_DEFAULT.search(attributes) is not None,
        skip=_SKIP.search(attributes) is not None,
    )


def rename(name: str, style: str) -> str:
    """A field's name in one of the styles of `rename_all`."""
    words = [word.lower() for word in _WORD.findall(name)]
    match style:
        case "camelCase":
            return "".join(words[:1] + [word.capitalize() for word in words[1:]])
        case "PascalCase":
            return "".join(word.capitalize() for word in words)
        case "SCREAMING_SNAKE_CASE":
            return "_".join(words).upper()
        case "kebab-case":
            return "-".join(words)
        case "lowercase":
            return name.lower()
        case "UPPERCASE":
            return name.upper()
        case _:
            return name


def host_type(node: Node) -> HostType:
    """A Rust type: `Option<T>` is T, optional; references and boxes are what they hold; `Vec<T>` keeps its argument."""
    if node.type in ("reference_type", "pointer_type"):
        inner = node.child_by_field_name("type")
        return host_type(inner) if inner is not None else HostType("")
    if node.type == "array_type":
        element = node.child_by_field_name("element")
        return HostType("array", False, (text_of(element),) if element is not None else ())
    if node.type != "generic_type":
        return HostType(text_of(node).rpartition("::")[2] if node.type != "tuple_type" else "tuple")
    head, arguments = node.child_by_field_name("type"), node.child_by_field_name("type_arguments")
    name = text_of(head).rpartition("::")[2] if head is not None else ""
    inner_nodes = [] if arguments is None else [n for n in arguments.named_children if n.type != "lifetime"]
    if name == "Option" and inner_nodes:
        inner_type = host_type(inner_nodes[0])
        return HostType(inner_type.name, True, inner_type.arguments)
    if name in ("Box", "Arc", "Rc", "Cow") and inner_nodes:
        return host_type(inner_nodes[-1])
    return HostType(name, False, tuple(text_of(inner) for inner in inner_nodes))
