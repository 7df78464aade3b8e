"""Rust structs as models: fields with their columns and types, as serde-like attributes of sqlx say.

What comes in: nodes of tree-sitter-rust. What goes out: Models. Source of the attributes: the documentation of `sqlx::FromRow`
(rename, rename_all, default, flatten, skip, try_from, json), of `sqlx::Type` (transparent), and of diesel's `Queryable`, `QueryableByName`,
`Selectable` (column_name, embed, deserialize_as). This module does not know queries.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec
from tree_sitter import Node

from analyzer.extract.rust.reads import decoded
from analyzer.extract.rust.types import host_type, written_type
from analyzer.extract.texts import text_of
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.source import Source, Span

# A word alone, with a text, or with words of its own: `default`, `rename = "id"`, `json(nullable)`.
_SETTING = re.compile(r'(\w+)\s*(?:=\s*"([^"]*)"|\(([^)]*)\)|=\s*([\w:#]+))?')
# What a struct is read by.
_DERIVES = {"sqlx": r"\bFromRow\b", "diesel": r"\b(?:Queryable(?:ByName)?|Selectable|HasQuery)\b"}
_INSIDE = frozenset(
    {"mod_item", "declaration_list", "function_item", "block", "impl_item"}
    | {"let_declaration", "closure_expression", "async_block", "expression_statement"}
)
_NO_FIELDS = frozenset({"visibility_modifier", "line_comment", "block_comment"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]")


def models(root: Node, source: Source) -> tuple[Model, ...]:
    """Every struct with named or positional fields, at any depth of modules and functions."""
    by_hand = decoded(root, source.path, source.content)
    return tuple(_as_decoded(model, by_hand) for model in _structs(root, source))


def _as_decoded(model: Model, by_hand: Mapping[str, tuple[Field, ...]]) -> Model:
    """A type whose FromRow is written by hand asks for what that reads."""
    read = by_hand.get(model.name)
    return model if read is None or model.framework else msgspec.structs.replace(model, framework="sqlx", reads=read)


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
            case kind if kind in _INSIDE:
                yield from _structs(child, source)
        attributes = []


def _struct(node: Node, attributes: list[str], source: Source) -> Iterator[Model]:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return
    said = settings(attributes)
    derived = {
        name for text in attributes if "derive" in text for name, words in _DERIVES.items() if re.search(words, text)
    }
    fields = tuple(_fields(body, said.get("rename_all", ""), source))
    if "default" in said:
        fields = tuple(msgspec.structs.replace(field, default=True) for field in fields)
    span = Span(source.path, name.start_byte, name.end_byte)
    transparent = "transparent" in said and len(fields) == 1
    yield Model(span, text_of(name), "row", "rust", fields, framework=min(derived, default=""), transparent=transparent)


def _fields(body: Node, style: str, source: Source) -> Iterator[Field]:
    attributes: list[str] = []
    index = 0
    for child in body.named_children:
        if child.type == "attribute_item":
            attributes.append(text_of(child))
        elif child.type == "field_declaration":
            yield _field(child, settings(attributes), style, source)
            attributes = []
        elif body.type == "ordered_field_declaration_list" and child.type not in _NO_FIELDS:
            span = Span(source.path, child.start_byte, child.end_byte)
            plain = Field(span, str(index), str(index), host_type(child))
            yield _set(plain, settings(attributes))
            index, attributes = index + 1, []


def _field(node: Node, said: Mapping[str, str], style: str, source: Source) -> Field:
    name_node, type_node = node.child_by_field_name("name"), node.child_by_field_name("type")
    name = text_of(name_node).removeprefix("r#") if name_node is not None else ""
    span = Span(source.path, node.start_byte, node.end_byte)
    host = host_type(type_node) if type_node is not None else HostType("")
    return _set(Field(span, name, rename(name, style), host), said)


def _set(field: Field, said: Mapping[str, str]) -> Field:
    """A field as its attributes change it. `try_from` names the type that is read."""
    read = said.get("try_from", "")
    return msgspec.structs.replace(
        field,
        column=said.get("rename") or said.get("column_name", field.column).rpartition("::")[2],
        type=written_type(read) if read else field.type,
        opaque="json" in said or "deserialize_as" in said or ("flatten" in said and bool(read)),
        default="default" in said,
        skip="skip" in said,
        flat=("flatten" in said and not read) or "embed" in said,
    )


def settings(attributes: list[str]) -> Mapping[str, str]:
    """The words of `#[sqlx(..)]` and `#[diesel(..)]` attributes, those within a `cfg_attr` too, with their values."""
    found: dict[str, str] = {}
    for text in attributes:
        at = max(text.find("sqlx("), text.find("diesel("))
        if at >= 0:
            begin = text.index("(", at) + 1
            found.update((match[1], match[2] or match[3] or match[4] or "") for match in _SETTING.finditer(text, begin))
    return found


def rename(name: str, style: str) -> str:
    """A field's name in one of the styles of `rename_all`."""
    words = [word.lower() for word in _WORD.findall(name)]
    match style:
        case "snake_case":
            return "_".join(words)
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
