"""Objects of columns: the second argument of a table, and what is spread into it.

What comes in: an object, a function that gives one, or a name. What goes out: Columns. This module does not know tables.
"""

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.chains import chain, entries, plain, result
from analyzer.extract.frameworks.drizzle.columns import Column, builder_of, column
from analyzer.extract.frameworks.drizzle.frames import Frame, making
from analyzer.extract.texts import folded
from analyzer.facts.entity import Attribute
from analyzer.facts.source import Dialect
from analyzer.facts.text import Text

_DEPTH = 4


class Columns(Struct, frozen=True):
    """`bases` are what is spread into it. `known` is True where one of the columns is made by a builder; `dialect` is what that speaks."""

    attributes: tuple[Attribute, ...]
    clauses: tuple[Text, ...] = ()
    bases: tuple[str, ...] = ()
    closed: bool = True
    known: bool = False
    dialect: Dialect | None = None


def columns(node: Node, frame: Frame, *, maker: bool) -> Columns | None:
    """The columns that an expression has; None where it is nothing of the kind. `maker` is True where nobody says that they are columns."""
    node = frame.scope.unwrapped(node)
    inner = result(node, frame.scope)
    if inner is not None:
        frame, node = making(frame, node), inner
    if node.type in ("identifier", "member_expression") and not maker:
        return Columns((), bases=(folded(node, 100),))
    if node.type != "object":
        return None
    # What a function of the project is given as `(d) => ({ id: d.uuid() })` calls a builder, whoever's it is.
    known = _has_builder(node, frame)
    if maker and not known and not _is_merged(node):
        return None
    found = list(_entries(node, frame, 0))
    return Columns(
        tuple(attribute for one in found for attribute in one.attributes),
        tuple(clause for one in found for clause in one.clauses),
        tuple(base for one in found for base in one.bases),
        all(one.closed for one in found),
        known,
        next((one.dialect for one in found if one.dialect is not None), frame.dialect),
    )


def _has_builder(node: Node, frame: Frame) -> bool:
    return any(builder_of(chain(value, frame.scope), frame) is not None for _, _, value in entries(node))


def _is_merged(node: Node) -> bool:
    """`{ ...timestamps, ...owned }`."""
    inside = plain(node)
    return bool(inside) and all(one.type == "spread_element" for one in inside)


def _entries(node: Node, frame: Frame, depth: int) -> Iterator[Columns]:
    for name, at, value in entries(node):
        if name is not None:
            builder = builder_of(chain(value, frame.scope), frame)
            one: Column = column(name, at, value, frame)
            dialect = builder[1] if builder is not None else None
            yield Columns((one.attribute,), one.clauses, dialect=dialect)
        elif value.type == "spread_element" and plain(value):
            yield from _spread(frame.scope.unwrapped(plain(value)[0]), frame, depth)
        else:
            yield Columns((), closed=False)


def _spread(node: Node, frame: Frame, depth: int) -> Iterator[Columns]:
    """`...timestamps`, `...timestamps()`, `...shared.timestamps(d)`, and an object that stands there."""
    if node.type == "object" and depth < _DEPTH:
        yield from _entries(node, frame, depth + 1)
        return
    callee = node.child_by_field_name("function") if node.type == "call_expression" else node
    is_name = callee is not None and callee.type in ("identifier", "member_expression")
    # A name of Drizzle's own is no object of the project.
    if callee is None or not is_name:
        yield Columns((), closed=False)
        return
    yield Columns((), bases=(folded(callee, 100),))
