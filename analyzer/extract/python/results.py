"""Which call of a driver an expression is a row, or all rows, of.

What comes in: a file's Scope. What goes out: the call and the shape of what is left of its result. A name stands for what it was bound to
last, where nothing may have come between. Sources: PEP 249; asyncpg, "Connection.fetch"; SQLAlchemy, "Result". This module does not know
which calls are queries.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.python.cursors import Cursors
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.source import Span

# A cursor or result that rows come out of, rows, one row; "any" is what a call gives that nobody knows.
Shape = Literal["result", "rows", "row", "any"]
_ONE = frozenset({"fetchone", "first", "one", "one_or_none"})
_ALL = frozenset({"fetchall", "fetchmany", "all"})
_SAME = frozenset({"mappings", "unique", "dicts", "__aiter__"})
_EXECUTES = frozenset({"execute", "executemany", "callproc", "exec_driver_sql"})
# What gives rows by itself: asyncpg, aiosqlite, `databases`; wrappers named after PEP 249.
_FETCHES: Mapping[str, Shape] = {
    "fetchrow": "row", "fetch_one": "row", "fetchone": "row", "fetch": "rows", "fetch_all": "rows", "fetchall": "rows", "iterate": "rows",
    "execute_fetchall": "rows",
}  # fmt: skip
_EMPTY = frozenset({"[]", "{}", "()", "None"})
_DEPTH = 12


class Origin(Struct, frozen=True):
    """The call, and what an expression is of its result."""

    call: Span
    shape: Shape


class Results:
    """Answers over one file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._cursors = Cursors(scope)
        self._known: dict[int, Origin | None] = {}

    def of(self, node: Node, depth: int = 0) -> Origin | None:
        """The origin of an expression; None where it is no row of any call."""
        node = self._scope.unwrapped(node)
        if depth > _DEPTH:
            return None
        if node.id not in self._known:
            self._known[node.id] = self._of(node, depth + 1)
        return self._known[node.id]

    def element(self, node: Node, depth: int = 0) -> Origin | None:
        """The origin of each of an iterable's elements."""
        node = self._scope.unwrapped(node)
        if node.type in ("identifier", "attribute") and self._cursors.before(node) is not None:
            ran = self._cursors.ran(node)
            return Origin(ran, "row") if ran is not None else None
        found = self.of(node, depth)
        if found is None or found.shape == "row":
            return None
        return Origin(found.call, "any" if found.shape == "any" else "row")

    def _of(self, node: Node, depth: int) -> Origin | None:
        match node.type:
            case "call":
                return self._called(node, depth)
            case "identifier":
                return self._named(node, depth)
            case "subscript":
                return self._indexed(node, depth)
            case "attribute":
                return self._attribute(node, depth)
            case "named_expression" | "as_pattern":
                value = node.child_by_field_name("value") or node.named_children[0]
                return self.of(value, depth)
            case "boolean_operator":
                return self._or(node, depth)
            case "list_comprehension":
                inner = (
                    self.of(node.child_by_field_name("body") or node, depth) if len(node.named_children) == 2 else None
                )
                return Origin(inner.call, "rows") if inner is not None and inner.shape == "row" else None
            case _:
                return None

    def _called(self, node: Node, depth: int) -> Origin | None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None and arguments.type == "argument_list" else []
        if function is None:
            return None
        name = folded(function).rpartition(".")[2]
        target = function.child_by_field_name("object") if function.type == "attribute" else None
        if target is None or name == "cast":
            return self._converted(node, name, given, depth)
        here = self._scope.structure.span(node)
        taken = given and given[0].type not in ("integer", "keyword_argument")
        if name in _FETCHES and (taken or name.startswith("execute_")):
            return Origin(here, _FETCHES[name])
        if name in _ONE | _ALL | _SAME:
            found = self.cursor(target, depth)
            shape: Shape = "row" if name in _ONE else "rows" if name in _ALL else "result"
            return Origin(found, shape) if found is not None else None
        return Origin(here, "result" if name in _EXECUTES else "any")

    def _converted(self, node: Node, name: str, given: list[Node], depth: int) -> Origin | None:
        """`dict(row)`, `list(rows)`, `next(cursor)`, `cast(User, row)`."""
        if name == "cast" and len(given) == 2:
            return self.of(given[1], depth)
        if name in ("dict", "list", "tuple", "reversed", "sorted", "iter") and given:
            # `dict(row, note=note)` has more than the row.
            alone = given[0].type != "list_splat" and (name != "dict" or len(given) == 1)
            return self.of(given[0], depth) if alone else None
        if name in ("next", "anext") and given:
            return self.element(given[0], depth)
        return (
            Origin(self._scope.structure.span(node), "any")
            if name not in ("str", "len", "int", "enumerate", "zip")
            else None
        )

    def _indexed(self, node: Node, depth: int) -> Origin | None:
        value, keys = node.child_by_field_name("value"), node.children_by_field_name("subscript")
        found = self.of(value, depth) if value is not None and len(keys) == 1 else None
        if found is None or found.shape == "row" or keys[0].type == "string":
            return None
        if keys[0].type == "slice" or found.shape == "any":
            return found
        return Origin(found.call, "row")

    def _attribute(self, node: Node, depth: int) -> Origin | None:
        """`row._mapping`, and `.rows` of a result."""
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        found = (
            self.of(target, depth)
            if target is not None and name is not None and text_of(name) in ("_mapping", "rows")
            else None
        )
        if found is None or name is None:
            return None
        if text_of(name) == "_mapping":
            return found if found.shape in ("row", "any") else None
        return Origin(found.call, "rows") if found.shape == "result" else None

    def _or(self, node: Node, depth: int) -> Origin | None:
        left, right, operator = (node.child_by_field_name(field) for field in ("left", "right", "operator"))
        if (
            left is None
            or right is None
            or operator is None
            or text_of(operator) != "or"
            or text_of(right) not in _EMPTY
        ):
            return None
        return self.of(left, depth)

    def cursor(self, handle: Node, depth: int = 0) -> Span | None:
        """What a cursor ran last before it was read; else the call the handle is the result of."""
        if self._cursors.before(handle) is not None:
            return self._cursors.ran(handle)
        found = self.of(handle, depth)
        return found.call if found is not None and found.shape in ("result", "any") else None

    # ------------------------------------------------------------------ names
    def _named(self, node: Node, depth: int) -> Origin | None:
        meaning = self._scope.meaning(text_of(node), node.start_byte)
        if meaning.loop is not None:
            return self._turned(meaning.loop, node, depth)
        if meaning.module or meaning.parameter is not None:
            return None
        plain = [b for b in meaning.bindings if not b.mutation and b.start < node.start_byte]
        if not plain or plain[-1].destructured or plain[-1].value is None:
            return None
        value = plain[-1].value
        if not self._cursors.surely(value, node) or self._comes_again(plain[-1], node):
            return None
        return self.of(value, depth)

    def _turned(self, entry: LoopNode, node: Node, depth: int) -> Origin | None:
        """What a loop's variable is at each turn."""
        over = entry.over
        pattern = _pattern(over) if over is not None else None
        if over is None or pattern is None:
            return None
        if any(b.start < node.start_byte for b in self._again(text_of(node), entry.loop.span)):
            return None
        if pattern.type in ("identifier", "lambda_parameters"):
            single = len(entry.loop.variables) == 1
            if over.parent is not None and over.parent.type == "named_expression":
                return self.of(over, depth)
            return self.element(over, depth) if single else None
        rows = counted(over)
        last = pattern.named_children[-1] if rows is not None and len(pattern.named_children) == 2 else None
        named = last is not None and last.type == "identifier" and text_of(last) == text_of(node)
        return self.element(rows, depth) if rows is not None and named else None

    def _again(self, name: str, loop: Span) -> list[Binding]:
        """Bindings of a name inside of a loop."""
        found = self._scope.structure.bindings.get(name, [])
        return [
            b
            for b in found
            if not b.mutation and loop.start <= b.start < loop.end and b.value is not None and not _is_walrus(b)
        ]

    def _comes_again(self, binding: Binding, node: Node) -> bool:
        """Whether a later turn of a loop around the place may bring another value."""
        return any(
            b.start > node.start_byte and b.function == binding.function
            for entry in self._scope.structure.loops.around(node.start_byte)
            if not entry.loop.span.start <= binding.start
            for b in self._again(binding.name, entry.loop.span)
        )


def _pattern(over: Node) -> Node | None:
    """What a loop binds each turn."""
    outer = over.parent
    if outer is None:
        return None
    if outer.type == "named_expression":
        return outer.child_by_field_name("name")
    if outer.type == "argument_list":
        first = outer.named_children[0]
        return first.child_by_field_name("parameters") if first.type == "lambda" else None
    return outer.child_by_field_name("left")


def counted(over: Node) -> Node | None:
    """The rows of `enumerate(rows)`."""
    function, arguments = over.child_by_field_name("function"), over.child_by_field_name("arguments")
    if function is None or arguments is None or text_of(function) != "enumerate" or not arguments.named_children:
        return None
    return arguments.named_children[0]


def _is_walrus(binding: Binding) -> bool:
    outer = binding.value.parent if binding.value is not None else None
    return outer is not None and outer.type == "named_expression"
