"""Structs that Diesel reads rows into and writes rows from: their columns, as constants that queries name.

What comes in: a struct with its attributes. What goes out: Constants (`User.#select`, `NewUser.#columns`, `NewUser.#values`, `UserForm.#set`, `User.#table`,
`User.#key`). Sources: docs.rs/diesel, derives `Selectable`, `Insertable`, `AsChangeset`, `Identifiable`, `Associations`, `HasQuery`. This module
does not know queries.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from analyzer.extract.frameworks.diesel.attributes import attributes_of, derived, expression, said
from analyzer.extract.frameworks.diesel.chains import chains
from analyzer.extract.frameworks.diesel.fragments import clauses
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.rust.types import host_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.file import Constant
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, StarPart, TablePart
from analyzer.facts.part.written import BoundPart, LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_TYPES = frozenset({"type_identifier", "scoped_type_identifier", "generic_type"})
_READS = frozenset({"Selectable", "HasQuery"})


class Member(NamedTuple):
    """A field: `embedded` is the type whose columns stand for it, "" for none; `expression` is what is selected in its place."""

    span: Span
    name: str
    column: str
    embedded: str = ""
    expression: Node | None = None
    skipped: bool = False


def forms(site: Site) -> Iterator[Constant]:
    """What queries may ask of a struct."""
    node = site.captures["declaration"][0]
    attributes, scope = attributes_of(node), site.scope
    settings, traits = said(attributes), derived(attributes)
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if (
        name is None
        or body is None
        or not traits
        & {"Selectable", "HasQuery", "Insertable", "AsChangeset", "Identifiable", "Queryable", "Associations"}
    ):
        return
    struct, span = text_of(name), site.scope.structure.span(name)
    table = settings.get("table_name", "").replace("::", ".") or f"{_snake(struct)}s"
    entity, members = f"*{table}", list(_members(body, site))
    keys = re.findall(r"\w+", settings.get("primary_key", "")) or ["id"]
    yield _constant(f"{struct}.#table", span, [TablePart(span, entity)])
    yield _constant(f"{struct}.#all", span, [StarPart(span, entity, listed=True)])
    yield _constant(f"{struct}.#key", span, list(_equal(entity, keys, span)))
    yield _constant(f"{struct}.#key.0", span, [ColumnPart(span, entity, keys[0])])
    parent = settings.get("belongs_to", "")
    if parent:
        owner, _, rest = parent.partition(",")
        key = re.search(r"foreign_key\s*=\s*\"?(\w+)", rest)
        column = key[1] if key is not None else f"{_snake(owner.strip().rpartition('::')[2])}_id"
        yield _constant(f"{struct}.#belongs", span, [ColumnPart(span, entity, column)])
    if traits & _READS:
        yield _constant(f"{struct}.#select", span, list(_selected(entity, members, scope)))
    if "HasQuery" in traits:
        yield from _query(struct, entity, span, expression(attributes, "base_query", scope), scope)
    if "Insertable" in traits:
        yield _constant(f"{struct}.#columns", span, list(_written(entity, members, "columns")))
        yield _constant(f"{struct}.#values", span, list(_written(entity, members, "values")))
    if "AsChangeset" in traits:
        kept = [one for one in members if one.name not in keys]
        yield _constant(f"{struct}.#set", span, list(_written(entity, kept, "set")))


def _members(body: Node, site: Site) -> Iterator[Member]:
    index = 0
    before: list[Node] = []
    for child in body.named_children:
        if child.type == "attribute_item":
            before.append(child)
        elif child.type == "field_declaration" or (
            body.type == "ordered_field_declaration_list"
            and child.type in (*_TYPES, "primitive_type", "reference_type", "tuple_type")
        ):
            settings = said(before)
            field, type_ = child.child_by_field_name("name"), child.child_by_field_name("type") or child
            name = text_of(field).removeprefix("r#") if field is not None else str(index)
            span = site.scope.structure.span(child)
            embedded = host_type(type_).name if "embed" in settings else ""
            yield Member(
                span,
                name,
                settings.get("column_name", name).rpartition("::")[2].removeprefix("r#"),
                embedded,
                expression(before, "select_expression", site.scope),
                "skip_insertion" in settings,
            )
            before, index = [], index + 1


def _selected(entity: str, members: list[Member], scope: Scope) -> Iterator[Part]:
    for at, one in enumerate(members):
        yield from (LiteralPart(", ", one.span, ()),) if at else ()
        if one.embedded:
            yield NamePart(f"*{one.embedded}.#select", one.span)
        elif one.expression is not None:
            yield from chains(scope).sql(one.expression)
        else:
            yield ColumnPart(one.span, entity, one.column)


def _query(struct: str, entity: str, span: Span, base: Node | None, scope: Scope) -> Iterator[Constant]:
    """What `User::query()` begins with."""
    yield _constant(f"{struct}.query.#select", span, [NamePart(f"{struct}.#select", span)])
    found = chains(scope).statement(base) if base is not None else None
    if found is None:
        yield _constant(f"{struct}.query.#from", span, [TablePart(span, entity)])
        yield _constant(f"{struct}.query.#where", span, [LiteralPart("TRUE", span, ())])
    else:
        yield from clauses(found, f"{struct}.query", span)


def _written(entity: str, members: list[Member], kind: str) -> Iterator[Part]:
    for at, one in enumerate(one for one in members if not one.skipped):
        yield from (LiteralPart(", ", one.span, ()),) if at else ()
        if one.embedded:
            yield NamePart(f"*{one.embedded}.#{kind}", one.span)
            continue
        if kind != "values":
            yield ColumnPart(one.span, entity, one.column, bare=True)
        if kind == "set":
            yield LiteralPart(" = ", one.span, ())
        if kind != "columns":
            yield BoundPart(one.span, NameOrigin(one.name))


def _equal(entity: str, columns: list[str], span: Span) -> Iterator[Part]:
    for at, column in enumerate(columns):
        yield from (LiteralPart(" AND ", span, ()),) if at else ()
        yield ColumnPart(span, entity, column)
        yield LiteralPart(" = ", span, ())
        yield BoundPart(span, NameOrigin(column))


def _constant(name: str, span: Span, parts: list[Part]) -> Constant:
    return Constant(span, name, Text(span, tuple(parts)))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
