"""Statements as chains of calls: what is added to one, in the expression and by later assignments of its name.

What comes in: nodes and their Scope. What goes out: Chains. This module does not know what the methods mean.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain, Roots
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    Given,
    Step,
    given,
    method,
    outer,
    spoken,
)
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

# What may be added behind a use of the name without making another statement of it.
_ADDS = frozenset({
    "where", "filter", "filter_by", "join", "outerjoin", "join_from", "select_from", "order_by", "group_by", "having", "limit", "offset",
    "slice", "options", "values", "returning", "distinct", "correlate", "with_for_update", "on_conflict_do_update",
    "on_conflict_do_nothing", "on_duplicate_key_update", "add_columns", "all", "first", "one", "one_or_none", "delete", "update",
    "execution_options", "yield_per", "scalar", "scalars", "populate_existing", "unique", "with_entities",
})  # fmt: skip
# Functions of the language that only take rows.
_READS = frozenset({"list", "tuple", "set", "frozenset", "dict", "len", "sorted", "reversed", "iter", "next", "enumerate", "print", "str", "any",
    "all", "sum", "min", "max", "map", "filter", "zip", "bool", "repr"})  # fmt: skip
_DEPTH = 24
_MANY = 64


class Chains(Roots):
    """The chains of one file."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._depth = 0

    # ------------------------------------------------------------------ forward
    def at(self, root: Chain) -> Chain:
        """All that is added to a root."""
        steps, end = self._behind(root.root)
        chain = replaced(root, steps, False)
        if not chain.is_run:
            # Whoever gets rows adds nothing.
            chain = replaced(root, steps, self._is_handed_on(end))
        name = bound_to(end)
        return self._grown(chain, name, end.start_byte, None) if name is not None else chain

    def _behind(self, node: Node) -> tuple[list[Step], Node]:
        steps: list[Step] = []
        while (call := outer(node)) is not None and len(steps) < _MANY:
            called = method(call)
            steps.append(Step(called[1] if called is not None else "", call, given(call)))
            node = call
        while node.parent is not None and node.parent.type in ("parenthesized_expression", "await"):
            node = node.parent
        return steps, node

    def _is_handed_on(self, end: Node) -> bool:
        """Whether an expression goes to a function that may add to it: one of the project, or the caller."""
        parent = end.parent
        if parent is None or parent.type == "return_statement":
            return parent is not None
        if parent.type != "argument_list" or parent.parent is None:
            return False
        callee = parent.parent.child_by_field_name("function")
        called = method(parent.parent)
        if callee is None or called is not None or text_of(callee) in _READS:
            return False
        return not spoken(callee, self.scope)

    def _grown(self, chain: Chain, name: str, start: int, until: int | None) -> Chain:
        """A chain with what later assignments and uses of its name add."""
        function = self.scope.structure.functions.innermost(start)
        span = function.span if function is not None else None
        bindings = self.scope.structure.bindings_in.get((name, span), [])[: _MANY * 2]
        later = [b for b in bindings if b.start >= start and not b.mutation and b.value is not None]
        # The binding of the chain itself begins before its value.
        steps, is_open, fresh = list(chain.steps), chain.open, list[Binding]()
        # What is made of it in passing is another statement for whoever asks later.
        uses = self._uses(name, span, start) if until is None else ()
        events = [(b.start, b, None) for b in later] + [(call.start_byte, None, call) for call in uses]
        for at, binding, call in sorted(events, key=lambda event: event[0])[: _MANY * 2]:
            is_late = until is not None and (at >= until or (binding is not None and _is_own_value(binding, until)))
            if is_late or any(_covers(one, at) for one in fresh):
                continue
            if binding is not None and binding.value is not None:
                more = self._onward(binding.value, name)
                if more is None:
                    fresh.append(binding)
                    continue
                steps += more[0]
                is_open = is_open or more[1]
            elif call is not None and not any(b.value is not None and _holds(b.value, call) for b in later):
                more_steps, end = self._behind_target(call)
                if all(step.name in _ADDS for step in more_steps):
                    steps += more_steps
                    is_open = is_open or self._is_handed_on(end)
        return replaced(chain, steps[len(chain.steps) :], is_open)

    def _uses(self, name: str, function: object, start: int) -> Iterator[Node]:
        for call in self.scope.structure.calls_on.get(name, [])[:_MANY]:
            around = self.scope.structure.functions.innermost(call.start_byte)
            if call.start_byte >= start and (around.span if around is not None else None) == function:
                yield call

    def _behind_target(self, call: Node) -> tuple[list[Step], Node]:
        called = method(call)
        steps, end = self._behind(call)
        return [Step(called[1] if called is not None else "", call, given(call)), *steps], end

    def _onward(self, value: Node, name: str, depth: int = 0) -> tuple[list[Step], bool] | None:
        """Steps of `name.where(..)`; open for `narrowed(name)`; None for a value that does not begin with the name."""
        steps: list[Step] = []
        node = self.scope.unwrapped(value)
        while (called := method(node)) is not None and len(steps) < _MANY:
            steps.append(Step(called[1], node, given(node)))
            node = self.scope.unwrapped(called[0])
        if node.type == "identifier" and text_of(node) == name:
            return steps[::-1], False
        last = given(value) if value.type == "call" else Given()
        if any(one.type == "identifier" and text_of(one) == name for one in (*last.plain, *last.named.values())):
            return [], True
        if value.type == "conditional_expression" and depth < _DEPTH:
            # `stmt.where(..) if narrow else stmt`
            found = [self._onward(value.named_children[index], name, depth + 1) for index in (0, -1)]
            kept = [one for one in found if one is not None]
            return ([step for one in kept for step in one[0]], any(one[1] for one in kept)) if len(kept) == 2 else None
        return None

    # ------------------------------------------------------------------ backward
    def of(self, node: Node) -> Chain | None:
        """The statement that an expression is, through local names; None for the rows of one."""
        chain = self.rows(node)
        return chain if chain is not None and not chain.is_run else None

    def rows(self, node: Node) -> Chain | None:
        """The chain that an expression is, or whose rows it is."""
        if self._depth > _DEPTH:
            return None
        self._depth += 1
        try:
            return self._of(node)
        finally:
            self._depth -= 1

    def _of(self, node: Node) -> Chain | None:
        steps: list[Step] = []
        node = self.scope.unwrapped(node)
        while len(steps) < _MANY:
            root = self.root(node)
            if root is not None:
                return replaced(root, steps[::-1], root.open)
            called = method(node)
            if called is not None:
                steps.append(Step(called[1], node, given(node)))
                node = self.scope.unwrapped(called[0])
                continue
            found = self._named(node) if node.type == "identifier" else None
            return replaced(found, steps[::-1], found.open) if found is not None else None
        return None

    def _named(self, node: Node) -> Chain | None:
        name, at = text_of(node), node.start_byte
        meaning = self.scope.meaning(name, at)
        if meaning.loop is not None or meaning.parameter is not None:
            return None
        before = [b for b in meaning.bindings if not b.mutation and not b.destructured and b.value is not None]
        for binding in reversed(before):
            if binding.value is not None and self._onward(binding.value, name) is None:
                chain = self.rows(binding.value)
                function = binding.function
                if chain is None or (function is None and meaning.module):
                    return chain
                return self._grown(chain, name, binding.value.start_byte, at)
        return None


