"""Conditions of Drizzle's queries: what `and`, conditionals, lists and names that are added to may hold.

What comes in: nodes. What goes out: parts on a Writer. A condition that may be left out is written as if it never were; what nobody knows is a hole. This
module does not know what a condition says.
"""

from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.expressions import Expressions, elements
from analyzer.extract.frameworks.drizzle.links import given, link
from analyzer.extract.frameworks.drizzle.operators import JUNCTIONS
from analyzer.extract.frameworks.drizzle.refs import Column, result
from analyzer.extract.texts import text_of

_MOST = 200
_DEPTH = 12
_NOTHING = frozenset({"null", "undefined", "false"})
# Methods of arrays that give the elements back.
_PASSES = frozenset({"filter", "concat", "slice", "flat", "reverse"})


class Conditions(Expressions):
    """Conditions, and lists of expressions."""

    def condition(self, node: Node) -> None:
        """A condition; one that is never there is true."""
        self.junction([node], " AND ", node)

    def junction(self, nodes: list[Node], between: str, node: Node) -> None:
        atoms = self._all(nodes, flat=between == JUNCTIONS["and"])
        if not atoms:
            self.say("TRUE", node)
        self.listed(atoms, self._atom, between, node)

    def _all(self, nodes: list[Node], *, flat: bool = False) -> list[Node]:
        """The conditions among nodes, those of an `and` one by one where they stand in one anyway."""
        found = (atom for one in nodes for atom in self.atoms(one, 0, frozenset(), flat=flat))
        return list(islice(found, _MOST))

    def _atom(self, node: Node) -> None:
        with self.deeper() as fine:
            if not fine or not self.known(node):
                self.unknown(node)

    def atoms(self, node: Node, depth: int, seen: frozenset[str], *, flat: bool = False) -> Iterator[Node]:
        """The conditions that an expression may hold, whichever branch is taken."""
        node = self.scope.unwrapped(node)
        if depth > _DEPTH or text_of(node) in _NOTHING:
            return
        match node.type:
            case "ternary_expression":
                inner = [node.child_by_field_name("consequence"), node.child_by_field_name("alternative")]
            case "binary_expression" if not self.is_template(node):
                operator = node.child_by_field_name("operator")
                both = operator is not None and text_of(operator) != "&&"
                inner = [node.child_by_field_name("left") if both else None, node.child_by_field_name("right")]
            case "array" | "spread_element":
                inner = list(elements(node))
            case "arrow_function" | "function_expression":
                inner = [result(node)]
            case "identifier" if text_of(node) not in seen and not isinstance(self.names.ref(node), Column):
                yield from self._named(node, depth, seen | {text_of(node)}, flat=flat)
                return
            case "call_expression" if flat and self.names.operator(node) == "and":
                inner = list(given(node))
            case _:
                yield from self._called(node, depth, seen, flat=flat)
                return
        for one in inner:
            if one is not None:
                yield from self.atoms(one, depth + 1, seen, flat=flat)

    def _called(self, node: Node, depth: int, seen: frozenset[str], *, flat: bool) -> Iterator[Node]:
        """`[a, b].filter(Boolean)` is its elements; anything else is itself."""
        found = link(node) if node.type == "call_expression" else None
        inner = found.call.child_by_field_name("function") if found is not None and found.method in _PASSES else None
        home = inner.child_by_field_name("object") if inner is not None else None
        if home is not None and home.type in ("array", "identifier"):
            yield from self.atoms(home, depth + 1, seen, flat=flat)
        elif node.type != "identifier" or text_of(node) not in seen:
            yield node

    def _named(self, node: Node, depth: int, seen: frozenset[str], *, flat: bool) -> Iterator[Node]:
        """All that a name is ever given: `filters = and(filters, ..)`, `filters.push(..)`."""
        found = [*self.built(node), *self._pushed(node)]
        if not found:
            yield node
        for one in found:
            yield from self.atoms(one, depth + 1, seen, flat=flat)

    def _pushed(self, node: Node) -> Iterator[Node]:
        structure = self.scope.structure
        meaning = self.scope.meaning(text_of(node), node.start_byte)
        if meaning.parameter is not None or meaning.loop is not None:
            return
        home = structure.functions.innermost(node.start_byte)
        for call in structure.calls_on.get(text_of(node), [])[:_MOST]:
            found = link(call)
            around = structure.functions.around(call.start_byte)
            if found is not None and found.method in ("push", "unshift") and (home is None or home in around):
                yield from found.given

    # ------------------------------------------------------------------ lists
    def items(self, nodes: list[Node], node: Node) -> None:
        """Expressions side by side: GROUP BY, ORDER BY; arrays and conditionals are taken apart."""
        self.listed(self._all(nodes), self._atom, ", ", node)
