"""Expressions of SQLAlchemy as SQL: columns, values, comparisons, connectives.

What comes in: nodes, a Frame, a Builder. What goes out: parts. An expression that engines spell differently, or that nobody here knows, keeps the columns
it mentions, inside of a COALESCE with a hole. This module does not know calls: `expressions` does.
"""

import re
from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Frame, Named
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.operators import COMPARISONS, ORDERS, SORTS
from analyzer.extract.frameworks.sqlalchemy.queries.reading import DEPTH, Reading
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import is_class, method, segments, spoken
from analyzer.extract.texts import cut, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.entities import ColumnPart
from analyzer.facts.part.written import BoundPart, IdentifierPart, LiteralPart
from analyzer.facts.query import Argument

Take = Callable[[Derived, Frame], None]
_PLACEHOLDER = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")
_OPEN = frozenset({"call", "identifier", "attribute", "conditional_expression", "boolean_operator", "list_splat"})
# Parts of one statement: what is longer is generated, and names that double at every step would never end.
_LONGEST = 5000


class Operands(Reading):
    """Writes expressions of one statement into a Builder. `taken` puts a subquery into a frame."""

    def __init__(self, builder: Builder, names: Names, taken: Take) -> None:
        super().__init__(names)
        self.b = builder
        self._taken = taken
        self._depth = 0

    def call(self, node: Node, frame: Frame, *, sure: bool) -> None:
        """A call that speaks SQL."""
        raise NotImplementedError

    def _put_column(self, node: Node, frame: Frame, *, sure: bool) -> bool:
        found = self.column(node)
        if found is None:
            return False
        table, attribute = found
        if isinstance(table, Derived):
            self._derived_column(table, attribute, node, frame)
            return True
        # `users.c.id` and `User.id` of a name that can be nothing else.
        self.take(table, frame, sure=sure)
        if "?" in table.entity and self.names.handing.is_asked(node):
            self.b.unknown(node)
        elif sure or table.alias or table.entity.startswith("?"):
            self.b.column(table.entity, attribute, node, table.alias)
        else:
            self._mention(table.entity, attribute, node)
        return True

    def take(self, table: Named, frame: Frame, *, sure: bool = True) -> None:
        """A table that is mentioned, or the subquery that its rows are of."""
        if table.over is None:
            frame.take(table, sure=sure)
            return
        self._taken(table.over, frame)
        frame.current = frame.current or table

    def _mention(self, entity: str, attribute: str, node: Node) -> None:
        """A column, or the member of an enum: which of its two texts the engine gets, the column's type says."""
        origin = UnknownOrigin()
        self.b.arguments.append(Argument(self.b.span(node), origin))
        self.b.put(ColumnPart(self.b.span(node), entity, attribute, origin=origin))

    def _derived_column(self, table: Derived, attribute: str, node: Node, frame: Frame) -> None:
        self._taken(table, frame)
        if attribute in table.labels:
            self.b.put(IdentifierPart(self.b.span(node), (table.alias, attribute)))
        elif table.star is not None:
            self.b.column(table.star.entity, f"={attribute}", node, table.alias)
        else:
            self.b.unknown(node)

    def condition(self, node: Node, frame: Frame) -> None:
        """What is true or false; what nobody knows is a hole."""
        self.write(node, frame, sure=True)

    def operand(self, node: Node, frame: Frame) -> None:
        """What is compared or written: an expression, else a bound value."""
        self.write(node, frame, sure=False)

    def write(self, node: Node, frame: Frame, *, sure: bool) -> None:
        node = self.scope.unwrapped(node)
        if self._depth > DEPTH or len(self.b.parts) > _LONGEST:
            self.b.unknown(node)
            return
        self._depth += 1
        try:
            self._write(node, frame, sure=sure)
        finally:
            self._depth -= 1

    def _write(self, node: Node, frame: Frame, *, sure: bool) -> None:
        if not self.speaks(node):
            self._value(node, sure=sure)
            return
        match node.type:
            case "identifier":
                value = self._local(node)
                self.write(value if value is not None else node, frame, sure=sure)
            case "attribute":
                if not self._put_column(node, frame, sure=sure):
                    self.neutral(node, [child for child in node.named_children[:1] if self.speaks(child)], frame)
            case "call":
                self.call(node, frame, sure=sure)
            case "comparison_operator":
                self._comparison(node, frame)
            case "binary_operator":
                self._binary(node, frame)
            case "unary_operator" if text_of(node).startswith("~"):
                self._inside("NOT (", node.child_by_field_name("argument") or node, frame, ")")
            case "boolean_operator" | "conditional_expression":
                # Python takes one of them.
                several = [child for child in (node.named_children[0], node.named_children[-1]) if self.speaks(child)]
                if len(several) == 1:
                    self.write(several[0], frame, sure=sure)
                else:
                    self.neutral(node, several, frame, is_condition=self._is_condition(several[0] if several else node))
            case _:
                self.neutral(node, [child for child in node.named_children if self.speaks(child)], frame)

    def _value(self, node: Node, *, sure: bool) -> None:
        if node.type == "none":
            self.b.say("NULL", node)
        elif sure and node.type in _OPEN:
            self.b.unknown(node)
        elif len(dotted := segments(node)) > 1 and is_class(dotted[0]) and dotted[-1] not in ("value", "name"):
            # Which of its two texts the engine gets of an enum's member, the column's type says.
            self._anything(node)
        else:
            # A column's type converts even what the engine would refuse: 1 for a boolean.
            self.b.bind(node)

    def _anything(self, node: Node) -> None:
        """A bound value of which nothing is known."""
        self.b.arguments.append(Argument(self.b.span(node), UnknownOrigin()))
        self.b.put(BoundPart(self.b.span(node), UnknownOrigin()))

    def neutral(self, node: Node, operands: list[Node], frame: Frame, *, is_condition: bool = False) -> None:
        """The columns of an expression whose type nobody knows."""
        self.b.say("(COALESCE(" if is_condition else "COALESCE(", node)
        for operand in operands:
            self.operand(operand, frame)
            self.b.say(", ", node)
        self.b.unknown(node)
        self.b.say(") IS NOT NULL)" if is_condition else ")", node)

    def _inside(self, before: str, node: Node, frame: Frame, behind: str) -> None:
        self.b.say(before, node)
        self.condition(node, frame)
        self.b.say(behind, node)

    def _comparison(self, node: Node, frame: Frame) -> None:
        operands = [child for child in node.named_children if child.type != "comment"]
        operator = "".join(text_of(child) for child in node.children if not child.is_named)
        if len(operands) != 2 or operator not in COMPARISONS:
            self.neutral(node, [one for one in operands if self.speaks(one)], frame, is_condition=True)
            return
        left, right = (self.scope.unwrapped(one) for one in operands)
        if not self.speaks(left):
            left, right, operator = right, left, {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)
        self.compare(node, left, COMPARISONS[operator], right, frame)

    def compare(self, node: Node, left: Node, operator: str, right: Node, frame: Frame) -> None:
        self.b.say("(", node)
        self.write(left, frame, sure=True)
        if operator in ("=", "<>", "IS", "IS NOT"):
            is_null = right.type == "none" or self._constant(right) == "NULL"
            words = ("IS", "IS NOT") if is_null else ("=", "<>")
            operator = words[operator in ("<>", "IS NOT")]
        self.b.say(f" {operator} ", node)
        self.operand(right, frame)
        self.b.say(")", node)

    def _binary(self, node: Node, frame: Frame) -> None:
        left, operator, right = (node.child_by_field_name(field) for field in ("left", "operator", "right"))
        word = text_of(operator) if operator is not None else ""
        if left is None or right is None:
            self.b.unknown(node)
        elif word in "&|" and (self._is_logical(left) and self._is_logical(right)):
            self.b.say("(", node)
            self.condition(left, frame)
            self.b.say(" AND " if word == "&" else " OR ", node)
            self.condition(right, frame)
            self.b.say(")", node)
        else:
            # `+` joins texts as it adds numbers and dates.
            self.neutral(node, [one for one in (left, right) if self.speaks(one)], frame)

    def together(self, nodes: list[Node], connective: str, node: Node, frame: Frame) -> None:
        """Conditions, each in brackets of its own where it needs them."""
        for at, one in enumerate(nodes):
            if at:
                self.b.say(connective, node)
            self.condition(one, frame)
        if not nodes:
            self.b.unknown(node)

    def listed(self, nodes: list[Node], frame: Frame, *, order: bool = False) -> None:
        """Expressions with commas between them, sorted up or down where it is an order."""
        for at, one in enumerate(one for one in nodes if one.type != "comment"):
            self.b.say(", " if at else "", one)
            self.write(one, frame, sure=True)
            self.b.say(self._direction(one) if order else "", one)

    def _direction(self, node: Node) -> str:
        called = method(node)
        callee = node.child_by_field_name("function") if node.type == "call" else None
        word = spoken(callee, self.scope) if callee is not None else ""
        return ORDERS.get(called[1], "") if called is not None and not word else SORTS.get(word, "")

    def fragment(self, node: Node) -> None:
        """SQL that is written as it is, its `:names` bound."""
        for part in self.scope.text(node).parts:
            if not isinstance(part, LiteralPart):
                self.b.put(part)
                continue
            at = 0
            for found in _PLACEHOLDER.finditer(part.value):
                if found.start() > at:
                    self.b.put(cut(part, at, found.start()))
                self._anything(node)
                at = found.end()
            if at < len(part.value):
                self.b.put(cut(part, at, len(part.value)))
