"""Rust enums whose variants hold nothing, and the text that each becomes in the database.

What comes in: nodes of tree-sitter-rust. What goes out: Enumerations. What a variant becomes is said by sqlx's `Type` or postgres-types' `ToSql` derive, else by the arms of the
file's own `as_str`, Display or FromStr, else by strum, else by serde; diesel-derive-enum's `DbEnum` says it too (DbValueStyle, db_rename). Sources: docs.rs of `sqlx::Type` (rename, rename_all, type_name, `repr` for
numbers), postgres-types (name, rename_all), strum (serialize, to_string, serialize_all), serde (rename, rename_all). This module does not know what converts a value where.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from analyzer.extract.rust.arms import texts_of_arms
from analyzer.extract.rust.naming import serde_styled, styled
from analyzer.extract.texts import text_of
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.source import Source, Span

_DERIVES_TYPE = re.compile(r"\bderive\s*\((?:[^)]*[\s,])?(?:sqlx\s*::\s*)?Type\b")
_DERIVES_SQL = re.compile(r"\bderive\s*\([^)]*\b(?:ToSql|FromSql)\b")
_DERIVES_DIESEL = re.compile(r"\bderive\s*\([^)]*\bDbEnum\b")
# Such a type has a ToSql of its own, which asks no other derive.
_OF_DIESEL = re.compile(r"\bderive\s*\([^)]*\b(?:AsExpression|FromSqlRow)\b")
_REPR = re.compile(r"\brepr\s*\(\s*[iu]\d+\s*\)")
_SETTING = r'\b{}\s*=\s*"([^"]*)"'
_STYLE = {"sqlx": "rename_all", "postgres": "rename_all", "strum": "serialize_all", "serde": "rename_all"}
_OWN = {"sqlx": ("rename",), "postgres": ("name",), "strum": ("to_string", "serialize"), "serde": ("rename",)}
# What leaves a variant out, or takes any other value in.
_OPEN = re.compile(r"\b(?:other|skip|default\s*=|disabled|untagged)\b")
_INSIDE = frozenset({"mod_item", "declaration_list", "function_item", "block", "impl_item"})


class _Variant(NamedTuple):
    name: str
    node: Node
    attributes: str


def enumerations(root: Node, source: Source) -> tuple[Enumeration, ...]:
    """Every enum of unit variants, at any depth of modules and functions."""
    arms = texts_of_arms(root, source)
    return tuple(_enums(root, source, arms))


def _enums(node: Node, source: Source, arms: dict[str, dict[str, str]]) -> Iterator[Enumeration]:
    attributes: list[str] = []
    for child in node.named_children:
        if child.type == "attribute_item":
            attributes.append(text_of(child))
        elif child.type not in ("line_comment", "block_comment"):
            if child.type == "enum_item":
                found = _enum(child, " ".join(attributes), source, arms)
                if found is not None:
                    yield found
            elif child.type in _INSIDE:
                yield from _enums(child, source, arms)
            attributes = []


def _enum(node: Node, attributes: str, source: Source, arms: dict[str, dict[str, str]]) -> Enumeration | None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    variants = list(_variants(body)) if body is not None else []
    if name is None or not variants or any(one.node.child_by_field_name("body") for one in variants):
        return None
    framework, values = _values(text_of(name), variants, attributes, arms)
    if values is None:
        return None
    setting = {"sqlx": "type_name", "postgres": "name"}.get(framework)
    stored = re.search(_SETTING.format(setting), _of(attributes, framework)) if setting else None
    members = tuple(
        Member(Span(source.path, one.node.start_byte, one.node.end_byte), value, one.name)
        for one, value in zip(variants, values, strict=True)
    )
    return Enumeration(
        Span(source.path, name.start_byte, name.end_byte), text_of(name), source.language, members,
        framework=framework, stored=stored[1] if stored else "",
    )  # fmt: skip


def _variants(body: Node) -> Iterator[_Variant]:
    attributes: list[str] = []
    for child in body.named_children:
        if child.type == "attribute_item":
            attributes.append(text_of(child))
        elif child.type == "enum_variant" and (name := child.child_by_field_name("name")) is not None:
            yield _Variant(text_of(name).removeprefix("r#"), child, " ".join(attributes))
            attributes = []


def _values(
    name: str, variants: list[_Variant], attributes: str, arms: dict[str, dict[str, str]]
) -> tuple[str, list[str] | None]:
    """Who says what variants become, and what they become; None where that is not known of all."""
    if _DERIVES_TYPE.search(attributes):
        repr_ = _REPR.search(attributes)
        return "sqlx", _numbers(variants) if repr_ else _derived(variants, attributes, "sqlx")
    if _DERIVES_SQL.search(attributes):
        return "postgres", _derived(variants, attributes, "postgres")
    if _DERIVES_DIESEL.search(attributes):
        style = re.search(_SETTING.format("DbValueStyle"), attributes)
        own = [re.search(_SETTING.format("db_rename"), one.attributes) for one in variants]
        manner = style[1] if style is not None else "snake_case"
        return "diesel", [
            renamed[1] if renamed is not None else one.name if manner == "verbatim" else styled(one.name, manner) or ""
            for one, renamed in zip(variants, own, strict=True)
        ]
    written = arms.get(name)
    if written is not None:
        listed = [written[one.name] for one in variants if one.name in written]
        return "", listed if len(listed) == len(variants) else None
    if _OF_DIESEL.search(attributes):
        return "", None
    framework = "strum" if re.search(r"\bstrum\b|\b(?:EnumString|AsRefStr|IntoStaticStr)\b", attributes) else ""
    framework = framework or ("serde" if re.search(r"\b(?:Serialize|Deserialize)\b", attributes) else "")
    if not framework or any(_OPEN.search(one.attributes) for one in variants):
        return "", None
    return framework, _derived(variants, attributes, framework)


def _derived(variants: list[_Variant], attributes: str, library: str) -> list[str] | None:
    """The texts that a library's attributes give."""
    style = re.search(_SETTING.format(_STYLE[library]), _of(attributes, library))
    write = serde_styled if library == "serde" else styled
    found = [
        _own(one.attributes, library) or write(one.name, style[1] if style is not None else "") for one in variants
    ]
    known = [value for value in found if value is not None]
    return known if len(known) == len(variants) else None


def _own(attributes: str, library: str) -> str | None:
    for setting in _OWN[library]:
        found = re.findall(_SETTING.format(setting), _of(attributes, library))
        if found:
            return str(max(found, key=len))
    return None


def _of(attributes: str, library: str) -> str:
    """The attributes that belong to a library: `#[sqlx(..)]`."""
    return " ".join(re.findall(rf"#\s*\[\s*{library}\s*\(.*?\)\s*\]", attributes, re.DOTALL))


def _numbers(variants: list[_Variant]) -> list[str] | None:
    """Discriminants, counted on where none is written."""
    found, following = [], 0
    for one in variants:
        value = one.node.child_by_field_name("value")
        if value is not None:
            try:
                following = int(text_of(value).replace("_", ""), 0)
            except ValueError:
                return None
        found.append(str(following))
        following += 1
    return found
