"""Drizzle's tag `sql`: what it interpolates, and its helpers.

What comes in: nodes. What goes out: parts on a Writer: the template's own characters at their places, columns and tables as identifiers, other
templates and conditions taken in, everything else bound. Source: https://orm.drizzle.team/docs/sql. This module does not know statements.
"""

import re
from itertools import islice

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.conditions import Conditions
from analyzer.extract.frameworks.drizzle.expressions import PASSES
from analyzer.extract.frameworks.drizzle.links import callee, given, link, target
from analyzer.extract.frameworks.drizzle.refs import Table, is_function, result
from analyzer.extract.javascript.literals import pieces
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import IdentifierPart

# Behind these a value may stand; behind an operand only SQL goes on.
_VALUE_AFTER = re.compile(
    r"(?:[-=<>+*/%|,(~!&^\[:@]|\b(?:like|ilike|in|and|or|between|limit|offset|interval|values|select|then|else|when|not|is|any|all|escape|match|"
    r"glob|regexp|to|case|distinct|returning|collate|default|date|timestamp|on|where|having|by|as|set|from|join|into|update|table|using))\s*$",
    re.IGNORECASE,
)
# After these words stands a table, a column or a condition, which no bound value can be.
_FRAGMENT_AFTER = re.compile(
    r"(?:\b(?:from|join|into|update|table|by|set|where|and|or|on|as|having)|\))\s*$", re.IGNORECASE
)
_IN = re.compile(r"\bin\s*$", re.IGNORECASE)
_LONGEST = 64
_MOST = 200
# Types of parameters that hold SQL.
_SQL_TYPES = ("SQL", "Column", "Table", "Subquery")


