"""What a migration's function sends, statement after statement.

What comes in: a function and its Scope. What goes out: Operations in the order in which they run: branches of other engines left out, loops over lists that
stand in the source gone through, functions of the file run with what they are given. This module does not know what an operation writes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.conditions import ALWAYS, NEVER, PERHAPS, Chance, chance
from analyzer.extract.frameworks.alembic.names import method
from analyzer.extract.frameworks.alembic.turns import bound, turns
from analyzer.extract.frameworks.alembic.values import given, parameters
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.part import Part
from analyzer.facts.revision import Operation
from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text

_DEPTH = 8
_MOST = 3000
_TURNS = 200
# Expressions and statements inside one another: deeper ones are generated.
_NESTING = 100
_STEPS = 20_000
_LONG = 120
# No function of these sends anything by itself.
_LIBRARIES = frozenset(
    {"sqlalchemy", "alembic", "sqlmodel", "typing", "datetime", "logging", "json", "os", "uuid", "textwrap", "pathlib"}
)
_COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "generator_expression", "dictionary_comprehension"}
)
_OTHERS = frozenset({"function_definition", "class_definition", "lambda", "decorated_definition"})
_ENDS = frozenset({"return_statement", "raise_statement", "continue_statement", "break_statement"})

# What a call writes: for each statement its parts and the engines that get it; None where it is no operation.
Sent = tuple[tuple[Part, ...], tuple[Dialect, ...]]
Lower = Callable[[Node], Iterable[Sent] | None]
# What an argument is where it is put into a statement.
Argument = Callable[[Node], tuple[Part, ...]]


class Where(Struct, frozen=True):
    """The engines a place is reached on, and whether a failure there is caught."""

    chance: Chance = ALWAYS
    caught: bool = False

    def within(self, more: Chance) -> "Where":
        return Where(self.chance.both(more), self.caught)


class Walk:
    """The way through one function. `apart` becomes True where a part of it runs outside of the transaction."""

    def __init__(self, scope: Scope, functions: dict[str, Node], lower: Lower, argument: Argument) -> None:
        self._scope = scope
        self._functions = functions
        self._lower = lower
        self._argument = argument
        self._found: list[Operation] = []
        self._running: list[int] = []
        self._nesting = 0
        self._steps = 0
        self.apart = False

    def run(self, function: Node) -> tuple[Operation, ...]:
        """All that a function sends."""
        self._call(function, Where())
        return tuple(self._found[:_MOST])

    def _call(self, function: Node, where: Where) -> None:
        body = function.child_by_field_name("body")
        if body is None or function.id in self._running or len(self._running) > _DEPTH:
            return
        self._running.append(function.id)
        self._block(body, where)
        self._running.pop()

    # ------------------------------------------------------------------ statements
    def _block(self, block: Node, where: Where) -> Where:
        """What follows a block is reached where this says."""
        for statement in block.named_children:
            if len(self._found) > _MOST or not where.chance.may:
                break
            where = self._statement(statement, where)
        return where

    def _statement(self, node: Node, where: Where) -> Where:
        self._steps += 1
        if self._nesting > _NESTING or self._steps > _STEPS:
            return where
        self._nesting += 1
        after = self._taken(node, where)
        self._nesting -= 1
        return after

    def _taken(self, node: Node, where: Where) -> Where:
        match node.type:
            case "if_statement":
                return self._branches(node, where)
            case "for_statement":
                left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
                body = node.child_by_field_name("body")
                if left is not None and right is not None and body is not None:
                    self._expression(right, where)
                    self._loop(node, left, right, body, where)
            case "while_statement":
                self._parts(node, where.within(PERHAPS))
            case "with_statement":
                self.apart = self.apart or "autocommit_block(" in folded(node.named_children[0], 400)
                self._expression(node.named_children[0], where)
                body = node.child_by_field_name("body")
                return self._block(body, where) if body is not None else where
            case "try_statement":
                return self._tried(node, where)
            case "match_statement":
                self._parts(node, where.within(PERHAPS))
            case kind if kind in _OTHERS or kind == "comment":
                pass
            case kind:
                self._expression(node, where)
                return Where(NEVER) if kind in _ENDS else where
        return where

    def _parts(self, node: Node, where: Where) -> None:
        """Everything in a statement, in order."""
        for child in node.named_children:
            if child.type in ("block", "case_clause", "else_clause"):
                self._parts(child, where)
            elif child.type.endswith("_statement"):
                self._statement(child, where)
            else:
                self._expression(child, where)

    def _branches(self, node: Node, where: Where) -> Where:
        rest, after = where, Where(NEVER, where.caught)
        conditions = [node, *node.children_by_field_name("alternative")]
        for branch in conditions:
            condition = branch.child_by_field_name("condition")
            body = branch.child_by_field_name("consequence") or branch.child_by_field_name("body")
            asked = chance(condition, self._scope, self._functions) if branch.type != "else_clause" else ALWAYS
            if condition is not None:
                self._expression(condition, rest)
            if body is not None:
                left = self._block(body, rest.within(asked))
                after = Where(after.chance.either(left.chance), where.caught)
            rest = rest.within(asked.other())
        if conditions[-1].type != "else_clause":
            after = Where(after.chance.either(rest.chance), where.caught)
        # Where no branch leaves, what follows is reached as the whole was.
        return after if any(_leaves(branch) for branch in conditions) else where

    def _tried(self, node: Node, where: Where) -> Where:
        body = node.child_by_field_name("body")
        after = self._block(body, where) if body is not None else where
        for child in node.named_children:
            if child.type in ("except_clause", "except_group_clause"):
                self._parts(child, where.within(PERHAPS))
            elif child.type == "else_clause":
                inner = child.child_by_field_name("body")
                after = self._block(inner, after) if inner is not None else after
            elif child.type == "finally_clause":
                self._parts(child, where)
        return after

    # ------------------------------------------------------------------ loops
    def _loop(self, loop: Node, left: Node, right: Node, body: Node, where: Where) -> None:
        elements = turns(right, self._scope)
        run = self._block if body.type == "block" else self._expression
        if elements is None or len(elements) > _TURNS:
            run(body, where.within(PERHAPS))
            return
        span = self._scope.structure.span(loop)
        for turn in elements:
            with self._handed({(span, name): node for name, node in bound(left, turn, self._scope)}):
                run(body, where)

    @contextmanager
    def _handed(self, values: dict[tuple[Span, str], Node | tuple[Node, ...]]) -> Iterator[None]:
        kept = dict(self._scope.given)
        self._scope.given.update(values)
        try:
            yield
        finally:
            self._scope.given.clear()
            self._scope.given.update(kept)

    # ------------------------------------------------------------------ calls
    def _expression(self, node: Node, where: Where) -> None:
        """The calls of an expression, what they are made on and given first."""
        if node.type in _OTHERS or not where.chance.may or self._nesting > _NESTING:
            return
        self._nesting += 1
        self._calls(node, where)
        self._nesting -= 1

    def _calls(self, node: Node, where: Where) -> None:
        if node.type in _COMPREHENSIONS:
            clause = next((child for child in node.named_children if child.type == "for_in_clause"), None)
            left, right = (
                clause.child_by_field_name(field) if clause is not None else None for field in ("left", "right")
            )
            body = node.child_by_field_name("body")
            if left is not None and right is not None and body is not None:
                self._loop(node, left, right, body, where)
            return
        if node.type == "call":
            sent = self._lower(node)
            if sent is not None:
                for parts, dialects in sent:
                    self._send(node, parts, dialects, where)
                return
        for child in node.named_children:
            self._expression(child, where)
        if node.type == "call":
            self._helper(node, where)

    def _helper(self, call: Node, where: Where) -> None:
        """A function of the file is run with what it is given; one of another file is left to the program."""
        target, name = method(call)
        function = self._functions.get(name) if target is None else None
        if function is None:
            self._foreign(call, where)
            return
        span = self._scope.structure.span(function)
        caught = where.caught or self._is_caught(call)
        values = {(span, name): found for name, found in parameters(function, call, self._scope).items()}
        with self._handed(values):
            self._call(function, Where(where.chance, caught))

    def _foreign(self, call: Node, where: Where) -> None:
        callee = folded(call.child_by_field_name("function") or call, _LONG)
        imported = next((one for one in self._scope.structure.imports if one.alias == callee.partition(".")[0]), None)
        if imported is None or imported.module.partition(".")[0] in _LIBRARIES:
            return
        arguments = given(call, self._scope)
        listed: list[tuple[int | str, Node]] = [*enumerate(arguments.positional), *arguments.named.items()]
        found = tuple((key, Text(self._scope.structure.span(node), self._argument(node))) for key, node in listed)
        self._send(call, (), DIALECTS, where, calls=callee, arguments=found)

    def _send(
        self,
        call: Node,
        parts: tuple[Part, ...],
        dialects: Sequence[Dialect],
        where: Where,
        calls: str = "",
        arguments: tuple[tuple[int | str, Text], ...] = (),
    ) -> None:
        text = Text(self._scope.structure.span(call), parts)
        caught = where.caught or self._is_caught(call)
        may, must = where.chance.may, where.chance.must
        for guarded, reached in ((False, must), (True, may - must)):
            kept = tuple(dialect for dialect in DIALECTS if dialect in reached and dialect in dialects)
            if kept:
                self._found.append(Operation(text, guarded, caught, kept, calls, arguments))

    def _is_caught(self, call: Node) -> bool:
        return self._scope.structure.fates.at(call, query=True)[0].fate != "stops"


def _leaves(node: Node) -> bool:
    """Whether a branch may leave the function."""
    pending = list(node.named_children)
    while pending:
        one = pending.pop()
        if one.type in _ENDS:
            return True
        if one.type not in _OTHERS:
            pending.extend(one.named_children)
    return False
