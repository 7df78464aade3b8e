"""What stands beside Drizzle's tables: enums, views, types of the project's own.

What comes in: a call in its Frame, and the Entity to be. What goes out: that Entity with what the call says. Source: https://orm.drizzle.team/docs/column-types/pg#enum,
/docs/views, /docs/custom-types. This module does not know tables.
"""

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.drizzle.chains import Chain, entries, literal, plain, result
from analyzer.extract.frameworks.drizzle.columns import listed, listing_of, values_of
from analyzer.extract.frameworks.drizzle.frames import Frame, expression, is_template
from analyzer.extract.frameworks.drizzle.objects import columns
from analyzer.facts.entity import Attribute, Entity
from analyzer.facts.model import HostType
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part.entities import TablePart
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.text import Text


def is_named(links: Chain, frame: Frame) -> bool:
    """Whether the first argument is a name."""
    return bool(links.arguments) and isinstance(literal(links.arguments[0], frame.scope), str)


def enumeration(entity: Entity, links: Chain, frame: Frame) -> Entity:
    """A type of the database, as the column that its function makes."""
    if not links.arguments:
        return entity
    members = listed(links.arguments[1], frame) if len(links.arguments) > 1 else None
    span = frame.span(links.root)
    builder = Builder(frame.scope)
    builder.say("CREATE TYPE ", links.root)
    builder.put(TablePart(span, ""))
    builder.say(" AS ENUM (", links.root)
    builder.put(values_of(links.arguments[-1], members, frame))
    builder.say(")", links.root)
    one = Attribute(
        entity.span,
        "name",
        None,
        Text(span, (TablePart(span, entity.name),)),
        HostType("string"),
        members=members,
        listed=listing_of(links.arguments[-1]) if members is None else "",
    )
    name = frame.scope.text(links.arguments[0])
    return replace(entity, table=name, attributes=(one,), statements=(builder.text(links.root),))


def view(entity: Entity, links: Chain, frame: Frame, *, materialized: bool) -> Entity:
    """A view: what its template selects; what a query builder or the database makes of it is not known."""
    if not links.arguments:
        return entity
    written = columns(links.arguments[1], frame, maker=False) if len(links.arguments) > 1 else None
    query = next((step.arguments[0] for step in links.steps if step.name == "as" and step.arguments), None)
    builder = Builder(frame.scope)
    builder.say(f"CREATE {'MATERIALIZED ' if materialized else ''}VIEW ", links.root)
    builder.put(TablePart(frame.span(links.root), ""))
    builder.say(" AS ", links.root)
    if query is not None and is_template(query, frame):
        expression(builder, query, frame)
    else:
        builder.unknown(query if query is not None else links.root)
    return replace(
        entity,
        table=frame.scope.text(links.arguments[0]),
        attributes=written.attributes if written is not None else (),
        bases=written.bases if written is not None else (),
        closed=written is not None and written.closed,
        statements=(builder.text(links.root),),
    )


def custom_type(entity: Entity, links: Chain, frame: Frame) -> Entity:
    """The type that `dataType()` gives, where that is one text."""
    span = frame.span(links.root)
    given = _data_type(links, frame)
    text = frame.scope.text(given) if given is not None else None
    known = text is not None and all(isinstance(part, LiteralPart) for part in text.parts)
    hole = HolePart(span, NameOrigin(entity.name))
    definition = text if text is not None and known else Text(span, (hole,))
    return replace(entity, attributes=(Attribute(entity.span, "name", None, definition),))


def _data_type(links: Chain, frame: Frame) -> Node | None:
    for argument in links.arguments[:1]:
        for name, _, value in entries(argument) if argument.type == "object" else ():
            if name == "dataType":
                return result(value, frame.scope)
        for child in plain(argument):
            method = child.child_by_field_name("name")
            if child.type == "method_definition" and method is not None and method.text == b"dataType":
                return result(child, frame.scope)
    return None
