"""What an expression of a Python file is to SQLAlchemy: SQL or a value, a condition or not, the columns and the lists it stands for.

What comes in: nodes. What goes out: answers, remembered for each node. This module does not write SQL.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Named
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.operators import (
    CONDITIONS,
    CONSTANTS,
    FOLDED_LIKES,
    IS,
    LIKES,
    LISTS,
    SAME,
)
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    Given,
    bound_value,
    given,
    is_class,
    method,
    segments,
    spoken,
)
from analyzer.extract.texts import text_of

DEPTH = 40
_NO_COLUMN = frozenset({"metadata", "registry", "query", "c", "columns"})
_PROPERTIES = frozenset({"astext", "comparator", "expression", "as_string", "property"})
LITERALS = frozenset({"string", "concatenated_string", "integer", "float", "true", "false", "none"})


class Reading:
    """Look-ups over the expressions of one file."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.scope = names.scope
        self._known: dict[int, bool] = {}

    def speaks(self, node: Node, depth: int = 0) -> bool:
        """Whether an expression is one of SQL, not a value of the language."""
        node = self.scope.unwrapped(node)
        if depth > DEPTH or node.type in LITERALS:
            return False
        if node.id not in self._known:
            # A name that leads to itself speaks of nothing.
            self._known[node.id] = False
            self._known[node.id] = self._speaks(node, depth)
        return self._known[node.id]

    def _speaks(self, node: Node, depth: int) -> bool:
        match node.type:
            case "identifier":
                value = self._local(node)
                return value is not None and self.speaks(value, depth + 1)
            case "attribute":
                return self.column(node) is not None or self._is_part(node, depth)
            case "subscript":
                value = node.child_by_field_name("value")
                return value is not None and self.speaks(value, depth + 1)
            case "call":
                return self._speaks_call(node, depth)
            case "comparison_operator" | "binary_operator" | "boolean_operator" | "conditional_expression":
                return any(self.speaks(child, depth + 1) for child in node.named_children[:8])
            case "unary_operator" | "not_operator":
                inner = node.child_by_field_name("argument")
                return inner is not None and self.speaks(inner, depth + 1)
        return False

    def _is_part(self, node: Node, depth: int) -> bool:
        """`User.data["x"].astext`: a property of an expression, not of a value."""
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if (
            target is None
            or name is None
            or (target.type not in ("subscript", "call") and text_of(name) not in _PROPERTIES)
        ):
            return False
        return target.type != "identifier" and self.speaks(target, depth + 1) and self.names.chains.of(target) is None

    def _speaks_call(self, node: Node, depth: int) -> bool:
        callee = node.child_by_field_name("function")
        if callee is None:
            return False
        if spoken(callee, self.scope) or self._function(callee):
            return True
        called = method(node)
        if called is None:
            return False
        known = called[1] in SAME | CONDITIONS | LIKES.keys() | FOLDED_LIKES.keys() | LISTS.keys() | IS.keys()
        known = known or called[1] in ("between", "over", "filter", "cast", "concat", "distinct", "within_group")
        return (known and self.speaks(called[0], depth + 1)) or self.names.chains.of(node) is not None

    def _local(self, node: Node) -> Node | None:
        """What a local name is bound to, where that is one expression."""
        found = self.scope.meaning(text_of(node), node.start_byte)
        plain = [b for b in found.bindings if not b.mutation]
        if found.loop is not None or found.parameter is not None or not plain:
            return None
        return bound_value(plain[-1])

    def _function(self, callee: Node) -> str:
        """The name of `func.lower`, `func.pg_catalog.age`."""
        dotted = segments(callee)
        for at, word in enumerate(dotted[:-1]):
            if word == "func" and (
                at == 0 or dotted[0] in ("sa", "sqlalchemy", "db", "sqlmodel", "self") or at == len(dotted) - 2
            ):
                return dotted[-1]
        return ""

    def column(self, node: Node) -> tuple[Named | Derived, str] | None:
        """The table and the attribute that an attribute access is of."""
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if target is None or name is None:
            return None
        attribute = text_of(name)
        # A class inside of a class is a table of its own, or an enum.
        if (attribute.startswith("__") and attribute.endswith("__")) or attribute in _NO_COLUMN or is_class(attribute):
            return None
        if target.type == "attribute":
            inner, word = target.child_by_field_name("object"), target.child_by_field_name("attribute")
            if inner is not None and word is not None and text_of(word) in ("c", "columns"):
                found = self.names.selectable(inner)
                if isinstance(found, Named):
                    return found, found.attribute(attribute)
                return (found, attribute) if found is not None else None
        dotted = segments(target)
        if not dotted:
            made = self.names.selectable(target) if target.type == "call" else None
            return (made, attribute) if isinstance(made, Named) else None
        is_plain = len(dotted) == 1 and (is_class(dotted[0]) or dotted[0] == "cls" or self._local(target) is not None)
        is_own = dotted == ("self", "__class__") or (len(dotted) == 2 and dotted[0] in ("self", "cls"))
        if (
            not is_plain
            and not is_own
            and not (len(dotted) > 1 and is_class(dotted[-1]))
            and not self._is_handed(target)
        ):
            return None
        found = self.names.selectable(target)
        # Behind a subquery's name stand its methods.
        return (found, attribute) if isinstance(found, Named) else None

    def _is_handed(self, target: Node) -> bool:
        found = self.scope.meaning(text_of(target), target.start_byte) if target.type == "identifier" else None
        return found is not None and (found.parameter is not None or found.loop is not None)

    def _is_condition(self, node: Node) -> bool:
        node = self.scope.unwrapped(node)
        called = method(node)
        callee = node.child_by_field_name("function") if node.type == "call" else None
        return (
            node.type in ("comparison_operator", "unary_operator")
            or (
                called is not None
                and called[1] in CONDITIONS | LIKES.keys() | FOLDED_LIKES.keys() | LISTS.keys() | IS.keys()
            )
            or (callee is not None and spoken(callee, self.scope) in ("and_", "or_", "not_", "exists", "between"))
        )

    def _constant(self, node: Node) -> str:
        callee = node.child_by_field_name("function") if node.type == "call" else None
        return CONSTANTS.get(spoken(callee, self.scope), "") if callee is not None else ""

    def _is_logical(self, node: Node) -> bool:
        """Whether an operand of `&` is no number."""
        return self.scope.unwrapped(node).type not in ("integer", "attribute")

    def spread(self, arguments: Given) -> list[Node]:
        """Arguments, those of a list that is built up in this function included."""
        found = list(arguments.plain)
        for star in arguments.stars:
            found += self.elements(star)
        return found

    def elements(self, star: Node) -> list[Node]:
        """The expressions that a list holds, as far as they stand here; the list itself, where nobody knows."""
        if star.type in ("list", "tuple"):
            return [child for child in star.named_children if child.type != "comment"]
        if star.type in ("generator_expression", "list_comprehension"):
            body = star.child_by_field_name("body")
            return [body] if body is not None else [star]
        if star.type != "identifier":
            return [star]
        found = self.scope.meaning(text_of(star), star.start_byte)
        values = [b.value for b in found.bindings if not b.mutation and b.value is not None]
        if found.parameter is not None or not values:
            return [star]
        inner = [
            child
            for value in values
            if value.type in ("list", "tuple", "list_comprehension")
            for child in self.elements(value)
        ]
        function = self.scope.structure.functions.innermost(star.start_byte)
        for call in self.scope.structure.calls_on.get(text_of(star), [])[:64]:
            called, around = method(call), self.scope.structure.functions.innermost(call.start_byte)
            if called is not None and called[1] in ("append", "extend", "insert") and around == function:
                inner += [one for one in given(call).plain if self.speaks(one) or one.type in ("list", "tuple")]
        return [
            one for child in inner for one in (child.named_children if child.type in ("list", "tuple") else [child])
        ] or [star]
