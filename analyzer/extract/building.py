"""SQL that a library makes of calls, written piece by piece: every word stands for the node of the source that it comes from.

What comes in: nodes and their Scope. What goes out: a Text whose parts the program turns into names of the database. This module does not know any
library, nor SQL beyond what it is told to write.
"""

import re

from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart
from analyzer.facts.query import Argument
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?")


class Builder:
    """Parts of one text in the making. `arguments` are its bound values, in order, with what is known of them."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.parts: list[Part] = []
        self.arguments: list[Argument] = []

    def span(self, node: Node) -> Span:
        return self.scope.structure.span(node)

    def say(self, words: str, node: Node) -> None:
        """SQL's own words, which stand for a node."""
        self.parts.append(LiteralPart(words, self.span(node), ()))

    def put(self, *parts: Part) -> None:
        self.parts.extend(parts)

    def table(self, entity: str, node: Node, alias: str = "") -> None:
        self.parts.append(TablePart(self.span(node), entity, alias))

    def column(self, entity: str, attribute: str, node: Node, alias: str = "") -> None:
        """A column that nothing but an entity can have."""
        self.parts.append(ColumnPart(self.span(node), entity, attribute, alias))

    def mention(self, entity: str, attribute: str, node: Node, alias: str = "") -> None:
        """A column if the name turns out to be an entity's, else a value that is bound."""
        origin = self.scope.origin(node)
        self.arguments.append(Argument(self.span(node), origin))
        self.parts.append(ColumnPart(self.span(node), entity, attribute, alias, origin=origin))

    def key(self, entity: str, attribute: str, node: Node) -> None:
        """A column by its name alone: in an INSERT's list, left of `=` in SET."""
        self.parts.append(ColumnPart(self.span(node), entity, attribute, bare=True))

    def value(self, node: Node) -> None:
        """A value: a constant as SQL writes it, anything else bound."""
        origin = self.scope.origin(node)
        written = constant(origin.value) if isinstance(origin, LiteralOrigin) else None
        if written is not None:
            self.say(written, node)
        else:
            self.bind(node)

    def bind(self, node: Node) -> None:
        """A bound value, whatever it is."""
        origin = self.scope.origin(node)
        self.arguments.append(Argument(self.span(node), origin))
        self.parts.append(BoundPart(self.span(node), origin))

    def unknown(self, node: Node) -> None:
        """What nobody knows."""
        self.parts.append(HolePart(self.span(node), self.scope.origin(node)))

    def text(self, node: Node) -> Text:
        """What was written so far, for a node."""
        return Text(self.span(node), tuple(self.parts))


def constant(value: str | float | bool | None) -> str | None:
    """A plain value as SQL writes it; None where its type has no one spelling in all engines."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'" if "\\" not in value and "\0" not in value else None
    if isinstance(value, int | float) and _NUMBER.fullmatch(str(value)):
        return str(value)
    return None