def replaced(chain: Chain, more: list[Step], is_open: bool) -> Chain:
    return Chain(chain.kind, chain.root, chain.name, chain.given, chain.target, (*chain.steps, *more), is_open)


def bound_to(end: Node) -> str | None:
    """The name that an expression is assigned to."""
    parent = end.parent
    while parent is not None and parent.type == "conditional_expression":
        end, parent = parent, parent.parent
    if parent is None or parent.type not in ("assignment", "named_expression"):
        return None
    left = parent.child_by_field_name("left") or parent.child_by_field_name("name")
    value = parent.child_by_field_name("right") or parent.child_by_field_name("value")
    return text_of(left) if left is not None and left.type == "identifier" and value == end else None


def _covers(binding: Binding, at: int) -> bool:
    """Whether a place lies in the block that a binding stands in, behind it."""
    node = binding.value
    while node is not None and node.type not in ("block", "module"):
        node = node.parent
    return node is not None and node.start_byte <= at < node.end_byte


def _is_own_value(binding: Binding, at: int) -> bool:
    """In `tree = tree.union_all(select(tree.c.id))` the name on the right is what was bound before."""
    return binding.value is not None and binding.value.start_byte <= at < binding.value.end_byte


def _holds(outside: Node, inside: Node) -> bool:
    return outside.start_byte <= inside.start_byte and inside.end_byte <= outside.end_byte
