"""Statements of Drizzle's query builder: any chain as one SQL text, and the subqueries in it.

What comes in: chains. What goes out: parts on a Writer. Source: https://orm.drizzle.team/docs/select#select-from-subquery. This module does not
know which chains are queries of their own.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import Link, downward, given
from analyzer.extract.frameworks.drizzle.operators import SELECTS, SETS
from analyzer.extract.frameworks.drizzle.refs import Derived, Fields, Table, is_function, result
from analyzer.extract.frameworks.drizzle.writes import Writes

ROOTS = SELECTS | {"insert", "update", "delete", "$count"}


class Statements(Writes):
    """Any statement."""

    def statement(self, node: Node, *, keyed: bool = False) -> bool:
        node = self.scope.unwrapped(node)
        if node.type == "identifier":
            found = self.built(node)
            return len(found) == 1 and self.is_chain(found[0]) and self.statement(found[0], keyed=keyed)
        if self.names.operator(node) in SETS:
            self._set(node, keyed=keyed)
            return True
        if self.fragment(node):
            return True
        links = downward(node, self.scope)
        if not any(one.method in ROOTS for one in links):
            self.unknown(node)
            return False
        self.chain(links, node, keyed=keyed)
        return True

    def chain(self, links: list[Link], node: Node, *, keyed: bool = False) -> None:
        root = next(one for one in links if one.method in ROOTS)
        with self.deeper() as fine:
            if not fine:
                self.unknown(node)
            elif root.method in SELECTS:
                self.select(links, node, keyed=keyed)
            elif root.method == "insert":
                self.insert(root, links, node)
            elif root.method == "update":
                self.update(root, links, node)
            elif root.method == "delete":
                self.delete(root, links, node)
            else:
                self.count(root, node)

    def _set(self, node: Node, *, keyed: bool) -> None:
        """`union(first, second)`"""
        words = SETS[self.names.operator(node)]
        self.listed(given(node), lambda one: self.statement(one, keyed=keyed), words, node)

    # ------------------------------------------------------------------ subqueries
    def is_chain(self, node: Node) -> bool:
        node = self.scope.unwrapped(node)
        if node.type != "call_expression":
            return False
        if self.names.operator(node) in SETS:
            return True
        links = downward(node, self.scope)
        if not links or links[-1].method in ("as", "prepare"):
            return False
        methods = {one.method for one in links}
        return (
            ("from" in methods and not SELECTS.isdisjoint(methods))
            or "$count" in methods
            or ("insert" in methods and "values" in methods)
        )

    def subquery(self, node: Node) -> bool:
        if not self.is_chain(node):
            return False
        self.nested(node, node)
        return True

    def nested(self, body: Node, node: Node, *, keyed: bool = False) -> None:
        self.say("(", node)
        with self.deeper() as fine, self.names.under(""):
            inner = result(body)
            if not fine:
                self.unknown(node)
            elif is_function(body):
                with self.names.callback(body, None):
                    self.statement(inner, keyed=keyed)
            else:
                self.statement(inner, keyed=keyed)
        self.say(")", node)

    def derived(self, found: Derived, word: str, node: Node) -> None:
        """A column of a subquery, by the key of its selection, else by the attribute of the one table it selects all of."""
        links = downward(result(found.body), self.scope)
        first = next((one for one in links if one.method in SELECTS), None)
        sources = [one for one in links if one.method == "from" or one.method.endswith("Join")]
        if first is not None and not first.given and len(sources) == 1 and sources[0].first is not None:
            inner = self.names.ref(sources[0].first)
            if isinstance(inner, Table) and inner.known:
                self.column(inner.name, word, node, found.alias)
                return
        keys = {item.key for item in self.selection(first.given[-1], 0)} if first is not None and first.given else set()
        if word in keys:
            self.qualified(found.alias, word, node)
        else:
            self.unknown(node)

    def field(self, found: Fields, word: str) -> bool:
        """What the selection calls by a key."""
        value = next((item.value for item in self.selection(found.selection, 0) if item.key == word), None)
        if value is None:
            return False
        self.operand(value)
        return True
