"""What names mean inside of one declaration, and expressions over the table that is declared.

What comes in: nodes inside of a declaration. What goes out: parts of SQL. The table's own columns have no entity's name: whoever takes the text is meant.
This module does not know columns or keys.
"""

from collections.abc import Iterable

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.building import Builder, constant
from analyzer.extract.frameworks.drizzle.builders import Value
from analyzer.extract.frameworks.drizzle.chains import Step, chain, entries, literal, parameters, result
from analyzer.extract.frameworks.drizzle.names import named
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript.literals import pieces
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.part.entities import ColumnPart
from analyzer.facts.part.written import IdentifierPart
from analyzer.facts.source import Dialect, Span

_DEPTH = 8
_FIELDS = frozenset({"member_expression", "subscript_expression"})


class Frame(Struct, frozen=True):
    """`own` are names of the table itself, `fields` names of its columns; `factory` has the column builders as its methods, `builders` are such by name."""

    site: Site
    dialect: Dialect | None
    own: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    factory: str = ""
    builders: frozenset[str] = frozenset()

    @property
    def scope(self) -> Scope:
        return self.site.scope

    def span(self, node: Node) -> Span:
        return self.site.scope.structure.span(node)


def column_of(node: Node, frame: Frame) -> tuple[str, str] | None:
    """(entity, attribute) of `users.id`, `t["id"]`, or a column by its name; no entity where it is the table's own."""
    node = frame.scope.unwrapped(node)
    if node.type in frame.scope.syntax.identifiers and text_of(node) in frame.fields:
        return "", text_of(node)
    if node.type not in _FIELDS:
        return None
    target = node.child_by_field_name("object")
    name = node.child_by_field_name("property") or node.child_by_field_name("index")
    if target is None or name is None or (node.type == "subscript_expression" and name.type != "string"):
        return None
    entity = folded(target, 200)
    return "" if entity in frame.own else entity, text_of(name).strip("'\"`")


def columns_of(nodes: Iterable[Node], frame: Frame) -> list[tuple[str, str]] | None:
    """The columns of a list; None where one of them is something else."""
    found = [column_of(node, frame) for node in nodes]
    return [one for one in found if one is not None] if None not in found and found else None


def referenced(node: Node, frame: Frame) -> tuple[str, str] | None:
    """The column of `() => users.id`."""
    inner = result(frame.scope.unwrapped(node), frame.scope)
    return column_of(inner, frame) if inner is not None else None


def key(entity: str, attribute: str, span: Span) -> ColumnPart:
    return ColumnPart(span, entity, attribute, bare=True)


def is_template(node: Node, frame: Frame) -> bool:
    """Whether an expression is SQL by Drizzle's tag."""
    return _template(frame.scope.unwrapped(node), frame) is not None


def _template(node: Node, frame: Frame) -> Node | None:
    links = chain(node, frame.scope)
    if links.callee is None or len(links.arguments) != 1 or links.arguments[0].type != "template_string":
        return None
    known = named(links.callee, frame.scope)
    is_sql = (known is not None and known.name == "sql") or text_of(links.callee) == "sql"
    return links.arguments[0] if is_sql else None


def expression(builder: Builder, node: Node, frame: Frame, depth: int = 0) -> None:
    """An expression over the table's columns: a template, a column, a constant, or what a function gives of these."""
    node = frame.scope.unwrapped(node)
    node = result(node, frame.scope) or node
    template = _template(node, frame)
    found = column_of(node, frame)
    if depth > _DEPTH:
        builder.unknown(node)
    elif template is not None:
        _spliced(builder, template, frame, depth)
    elif found is not None:
        builder.put(key(*found, frame.span(node)))
    elif not _known(builder, node, frame, depth):
        builder.unknown(node)


def _spliced(builder: Builder, template: Node, frame: Frame, depth: int) -> None:
    for part, value in pieces(template, frame.site.source):
        if part is not None and part.value:
            builder.put(part)
        elif value is not None:
            expression(builder, value, frame, depth + 1)


def _known(builder: Builder, node: Node, frame: Frame, depth: int) -> bool:
    """What is written as such: a constant, `sql.raw`, `sql.identifier`, the one expression of a name."""
    written = constant(literal(node, frame.scope))
    if written is not None:
        builder.say(written, node)
        return True
    links = chain(node, frame.scope)
    callee = folded(links.callee, 80) if links.callee is not None else ""
    if callee == "sql.raw" and links.arguments:
        builder.put(*frame.scope.parts(links.arguments[0]))
        return True
    if callee == "sql.identifier" and links.arguments:
        name = literal(links.arguments[0], frame.scope)
        if isinstance(name, str):
            builder.put(IdentifierPart(frame.span(node), (name,)))
            return True
    bound = frame.scope.bound(node) if node.type == "identifier" else None
    if bound is not None and not bound[1] and is_template(bound[0], frame):
        expression(builder, bound[0], frame, depth + 1)
        return True
    return False


def taken(frame: Frame, function: Node) -> Frame:
    """The frame inside of the third argument's function: `(t) => ..` or `({ email }) => ..`."""
    names, fields = set(frame.own), set(frame.fields)
    for pattern in parameters(function)[:1]:
        (names if pattern.type == "identifier" else fields).update(frame.scope.host.names(pattern))
    return Frame(frame.site, frame.dialect, frozenset(names), frozenset(fields), frame.factory, frame.builders)


def making(frame: Frame, function: Node) -> Frame:
    """The frame inside of the function that makes the columns: `(d) => ..` or `({ text }) => ..`."""
    factory, builders = frame.factory, set(frame.builders)
    for pattern in parameters(function)[:1]:
        if pattern.type == "identifier":
            factory = text_of(pattern)
        else:
            builders.update(frame.scope.host.names(pattern))
    return Frame(frame.site, frame.dialect, frame.own, frame.fields, factory, frozenset(builders))


def option(step: Step, name: str, frame: Frame) -> Value:
    """What an option of a step is, None where it is not given or not known."""
    for argument in step.arguments:
        for known, _, value in entries(argument) if argument.type == "object" else ():
            if known == name:
                return literal(value, frame.scope)
    return None