class Templates(Conditions):
    """Templates and what they interpolate."""

    def is_template(self, node: Node) -> bool:
        return self.template_of(node) is not None or bool(self._helper(node))

    def template_of(self, node: Node) -> Node | None:
        """The template of ``sql`..` ``, of ``sql<number>`..` `` (which the grammar takes for comparisons), and of methods called on either."""
        if node.type == "binary_expression":
            return self._generic(node)
        for _ in range(8):
            if node.type != "call_expression":
                return None
            arguments, function = node.child_by_field_name("arguments"), callee(node)
            if function is None or arguments is None:
                return None
            if arguments.type == "template_string":
                return arguments if self.names.is_tag(function) else None
            found, home = link(node), target(node)
            if found is None or home is None or found.method not in PASSES:
                return None
            node = self.scope.unwrapped(home)
        return None

    def _generic(self, node: Node) -> Node | None:
        """``sql<number | null>`..`.as("n")``: the last operand, where the first is the tag."""
        first, last = node, node
        for _ in range(8):
            first = first.child_by_field_name("left") or first
        if not self.names.is_tag(first):
            return None
        for _ in range(16):
            inner = (
                last.child_by_field_name("right")
                or last.child_by_field_name("function")
                or last.child_by_field_name("object")
            )
            if inner is None:
                break
            last = inner
        return last if last.type == "template_string" else None

    def named_as(self, node: Node) -> str:
        """The name that `.as("n")` gives."""
        if node.type == "binary_expression":
            for _ in range(8):
                node = node.child_by_field_name("right") or node
        found = link(node) if node.type == "call_expression" else None
        return (
            self.names.word(found.first)
            if found is not None and found.method == "as" and found.first is not None
            else ""
        )

    # ------------------------------------------------------------------ writing
    def fragment(self, node: Node) -> bool:
        template = self.template_of(node)
        if template is not None:
            self.template(template)
            return True
        name = self._helper(node)
        if name:
            self._help(name, list(given(node)), node)
        return bool(name)

    def is_empty(self, node: Node) -> bool:
        template = self.template_of(node)
        return template is not None and not template.named_children and not text_of(template).strip("` \n\t")

    def template(self, node: Node) -> None:
        before, start, quotes = "", len(self.parts), 0
        for part, value in pieces(node, self.scope.structure.source):
            if part is not None:
                before = part.value if len(self.parts) > start or part.value else "("
                quotes += part.value.count("'")
                if quotes % 2:
                    # A placeholder inside of a string: the driver counts it, the database does not.
                    before = "("
                if part.value:
                    self.put(part)
            elif value is not None:
                self._interpolated(self.scope.unwrapped(value), before[-_LONGEST:])
                before = ""

    def _interpolated(self, node: Node, before: str) -> None:
        with self.deeper() as fine:
            if not fine:
                self.unknown(node)
            elif self.known(node) or self._table(node):
                return
            elif node.type in ("array", "identifier") and _IN.search(before):
                self.in_list(node)
            elif self._is_open(node, before):
                self.unknown(node)
            else:
                # The driver binds also what is a constant here.
                self.bind(node)

    def _table(self, node: Node) -> bool:
        """`${users}`, where the name may be a table's."""
        found = self.names.ref(node) if node.type in ("identifier", "member_expression") else None
        if not isinstance(found, Table):
            return False
        if not found.known:
            self.unknown(node)
        elif found.alias and not self.names.inside:
            self.name(found.alias, node)
        else:
            self.mention_table(node, found)
        return True

    def _is_open(self, node: Node, before: str) -> bool:
        """Whether the code may put SQL here that nobody knows."""
        if not _VALUE_AFTER.search(before):
            return True
        if node.type == "call_expression":
            function = callee(node)
            return function is not None and (function.type == "identifier" or bool(_FRAGMENT_AFTER.search(before)))
        if node.type != "identifier":
            return bool(_FRAGMENT_AFTER.search(before)) and node.type not in self.scope.syntax.literals
        parameter = self.scope.meaning(text_of(node), node.start_byte).parameter
        declared = parameter[1].parameters[parameter[0]].type if parameter is not None else ""
        return any(word in declared for word in _SQL_TYPES) or bool(_FRAGMENT_AFTER.search(before))

    # ------------------------------------------------------------------ helpers of the tag
    def _helper(self, node: Node) -> str:
        """`sql.raw(..)`, `sql.join(..)`: the helper's name."""
        found = link(node) if node.type == "call_expression" else None
        home = target(node) if found is not None else None
        return found.method if found is not None and home is not None and self.names.is_tag(home) else ""

    def _help(self, name: str, values: list[Node], node: Node) -> None:
        match name:
            case "empty" | "fromList":
                return
            case "raw" if values:
                self._raw(values[0])
            case "identifier" if values and self.names.word(values[0]):
                self.put(IdentifierPart(self.span(node), (self.names.word(values[0]),)))
            case "join" if values:
                self._join(values[0], values[1] if len(values) > 1 else None, node)
            case "placeholder" if values:
                self.bind(self.executed.get(self.names.word(values[0]), values[0]))
            case "param" if values:
                self.bind(values[0])
            case _:
                self.unknown(node)

    def _raw(self, node: Node) -> None:
        """Text as it is; columns may be named in it: `excluded.${users.email.name}`."""
        inner = self.scope.unwrapped(node)
        if inner.type != "template_string":
            self.put(*self.scope.parts(node))
            return
        for part, value in pieces(inner, self.scope.structure.source):
            if part is not None and part.value:
                self.put(part)
            elif value is not None and not (value.type == "member_expression" and self.member(value)):
                self.put(*self.scope.parts(value))

    def _join(self, listed: Node, between: Node | None, node: Node) -> None:
        """`sql.join(list, between)`: each element of a list, or one for those of a list that code makes."""
        elements = self._elements(self.scope.unwrapped(listed))
        if not elements:
            self.unknown(node)
        for index, one in enumerate(islice(elements, _MOST)):
            if index and between is not None:
                self.operand(between)
            self._interpolated(self.scope.unwrapped(one), "(")

    def _elements(self, node: Node) -> list[Node]:
        if node.type == "identifier":
            found = [*self.built(node), *self._pushed(node)]
            return [
                element
                for one in found
                for element in (self._elements(one) if one.type in ("array", "call_expression") else [one])
            ]
        if node.type == "array":
            return [child for child in node.named_children if child.type not in ("comment", "spread_element")]
        found_link = link(node) if node.type == "call_expression" and not self.is_template(node) else None
        if found_link is not None and found_link.method == "map" and found_link.first is not None:
            return [result(found_link.first)] if is_function(found_link.first) else []
        return [node] if self.is_fragment(node) else []
