"""Calls of SQLAlchemy's expressions as SQL: functions, methods of columns, subqueries.

What comes in: nodes, a Frame, a Builder. What goes out: parts. This module does not know statements: it asks for a subquery's.
"""

import re
from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Frame, Named
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.operands import Operands, Take
from analyzer.extract.frameworks.sqlalchemy.queries.operators import (
    CONDITIONS,
    CONNECTIVES,
    CONSTANTS,
    FOLDED_LIKES,
    IS,
    LIKES,
    LISTS,
    SAME,
    SORTS,
    WORDS,
)
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import Given, given, method, spoken
from analyzer.facts.part.entities import JoinPart

Write = Callable[[Chain, Frame, Node], None]
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")


class Expressions(Operands):
    """Writes all that a statement holds. `subquery` writes a chain in brackets."""

    def __init__(self, builder: Builder, names: Names, subquery: Write, taken: Take) -> None:
        super().__init__(builder, names, taken)
        self._subquery = subquery

    def call(self, node: Node, frame: Frame, *, sure: bool) -> None:
        callee = node.child_by_field_name("function")
        chain = self.names.chains.of(node)
        if chain is not None:
            self._subquery(chain, frame, node)
        elif callee is None:
            self.b.unknown(node)
        elif word := spoken(callee, self.scope):
            self._spoken(word, node, frame)
        elif name := self._function(callee):
            self._functional(name, node, frame)
        elif (called := method(node)) is not None:
            self._method(node, called[0], called[1], frame, sure=sure)

    def _spoken(self, word: str, node: Node, frame: Frame) -> None:
        arguments = given(node)
        first = arguments.plain[0] if arguments.plain else None
        if word in CONNECTIVES:
            self.b.say("(", node)
            self.together(self.spread(arguments), CONNECTIVES[word], node, frame)
            self.b.say(")", node)
        elif word in CONSTANTS:
            self.b.say(CONSTANTS[word], node)
        elif first is None:
            self.b.unknown(node)
        elif word == "not_":
            self._inside("NOT (", first, frame, ")")
        elif word == "case":
            self._case(arguments, node, frame)
        elif word in SORTS or word in ("collate", "label", "any_", "all_", "over", "funcfilter", "col"):
            self.write(first, frame, sure=True)
        elif word == "distinct":
            self.b.say("DISTINCT ", node)
            self.write(first, frame, sure=True)
        elif word in ("text", "literal_column"):
            self.fragment(first)
        elif word == "literal":
            self._value(self.scope.unwrapped(first), sure=False)
        elif word == "between" and len(arguments.plain) > 2:
            self._between(node, first, list(arguments.plain[1:3]), frame)
        elif word == "bindparam":
            self._anything(node)
        elif word == "column":
            self.b.unknown(node)
        else:
            self.neutral(node, [one for one in self.spread(arguments) if self.speaks(one)], frame)

    def _case(self, arguments: Given, node: Node, frame: Frame) -> None:
        pairs = [
            one
            for plain in self.spread(arguments)
            for one in (plain.named_children if plain.type == "list" else [plain])
        ]
        pairs = [one for one in pairs if one.type == "tuple" and len(one.named_children) == 2]
        if not pairs or "value" in arguments.named:
            self.neutral(node, [one for one in arguments.named.values() if self.speaks(one)], frame)
            return
        self.b.say("CASE", node)
        for pair in pairs:
            self.b.say(" WHEN ", pair)
            self.condition(pair.named_children[0], frame)
            self.b.say(" THEN ", pair)
            self.operand(pair.named_children[1], frame)
        if "else_" in arguments.named:
            self.b.say(" ELSE ", node)
            self.operand(arguments.named["else_"], frame)
        self.b.say(" END", node)

    def _functional(self, name: str, node: Node, frame: Frame) -> None:
        arguments = given(node)
        operands = list(arguments.plain)
        if name in WORDS:
            self.b.say(WORDS[name], node)
        elif _FUNCTION.fullmatch(name) is None or arguments.stars:
            self.neutral(node, [one for one in operands if self.speaks(one)], frame)
        elif name == "count" and (not operands or not self.speaks(operands[0])):
            for one in operands:
                found = self.names.selectable(one)
                if isinstance(found, Named):
                    self.take(found, frame)
            self.b.say("COUNT(*)", node)
        else:
            self.b.say(f"{name}(", node)
            for at, one in enumerate(operands):
                self.b.say(", " if at else "", node)
                self.operand(one, frame) if not self.speaks(one) else self.write(one, frame, sure=True)
            self.b.say(")", node)

    def _method(self, node: Node, target: Node, name: str, frame: Frame, *, sure: bool) -> None:
        arguments = given(node)
        first = arguments.plain[0] if arguments.plain else None
        if name in SAME:
            self.write(target, frame, sure=sure)
        elif name in LIKES and first is not None:
            self.compare(node, target, LIKES[name], first, frame)
        elif name in FOLDED_LIKES and first is not None:
            self._folded_like(node, target, FOLDED_LIKES[name], first, frame)
        elif name in IS and first is not None:
            self.compare(node, target, IS[name], first, frame)
        elif name in LISTS and first is not None:
            self._list(node, target, LISTS[name], first, frame)
        elif name == "between" and len(arguments.plain) > 1:
            self._between(node, target, list(arguments.plain[:2]), frame)
        elif name == "distinct":
            self.b.say("DISTINCT ", node)
            self.write(target, frame, sure=True)
        elif name in ("any", "has") and self._put_exists(node, target, arguments, frame):
            return
        elif name == "over":
            self._over(node, target, arguments, frame)
        else:
            operands = [
                target,
                *(one for one in (*self.spread(arguments), *arguments.named.values()) if self.speaks(one)),
            ]
            self.neutral(node, [one for one in operands if self.speaks(one)], frame, is_condition=name in CONDITIONS)

    def _folded_like(self, node: Node, left: Node, operator: str, right: Node, frame: Frame) -> None:
        self.b.say("(LOWER(", node)
        self.write(left, frame, sure=True)
        self.b.say(f") {operator} LOWER(", node)
        self.operand(right, frame)
        self.b.say("))", node)

    def _between(self, node: Node, left: Node, limits: list[Node], frame: Frame) -> None:
        self.b.say("(", node)
        self.write(left, frame, sure=True)
        for word, one in zip((" BETWEEN ", " AND "), limits, strict=False):
            self.b.say(word, node)
            self.operand(one, frame)
        self.b.say(")", node)

    def _over(self, node: Node, target: Node, arguments: Given, frame: Frame) -> None:
        self.write(target, frame, sure=True)
        self.b.say(" OVER (", node)
        for word, key in (("PARTITION BY ", "partition_by"), (" ORDER BY ", "order_by")):
            value = arguments.named.get(key)
            if value is not None:
                self.b.say(word, node)
                self.listed(
                    value.named_children if value.type in ("list", "tuple") else [value], frame, order=key == "order_by"
                )
        self.b.say(")", node)

    def _list(self, node: Node, target: Node, operator: str, values: Node, frame: Frame) -> None:
        values = self.scope.unwrapped(values)
        if target.type == "call" and not self.speaks(target):
            self.b.unknown(node)
            return
        self.b.say("(", node)
        self.write(target, frame, sure=True)
        self.b.say(f" {operator} ", node)
        chain = self.names.chains.of(values)
        over = self.names.selectable(values) if chain is None and values.type in ("identifier", "call") else None
        if chain is not None:
            self._subquery(chain, frame, node)
        elif isinstance(over, Derived):
            self._taken(over, frame)
            self.b.say("(", node)
            self.b.unknown(values)
            self.b.say(")", node)
        else:
            self.b.say("(", node)
            shown = (
                [one for one in values.named_children if one.type != "comment"]
                if values.type in ("list", "tuple", "set")
                else []
            )
            if shown and not any(one.type == "list_splat" for one in shown):
                for at, one in enumerate(shown):
                    self.b.say(", " if at else "", node)
                    self.operand(one, frame)
            else:
                # A list is bound as a whole: it is a batch, whichever loop it comes from.
                self._anything(values)
            self.b.say(")", node)
        self.b.say(")", node)

    def _put_exists(self, node: Node, target: Node, arguments: Given, frame: Frame) -> bool:
        """`User.posts.any(Post.title == x)`, `Post.author.has(name=x)`."""
        found = self.column(target) if target.type == "attribute" else None
        # An array has `any` too, of a value.
        if found is None or isinstance(found[0], Derived) or not all(self.speaks(one) for one in arguments.plain):
            return False
        source, relation = found[0], found[1]
        self.take(source, frame)
        led = Named(f"{source.entity}>{relation}")
        inner = Frame(outer=frame)
        inner.join(led)
        self.b.say('EXISTS (SELECT 1 FROM (SELECT 1 AS "one") AS "only"', node)
        self.relation(node, "JOIN", source, relation)
        self.b.say(" WHERE TRUE", node)
        for one in self.spread(arguments):
            self._inside(" AND (", one, inner, ")")
        for name, value in arguments.named.items():
            self.b.say(" AND ", value)
            self.b.column(led.entity, name, value)
            self.b.say(" = ", value)
            self.operand(value, inner)
        self.b.say(")", node)
        return True

    def relation(self, node: Node, kind: str, source: Named, relation: str, alias: str = "", entity: str = "") -> None:
        self.b.put(JoinPart(self.b.span(node), kind, source.entity, relation, source.alias, entity, alias))
