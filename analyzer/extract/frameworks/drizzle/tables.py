"""Drizzle's tables, what they are put together from, and conventions.

What comes in: a Site of a declaration. What goes out: Entities, Related, Naming. Source: https://orm.drizzle.team/docs/sql-schema-declaration, /docs/schemas,
/docs/views, /docs/custom-types. This module does not know queries.
"""

from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.chains import Chain, chain, literal, parameters, result
from analyzer.extract.frameworks.drizzle.columns import builder_of, column
from analyzer.extract.frameworks.drizzle.frames import Frame
from analyzer.extract.frameworks.drizzle.keys import elements
from analyzer.extract.frameworks.drizzle.makers import custom_type, enumeration, is_named, view
from analyzer.extract.frameworks.drizzle.names import MAKERS, Named, named
from analyzer.extract.frameworks.drizzle.objects import Columns, columns
from analyzer.extract.frameworks.drizzle.other_names import renamed, renamed_export
from analyzer.extract.frameworks.drizzle.relations import defined, related
from analyzer.extract.frameworks.framework import Declared, Site
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import Entity, Naming
from analyzer.facts.origin import NameOrigin, ParameterOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart
from analyzer.facts.source import Dialect
from analyzer.facts.text import Text

_DEEP = 16
_CASINGS = frozenset({"snake_case", "camelCase"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function_declaration"})
_OF_SCHEMA = frozenset({"table", "view", "materializedView", "enum"})


def declare(site: Site) -> Iterator[Declared]:
    """What one declaration says."""
    casing = site.node("declaration.casing")
    if casing is not None:
        manner = literal(casing, site.scope)
        if manner in _CASINGS:
            yield Naming(site.scope.structure.span(casing), "drizzle", str(manner))
        return
    exported = site.node("declaration.exported")
    if exported is not None:
        yield from renamed_export(exported, site)
        return
    name, value = site.node("declaration.name"), site.node("declaration.value")
    if name is None or value is None:
        return
    value = site.scope.unwrapped(value)
    yield from renamed(name, value, site)
    if value.type == "call_expression":
        yield from _called(name, value, site)
    elif value.type == "object":
        yield from _spread(name, value, Frame(site, None))
    elif value.type in _FUNCTIONS:
        yield from _given(name, value, site)


def _entity(name: Node, site: Site, **fields: object) -> Entity:
    """A part, unless it is said to be a table."""
    whole = {"is_table": False} | fields
    return Entity(site.scope.structure.span(name), text_of(name), site.source.language, "drizzle", **whole)  # type: ignore[arg-type]


def _called(name: Node, value: Node, site: Site) -> Iterator[Declared]:
    links = chain(value, site.scope)
    known = named(links.callee, site.scope) if links.callee is not None else None
    kind, dialect = MAKERS.get(known.name, (known.name, None)) if known is not None else ("", None)
    dialect = dialect or (known.dialect if known is not None else None)
    match kind:
        case "table":
            yield from _table(name, links, dialect, site)
        case "creator":
            yield _creator(name, links, dialect, site)
        case "schema":
            yield _entity(name, site, namespace=_text(links, site), dialect=dialect)
        case "enum":
            yield enumeration(_entity(name, site, dialect=dialect), links, Frame(site, dialect))
        case "view" | "materializedView":
            yield view(_entity(name, site, dialect=dialect), links, Frame(site, dialect), materialized=kind != "view")
        case "customType":
            yield custom_type(_entity(name, site, dialect=dialect), links, Frame(site, dialect))
        case "relations":
            yield from related(links, Frame(site, None))
        case "defineRelations" | "defineRelationsPart":
            yield from defined(links, Frame(site, None))
        case _:
            yield from _unnamed(name, value, links, known, site)


def _unnamed(name: Node, value: Node, links: Chain, known: Named | None, site: Site) -> Iterator[Declared]:
    """What a function or a schema of the project makes: a table where columns stand in it; or a column alone."""
    callee, frame = links.callee, Frame(site, None)
    if builder_of(links, frame) is not None:
        one = column("", name, value, frame)
        yield _entity(name, site, attributes=(one.attribute,), clauses=one.clauses)
        return
    if callee is None or known is not None:
        return
    target, method = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if target is not None and method is not None and text_of(method) in _OF_SCHEMA:
        yield from _in_schema(name, links, folded(target, 100), text_of(method), site)
    elif callee.type in ("identifier", "member_expression"):
        yield from _table(name, links, None, site, folded(callee, 100))


def _in_schema(name: Node, links: Chain, schema: str, kind: str, site: Site) -> Iterator[Entity]:
    """`shop.table("orders", ..)` of a `pgSchema`."""
    frame = Frame(site, None)
    if kind == "table":
        yield from _table(name, links, None, site, schema)
    elif not is_named(links, frame):
        return
    elif kind == "enum":
        yield replace(enumeration(_entity(name, site), links, frame), bases=(schema,))
    else:
        made = view(_entity(name, site), links, frame, materialized=kind != "view")
        yield replace(made, bases=(schema, *made.bases))


def _table(name: Node, links: Chain, dialect: Dialect | None, site: Site, maker: str = "") -> Iterator[Entity]:
    """A table; `maker` is the project's own function or schema that makes it, whose columns must then be Drizzle's for sure."""
    if len(links.arguments) < 2:
        return
    frame = Frame(site, dialect, frozenset({text_of(name)}))
    found = columns(links.arguments[1], frame, maker=bool(maker))
    if found is None or (maker and not found.known):
        return
    dialect = dialect or found.dialect
    frame = replace(frame, dialect=dialect)
    clauses, statements = list(found.clauses), list[Text]()
    for function in links.arguments[2:3]:
        more, statements = elements(function, frame)
        clauses += more
    table = site.scope.text(links.arguments[0])
    callee = links.callee
    if maker and callee is not None:
        hole = HolePart(site.scope.structure.span(callee), NameOrigin(maker))
        table = Text(table.span, (hole, *table.parts))
    yield _entity(
        name,
        site,
        table=table,
        attributes=found.attributes,
        bases=(*found.bases, *((maker,) if maker else ())),
        clauses=tuple(clauses),
        statements=tuple(statements),
        is_table=True,
        closed=found.closed,
        dialect=dialect,
    )


def _creator(name: Node, links: Chain, dialect: Dialect | None, site: Site) -> Entity:
    """`pgTableCreator((name) => `shop_${name}`)`: what it puts around names, with the parameter where the name stands."""
    scope, span = site.scope, site.scope.structure.span(links.root)
    function = links.arguments[0] if links.arguments else links.root
    body = result(function, scope)
    parts = tuple(_summed(body, scope, 0)) if body is not None else ()
    names = {name for pattern in parameters(function)[:1] for name in scope.host.names(pattern)}
    # What a method makes of the name comes from it too, and is another.
    places = [one.span for one in parts if isinstance(one, HolePart) and isinstance(one.origin, ParameterOrigin)]
    written = {site.source.content[place.start : place.end].decode("utf-8", "replace") for place in places}
    if not written or not written <= names:
        parts = (HolePart(span, NameOrigin(folded(links.root, 80))),)
    return _entity(name, site, table=Text(span, parts), dialect=dialect)


def _summed(node: Node, scope: Scope, depth: int) -> Iterator[Part]:
    """The parts of a text; of `PREFIX + name` those of both, though neither says that it is one."""
    node = scope.unwrapped(node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type == "binary_expression" and left is not None and right is not None and depth < _DEEP:
        yield from _summed(left, scope, depth + 1)
        yield from _summed(right, scope, depth + 1)
    else:
        yield from scope.text(node).parts


def _text(links: Chain, site: Site) -> Text:
    span = site.scope.structure.span(links.root)
    return site.scope.text(links.arguments[0]) if links.arguments else Text(span, (HolePart(span, NameOrigin("")),))


def _part(name: Node, found: Columns, site: Site) -> Entity:
    return _entity(
        name,
        site,
        attributes=found.attributes,
        bases=found.bases,
        clauses=found.clauses,
        closed=found.closed,
        dialect=found.dialect,
    )


def _spread(name: Node, value: Node, frame: Frame) -> Iterator[Entity]:
    """An object of columns."""
    found = columns(value, frame, maker=True)
    if found is not None:
        yield _part(name, found, frame.site)


def _default(function: Node, name: str, site: Site) -> str | None:
    """The text that a parameter has where nothing is passed."""
    given = function.child_by_field_name("parameters")
    for one in given.named_children if given is not None else ():
        pattern = one.child_by_field_name("pattern") or one.child_by_field_name("left")
        value = one.child_by_field_name("value") or one.child_by_field_name("right")
        if pattern is not None and value is not None and text_of(pattern) == name:
            known = literal(value, site.scope)
            return known if isinstance(known, str) else None
    return None


def _given(name: Node, function: Node, site: Site) -> Iterator[Entity]:
    """A function that gives columns, or one column."""
    body = result(function, site.scope)
    if body is None:
        return
    frame = Frame(site, None)
    if body.type == "object":
        yield from _spread(name, body, frame)
        return
    links = chain(body, site.scope)
    if builder_of(links, frame) is None:
        return
    one = column("", name, body, frame)
    names = {word for pattern in parameters(function) for word in site.scope.host.names(pattern)}
    first = links.arguments[0] if links.arguments else None
    takes = first is not None and first.type == "identifier" and text_of(first) in names
    attribute = replace(one.attribute, name="name" if takes else "", certain=takes or one.attribute.certain)
    if takes and first is not None:
        attribute = replace(attribute, column=_default(function, text_of(first), site))
    yield _entity(name, site, attributes=(attribute,), clauses=one.clauses)
