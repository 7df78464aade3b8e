"""Operands and operators of Drizzle, as SQL.

What comes in: nodes. What goes out: parts on a Writer; what nobody knows is a value that is bound, or a hole. This module does not know templates nor
statements: it asks what is built upon it.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import given, link, target
from analyzer.extract.frameworks.drizzle.operators import (
    AGGREGATES,
    DISTANCES,
    INFIX,
    JUNCTIONS,
    LISTS,
    POSTFIX,
    RANGES,
    SUBQUERIES,
)
from analyzer.extract.frameworks.drizzle.refs import Column, Derived
from analyzer.extract.frameworks.drizzle.writer import Writer
from analyzer.extract.texts import head, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.written import BoundPart

_DEPTH = 12
# Methods that leave a fragment as it is in SQL.
PASSES = frozenset({"mapWith", "inlineParams", "getSQL", "as", "append", "if", "$type"})


class Expressions(Writer):
    """Operands: columns, values, fragments, and what operators make of them."""

    # ------------------------------------------------------------------ operands
    def operand(self, node: Node) -> None:
        """One operand: a column, an operator's result, a fragment, a subquery, else a value."""
        node = self.scope.unwrapped(node)
        with self.deeper() as fine:
            if not fine:
                self.unknown(node)
            elif not self.known(node):
                self.constant(node)

    def known(self, node: Node) -> bool:
        """Writes what is surely no plain value; False where it may be one."""
        node = self.bare(node)
        if self.fragment(node) or self.subquery(node):
            return True
        if node.type in ("member_expression", "subscript_expression"):
            return self.member(node)
        if node.type in ("identifier", "shorthand_property_identifier"):
            return self.variable(node)
        if node.type == "ternary_expression" and (made := self.made(node, 0)) is not None:
            self.operand(made)
            return True
        name = self.names.operator(node)
        return bool(name) and self.operation(name, node)

    def bare(self, node: Node) -> Node:
        """`count().mapWith(Number)`, `max(users.age).as("oldest")` without the methods that change nothing of the expression."""
        for _ in range(_DEPTH):
            found = link(node) if node.type == "call_expression" else None
            home = target(node) if found is not None and found.method in PASSES else None
            inner = self.scope.unwrapped(home) if home is not None else None
            if inner is None or inner.type != "call_expression":
                break
            node = inner
        return node

    def constant(self, node: Node) -> None:
        if node.type == "null":
            self.say("NULL", node)
        else:
            self.value(node)

    def variable(self, node: Node) -> bool:
        """A name: of a column, of a subquery, of a fragment that was built before."""
        found = self.names.ref(node)
        if isinstance(found, Column):
            self.taken(found, node)
            return True
        if isinstance(found, Derived):
            self.nested(found.body, node)
            return True
        value = self.made(node, 0)
        if value is not None:
            self.operand(value)
        return value is not None

    def made(self, node: Node, depth: int) -> Node | None:
        """The SQL that an expression makes in one of its branches, or that a name was last given; None where it makes none. Empty fragments come last."""
        node = self.scope.unwrapped(node)
        if depth > _DEPTH or self.is_fragment(node):
            return node if depth <= _DEPTH else None
        if node.type == "ternary_expression":
            inner = [node.child_by_field_name("consequence"), node.child_by_field_name("alternative")]
        elif node.type == "identifier":
            inner = list(reversed(self.built(node)))
        else:
            return None
        found = [made for one in inner if one is not None and (made := self.made(one, depth + 1)) is not None]
        return next((one for one in found if not self.is_empty(one)), found[0] if found else None)

    def built(self, node: Node) -> list[Node]:
        """What a name was bound to in this file, each once, the name's own place left out."""
        meaning = self.scope.meaning(text_of(node), node.start_byte)
        if meaning.loop is not None or meaning.parameter is not None:
            return []
        return [
            self.scope.unwrapped(one.value)
            for one in meaning.bindings
            if one.value is not None and not one.mutation and not one.destructured
        ]

    def is_fragment(self, node: Node) -> bool:
        """Whether an expression makes SQL: an operator, a template, a chain."""
        node = self.bare(node)
        return bool(self.names.operator(node)) or self.is_template(node) or self.is_chain(node)

    # ------------------------------------------------------------------ operators
    def operation(self, name: str, node: Node) -> bool:
        values = given(node)
        if name in JUNCTIONS:
            self.say("(", node)
            self.junction(list(values), JUNCTIONS[name], node)
            self.say(")", node)
        elif name in AGGREGATES:
            self._call(*AGGREGATES[name], values[:1], node)
        elif not values:
            self.unknown(node)
        else:
            self._operation(name, values, node)
        return True

    def _operation(self, name: str, values: tuple[Node, ...], node: Node) -> None:
        if name in INFIX and len(values) > 1:
            self._infix(values[0], f" {INFIX[name]} ", values[1], node)
        elif name in POSTFIX:
            self.operand(values[0])
            self.say(POSTFIX[name], node)
        elif name in LISTS and len(values) > 1:
            self.operand(values[0])
            self.say(LISTS[name], node)
            self.in_list(values[1])
        elif name in RANGES and len(values) > 2:
            self._infix(values[0], RANGES[name], values[1], node)
            self.say(" AND ", node)
            self.operand(values[2])
        elif name in SUBQUERIES:
            self.say(SUBQUERIES[name], node)
            self._subquery_of(values[0])
        elif name == "not":
            self.say("NOT (", node)
            self.condition(values[0])
            self.say(")", node)
        elif name in DISTANCES:
            self._call("COALESCE(", ")", values[:1], node)
        else:
            self.unknown(node)

    def _infix(self, left: Node, between: str, right: Node, node: Node) -> None:
        self.operand(left)
        self.say(between, node)
        self.operand(right)

    def _call(self, before: str, behind: str, values: tuple[Node, ...], node: Node) -> None:
        self.say(before, node)
        if values:
            self.operand(values[0])
        else:
            self.say("*", node)
        self.say(behind, node)

    def _subquery_of(self, node: Node) -> None:
        if not self.known(self.scope.unwrapped(node)):
            self.say("(", node)
            self.unknown(node)
            self.say(")", node)

    def in_list(self, node: Node) -> None:
        """The right side of IN: a list, a subquery, or one array that is bound."""
        inner = self.scope.unwrapped(node)
        if inner.type == "array" and inner.named_child_count:
            self.say("(", inner)
            self.listed(elements(inner), self.operand, ", ", inner)
            self.say(")", inner)
        elif inner.type == "array" or not self.known(inner):
            # All values at once: wherever they come from, this is no query for each.
            self.say("(", inner)
            self.put(BoundPart(self.span(inner), UnknownOrigin(head(inner, 120))))
            self.say(")", inner)

    # ------------------------------------------------------------------ what is built upon this
    def condition(self, node: Node) -> None:
        """Writes a condition; one that is never there is true."""
        raise NotImplementedError

    def junction(self, nodes: list[Node], between: str, node: Node) -> None:
        """Writes conditions side by side."""
        raise NotImplementedError

    def fragment(self, node: Node) -> bool:
        """Writes a template or a helper of the tag; False where the node is neither."""
        raise NotImplementedError

    def is_template(self, node: Node) -> bool:
        raise NotImplementedError

    def is_empty(self, node: Node) -> bool:
        """Whether a fragment says nothing."""
        raise NotImplementedError

    def subquery(self, node: Node) -> bool:
        """Writes a chain in brackets; False where the node is none."""
        raise NotImplementedError

    def is_chain(self, node: Node) -> bool:
        raise NotImplementedError

    def nested(self, body: Node, node: Node, *, keyed: bool = False) -> None:
        """Writes a statement in brackets."""
        raise NotImplementedError


def elements(node: Node) -> Iterator[Node]:
    yield from (child for child in node.named_children if child.type != "comment")
