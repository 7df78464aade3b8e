"""Objects and lists with what happens to them between the place where a name gets them and the place where it is used.

What comes in: the changes in place of one file. What goes out: Values. This module does not know what a language writes for a change.
"""

import bisect
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property

from tree_sitter import Node

from analyzer.extract.assigned import has_run
from analyzer.extract.binding import Binding
from analyzer.extract.branches import is_left
from analyzer.extract.objects.changed import Change, changed
from analyzer.extract.scope import Scope
from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.facts.value import Value

# Changes of one name between two places: one that is changed more often holds data, or is a letter of a minified file.
_MANY, _FAR = 200, 1000


class Altered(ABC):
    """What a Reader knows of changes."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @abstractmethod
    def value(self, node: Node) -> Value: ...

    @abstractmethod
    def key(self, node: Node) -> tuple[str | None, Value | None]: ...

    @abstractmethod
    def span(self, node: Node) -> Span: ...

    @abstractmethod
    def all_changes(self) -> Iterable[Change]: ...

    @cached_property
    def _changes(self) -> dict[str, list[Change]]:
        """By name, as they run: what stands inside another comes before it."""
        found: dict[str, list[Change]] = {}
        for change in sorted(self.all_changes(), key=lambda one: (one.node.end_byte, -one.node.start_byte)):
            found.setdefault(change.name, []).append(change)
        return found

    def changed(self, name: str, value: Value, start: int, at: int) -> Value:
        """The value with what happens to the name in between, in the same function or in one that is made there."""
        changes = self._changes.get(name, [])
        first = bisect.bisect_right(changes, start, key=lambda change: change.node.end_byte)
        last = bisect.bisect_right(changes, at, key=lambda change: change.node.end_byte)
        if first == last:
            return value
        here = self.scope.structure.functions.around(at)
        between = changes[first : min(last, first + _FAR)]
        near = [one for one in between if start < one.node.start_byte and self._is_near(one.node, here)]
        if len(near) > _MANY or last - first > _FAR:
            return changed(value, Change(name, changes[first].node, "handed"), False, self)
        for change in near:
            ran = self.has_run(Binding("", change.node, change.node.start_byte, None), at)
            if ran is not False:
                inner = len(self.scope.structure.functions.around(change.node.start_byte)) > len(here)
                certain = ran is True and not inner and not self._loops_between(change.node, at)
                value = changed(value, change, certain, self)
        return value

    def _is_near(self, node: Node, here: list[Function]) -> bool:
        """Whether a change stands in the functions around a place, or in one that is made there."""
        inside = self.scope.structure.functions.around(node.start_byte)
        shared = min(len(inside), len(here))
        return inside[:shared] == here[:shared]

    def has_run(self, binding: Binding, at: int) -> bool | None:
        """Whether a binding or a change ran before a place is reached; None where it may have."""
        ran = has_run(self.scope, binding, min(at, self.scope.structure.root.end_byte - 1))
        return False if ran is None and binding.value is not None and is_left(binding.value, at) else ran

    def _loops_between(self, node: Node, at: int) -> bool:
        """Whether a loop is around a change that is not around the place."""
        around = {entry.loop.span for entry in self.scope.structure.loops.around(at)}
        inside = self.scope.structure.loops.around(node.start_byte)
        return any(entry.loop.span not in around for entry in inside)
