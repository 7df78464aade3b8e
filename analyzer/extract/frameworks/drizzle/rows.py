"""Rows that code writes: the objects of `values` and `set`, and what they are spread from.

What comes in: nodes. What goes out: Rows of columns with values. A row of which not all is seen is open: it may write more. This module does not write SQL.
"""

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import link, target
from analyzer.extract.frameworks.drizzle.refs import is_function, result
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_DEPTH = 8
_MOST = 400
_ROWS = 200


class Row(Struct, frozen=True):
    """`values` by key; `open` are expressions that may add keys nobody sees."""

    values: tuple[tuple[str, Node], ...] = ()
    open: tuple[Node, ...] = ()


class Rows:
    """Look-ups over one file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def row(self, node: Node) -> Row:
        """One object, through names and spreads; what comes later takes the place of what came before."""
        values: dict[str, Node] = {}
        open_: list[Node] = []
        for key, value in self._entries(node, 0):
            if not key:
                open_.append(value)
            elif value.type == "undefined" or text_of(value) == "undefined":
                continue
            elif len(values) < _MOST:
                values.pop(key, None)
                values[key] = value
        return Row(tuple(values.items()), tuple(open_[:1]))

    def rows(self, node: Node) -> list[Row]:
        """The rows of `values(..)`: one object, a list of them, what a callback makes of each element."""
        return [self.row(one) for one in self._listed(node, 0)][:_ROWS]

    def _listed(self, node: Node, depth: int) -> Iterator[Node]:
        node = self._scope.unwrapped(node)
        if depth > _DEPTH:
            yield node
            return
        if node.type == "array":
            for child in node.named_children[:_ROWS]:
                if child.type == "spread_element":
                    yield from self._listed(child.named_children[0], depth + 1)
                elif child.type != "comment":
                    yield child
            return
        made = self._mapped(node)
        if made is not None:
            yield made
            return
        bound = self._bound(node)
        if bound is not None and (bound.type == "array" or self._mapped(bound) is not None):
            yield from self._listed(bound, depth + 1)
            return
        yield node

    def _mapped(self, node: Node) -> Node | None:
        """The object that `items.map((item) => ({ .. }))` makes."""
        found = link(node) if node.type == "call_expression" else None
        if found is None or found.first is None or not is_function(found.first):
            home = target(node) if found is not None and found.method in ("filter", "slice", "flat") else None
            return self._mapped(self._scope.unwrapped(home)) if home is not None else None
        if found.method == "filter":
            home = target(node)
            return self._mapped(self._scope.unwrapped(home)) if home is not None else None
        inner = self._scope.unwrapped(result(found.first)) if found.method in ("map", "flatMap") else None
        return inner if inner is not None and inner.type == "object" else None

    def _bound(self, node: Node) -> Node | None:
        """What a name was bound to, where nothing changes it since."""
        if node.type not in ("identifier", "shorthand_property_identifier"):
            return None
        found = self._scope.bound(node)
        changed = found is not None and found[1]
        return found[0] if found is not None and not changed and found[0] != node else None

    def _entries(self, node: Node, depth: int) -> Iterator[tuple[str, Node]]:
        """Keys with values; "" for an expression that may hold any."""
        node = self._scope.unwrapped(node)
        if depth > _DEPTH:
            yield "", node
        elif node.type == "object":
            for child in node.named_children[:_MOST]:
                yield from self._entry(child, depth)
        elif node.type == "ternary_expression":
            for field in ("consequence", "alternative"):
                inner = node.child_by_field_name(field)
                if inner is not None:
                    yield from self._entries(inner, depth + 1)
        elif node.type == "binary_expression" and node.child_by_field_name("right") is not None:
            yield from self._entries(node.child_by_field_name("right") or node, depth + 1)
        elif text_of(node) not in ("undefined", "null", "false"):
            yield from self._named(node, depth)

    def _named(self, node: Node, depth: int) -> Iterator[tuple[str, Node]]:
        bound = self._bound(node)
        if bound is not None and bound.type == "object":
            yield from self._entries(bound, depth + 1)
            if any(text_of(node) == name.partition(".")[0] and name != text_of(node) for name in self._assigned(node)):
                yield "", node
        else:
            yield "", node

    def _assigned(self, node: Node) -> list[str]:
        """`row.name = ..` behind the object."""
        prefix = f"{text_of(node)}."
        return [
            name
            for name in self._scope.structure.bindings
            if name.startswith(prefix) and any(b.outer for b in self._scope.structure.bindings[name])
        ]

    def _entry(self, child: Node, depth: int) -> Iterator[tuple[str, Node]]:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "spread_element" and child.named_children:
            yield from self._entries(child.named_children[0], depth + 1)
        elif child.type == "shorthand_property_identifier":
            yield text_of(child), child
        elif child.type == "pair" and key is not None and value is not None:
            yield ("", value) if key.type == "computed_property_name" else (text_of(key).strip("'\""), value)
