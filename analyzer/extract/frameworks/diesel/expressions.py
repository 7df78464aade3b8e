"""Expressions of Diesel as SQL: columns, operators, functions, values.

What comes in: nodes and a Builder. What goes out: SQL in the Builder. Sources: docs.rs/diesel, `ExpressionMethods`, `BoolExpressionMethods`,
`TextExpressionMethods`, `dsl`. What is no column and no call on one is a value that is bound. This module does not know whole queries.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.diesel import functions, names
from analyzer.extract.frameworks.diesel.operators import BEHIND, INFIX, OPERATORS, ORDER, RUNS, SAME, WORDS, is_word
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import ColumnPart, StarPart
from analyzer.facts.part.written import DialectPart, NamePart

_DEPTH = 40
_BUDGET = 400

Subquery = Callable[[Node, int], "Builder | None"]


class Expressions:
    """The SQL of expressions in one text. `subquery` writes what turns out to be a query of its own."""

    def __init__(self, builder: Builder, subquery: Subquery, depth: int = 0) -> None:
        self.b = builder
        self.scope = builder.scope
        self.subquery = subquery
        self.depth = depth
        self._known: dict[int, bool] = {}

    # ------------------------------------------------------------------ what is SQL
    def is_sql(self, node: Node) -> bool:
        """Whether an expression names a column, a table or a function of SQL."""
        if node.id not in self._known:
            self._known[node.id] = self._looks_sql(node, 0, [_BUDGET])
        return self._known[node.id]

    def _looks_sql(self, node: Node, depth: int, budget: list[int]) -> bool:
        budget[0] -= 1
        if (
            budget[0] < 0
            or depth > _DEPTH
            or node.type in ("closure_expression", "struct_expression", "macro_invocation", "type_arguments")
        ):
            return False
        if node.type in ("identifier", "scoped_identifier"):
            if names.column(node, self.scope) or names.table(node, self.scope) or is_word(node):
                return True
            value = names.value_of(node, self.scope) if node.type == "identifier" else None
            return value is not None and self._looks_sql(value, depth + 4, budget)
        callee = names.callee(node)
        if callee is not None:
            name = text_of(callee).rpartition("::")[2]
            if name in ("sql", "exists", "count_star", "case_when", "excluded"):
                return True
            return any(self._looks_sql(one, depth + 1, budget) for one in names.given(node))
        method = names.called(node)
        if method is not None:
            value, name, given, _ = method
            if name in RUNS:
                return False
            if name in ("field", "fields", "into_sql", "belonging_to"):
                return True
            return self._looks_sql(value, depth + 1, budget) or (
                name in INFIX and any(self._looks_sql(one, depth + 1, budget) for one in given)
            )
        if node.type in (
            "tuple_expression",
            "parenthesized_expression",
            "reference_expression",
            "binary_expression",
            "array_expression",
        ):
            return any(self._looks_sql(one, depth + 1, budget) for one in node.named_children)
        return False

    # ------------------------------------------------------------------ writing
    def value(self, node: Node) -> None:
        """What stands on the right of an operator: SQL where it is, else a bound value."""
        inner = names.plain(node)
        if self.is_sql(inner):
            self.write(node)
        elif inner.type == "call_expression":
            # `24.hours()` is no 24.
            self.b.bind(inner)
        else:
            self.b.value(inner)

    def write(self, node: Node) -> None:
        """An expression where SQL is wanted."""
        self.depth += 1
        try:
            if self.depth > _DEPTH:
                self.b.unknown(node)
            else:
                self._write(names.plain(node))
        finally:
            self.depth -= 1

    def _write(self, node: Node) -> None:
        if node.type in ("identifier", "scoped_identifier"):
            self._name(node)
        elif node.type == "call_expression":
            self._call(node)
        elif node.type == "binary_expression":
            self._operator(node)
        elif node.type in ("tuple_expression", "array_expression"):
            self.each(node.named_children, ", ", node)
        elif node.type in ("if_expression", "match_expression", "block", "else_clause", "match_block", "match_arm"):
            self._branches(node)
        elif node.type in self.scope.syntax.literals:
            self.b.value(node)
        elif node.type == "expression_statement" and node.named_children:
            self.write(node.named_children[0])
        else:
            self.b.unknown(node)

    def each(self, nodes: list[Node], between: str, node: Node) -> None:
        first = True
        for one in nodes:
            if "comment" in one.type:
                continue
            if not first:
                self.b.say(between, node)
            self.write(one)
            first = False

    def _name(self, node: Node) -> None:
        column = names.column(node, self.scope)
        words = text_of(node).split("::")
        if column is not None:
            origin = None if column.sure else self.scope.origin(node)
            self.b.put(ColumnPart(self.b.span(node), column.entity, column.attribute, origin=origin))
        elif words[-1] in ("all_columns", "star") and len(words) > 1:
            self.b.put(StarPart(self.b.span(node), "*" + ".".join(words[:-1]), listed=True))
        elif is_word(node):
            self.b.say(WORDS[words[-1]], node)
        elif (value := names.value_of(node, self.scope) if node.type == "identifier" else None) is not None:
            self.write(value)
        elif words[-1].isupper():
            self.b.put(NamePart(f"*{'.'.join(words)}.#expr", self.b.span(node)))
        else:
            self.b.unknown(node)

    def _operator(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = text_of(node.child_by_field_name("operator") or node)
        if left is None or right is None or operator not in OPERATORS:
            self.b.unknown(node)
            return
        self.write(left)
        self.b.say(f" {operator} ", node)
        self.value(right)

    def _branches(self, node: Node) -> None:
        """What one of several branches gives: all of what they mention."""
        tails = [
            one
            for one in names.branches(node)
            if self.is_sql(names.plain(one)) or names.callee(names.plain(one)) is not None
        ]
        if not tails:
            self.b.unknown(node)
            return
        self.b.say("COALESCE(" if len(tails) > 1 else "", node)
        self.each(tails, ", ", node)
        self.b.say(")" if len(tails) > 1 else "", node)

    # ------------------------------------------------------------------ calls
    def _call(self, node: Node) -> None:
        inner = self.subquery(node, self.depth)
        if inner is not None:
            self.b.say("(", node)
            self.b.put(*inner.parts)
            self.b.say(")", node)
            return
        method = names.called(node)
        if method is not None:
            self._method(node, *method[:3])
        elif names.callee(node) is not None:
            functions.function(self, node)
        else:
            self.b.unknown(node)

    def _method(self, node: Node, value: Node, name: str, given: list[Node]) -> None:
        if name in SAME:
            if name == "into_sql":
                self.value(value)
            elif name == "assume_not_null":
                # Whoever says so knows more than the column.
                self.b.say("COALESCE(", node)
                self.write(value)
                self.b.say(")", node)
            else:
                self.write(value)
        elif name in ORDER:
            self.write(value)
            self.b.say(ORDER[name], node)
        elif name in BEHIND:
            self.write(value)
            self.b.say(BEHIND[name], node)
        elif name in INFIX and len(given) == 1:
            self._infix(node, value, name, given[0])
        elif name in ("eq_any", "ne_all") and len(given) == 1:
            self._any(node, value, given[0], negated=name == "ne_all")
        elif name in ("between", "not_between", "between_symmetric") and len(given) == 2:
            self.write(value)
            self.b.say(" NOT BETWEEN " if name.startswith("not") else " BETWEEN ", node)
            self.value(given[0])
            self.b.say(" AND ", node)
            self.value(given[1])
        elif name in ("field", "fields") and len(given) == 1:
            self._aliased(value, given[0])
        elif name in ("when", "otherwise") and given:
            functions.case(self, node, value, name, given)
        elif name in ("sql", "bind") and given:
            self.write(value)
            if name == "sql":
                self.b.put(*self.scope.text(given[0]).parts)
            else:
                self.value(given[0])
        elif name in ("as_select", "as_returning"):
            self.b.unknown(node)
        elif self.is_sql(value):
            self.b.say(f"{name}(", node)
            self.write(value)
            for one in given:
                self.b.say(", ", node)
                self.value(one)
            self.b.say(")", node)
        else:
            self._fragment(node, value, name)

    def _fragment(self, node: Node, value: Node, name: str) -> None:
        """What a method of the project's own gives: `self.visible()`."""
        owner = names.own_type(node, self.scope) if text_of(value) == "self" else ""
        if owner:
            self.b.put(NamePart(f"*{owner}.{name}.#expr", self.b.span(node)))
        else:
            self.b.unknown(node)

    def _infix(self, node: Node, value: Node, name: str, right: Node) -> None:
        grouped = name in ("and", "or")
        self.b.say("(" if grouped else "", node)
        self.value(value) if not grouped else self.write(value)
        self.b.say(f" {INFIX[name]} ", node)
        self.value(right) if not grouped else self.write(right)
        self.b.say(")" if grouped else "", node)

    def _any(self, node: Node, value: Node, given: Node, *, negated: bool) -> None:
        self.write(value)
        inner = self.subquery(names.plain(given), self.depth)
        if inner is not None:
            self.b.say(" NOT IN (" if negated else " IN (", node)
            self.b.put(*inner.parts)
        else:
            list_ = " NOT IN (" if negated else " IN ("
            array = " <> ALL(" if negated else " = ANY("
            self.b.put(DialectPart(self.b.span(node), array, list_, list_))
            self.value(given)
        self.b.say(")", node)

    def _aliased(self, value: Node, given: Node) -> None:
        """`alias.field(users::id)`."""
        alias = names.alias_name(value, self.scope)
        listed = given.named_children if given.type == "tuple_expression" else [given]
        for at, one in enumerate(listed):
            self.b.say(", " if at else "", one)
            column = names.column(one, self.scope)
            words = text_of(one).split("::")
            if column is not None:
                self.b.put(ColumnPart(self.b.span(one), column.entity, column.attribute, alias))
            elif words[-1] in ("all_columns", "star") and len(words) > 1:
                self.b.put(StarPart(self.b.span(one), "*" + ".".join(words[:-1]), alias, listed=True))
            else:
                self.b.unknown(one)
