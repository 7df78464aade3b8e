"""What a cursor of a Python file ran last before it is read.

What comes in: a Scope and places. What goes out: calls. Where something may have come between, in another branch, another turn of a loop,
or a function that is handed the cursor, there is no answer. This module does not know rows.
"""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.source import Span

_RUNS = ("execute", "callproc", "executemany", "executescript")
_TRANSPARENT = frozenset({"with_statement", "try_statement"})


class Cursors:
    """Answers over one file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @cached_property
    def _runs(self) -> Mapping[tuple[str, Span | None], list[Node]]:
        """Calls that run a statement, by the text of what they are called on and their function, in order."""
        found: dict[tuple[str, Span | None], list[Node]] = {}
        for captures in self._scope.structure.call_captures:
            handle, _, method = folded(captures["call.callee"][0]).rpartition(".")
            if method in _RUNS:
                call = captures["call"][0]
                found.setdefault((handle, self._scope.structure.function_at(call.start_byte)), []).append(call)
        return found

    @cached_property
    def _handed(self) -> Mapping[str, list[int]]:
        """Where a name is handed to a function, by the name."""
        found: dict[str, list[int]] = {}
        for captures in self._scope.structure.call_captures:
            for node in captures.get("call.arguments", [None])[:1]:
                for argument in node.named_children if node is not None else ():
                    if argument.type == "identifier":
                        found.setdefault(text_of(argument), []).append(argument.start_byte)
        return found

    def _of(self, handle: Node) -> list[Node]:
        """What is run on it in its function, in order."""
        return self._runs.get((folded(handle), self._scope.structure.function_at(handle.start_byte)), [])

    def before(self, handle: Node) -> Node | None:
        """What was run on it in its function last before this place."""
        runs = self._of(handle)
        at = bisect_left(runs, handle.start_byte, key=lambda call: call.start_byte)
        # What it is given may be read from it: `cursor.execute(sql, cursor.fetchone())`.
        while at and runs[at - 1].end_byte > handle.start_byte:
            at -= 1
        return runs[at - 1] if at else None

    def ran(self, handle: Node) -> Span | None:
        """What a cursor surely ran last before this place."""
        last, name = self.before(handle), folded(handle)
        if last is None or not self.surely(last, handle):
            return None
        handed = any(last.end_byte <= at < handle.start_byte for at in self._handed.get(name, ()))
        around = [entry.loop.span for entry in self._scope.structure.loops.around(handle.start_byte)]
        later = any(
            loop.start <= call.start_byte < loop.end
            and call.start_byte > handle.start_byte
            and not loop.start <= last.start_byte
            for loop in around
            for call in self._of(handle)
        )
        return None if handed or later else self._scope.structure.span(last)

    def surely(self, first: Node, then: Node) -> bool:
        """Whether what stands at one place has been run, and not something in its place, where another is reached."""
        block: Node | None = first
        while block is not None:
            if block.type in self._scope.syntax.blocks and not _is_transparent(block):
                return block.start_byte <= then.start_byte < block.end_byte
            if block.type in ("except_clause", "finally_clause"):
                return block.start_byte <= then.start_byte < block.end_byte
            block = block.parent
        return True


def _is_transparent(block: Node) -> bool:
    """The body of `with` and of `try`: what comes behind has been through it."""
    outer = block.parent
    return block.type == "block" and outer is not None and outer.type in _TRANSPARENT
