"""Ranges that nest: which of them hold a byte.

What comes in: half-open ranges with a value each, none crossing another. What goes out: the ranges around an offset, outermost
first. This module does not know what the ranges are.
"""

import bisect
from collections.abc import Iterable
from typing import Generic, TypeVar

V = TypeVar("V")


class Nesting(Generic[V]):
    """Look-ups in logarithmic time plus the depth."""

    def __init__(self, ranges: Iterable[tuple[int, int, V]]) -> None:
        self._ranges = sorted(ranges, key=lambda entry: (entry[0], -entry[1]))
        self._starts = [start for start, _, _ in self._ranges]
        self._parents: list[int] = []
        stack: list[int] = []
        for index, (start, _, _) in enumerate(self._ranges):
            while stack and self._ranges[stack[-1]][1] <= start:
                stack.pop()
            self._parents.append(stack[-1] if stack else -1)
            stack.append(index)

    @property
    def values(self) -> list[V]:
        """All values, by start."""
        return [value for _, _, value in self._ranges]

    def around(self, offset: int) -> list[V]:
        """Values of the ranges that hold the byte, outermost first."""
        index = bisect.bisect_right(self._starts, offset) - 1
        found: list[V] = []
        while index >= 0:
            if self._ranges[index][1] > offset:
                found.append(self._ranges[index][2])
            index = self._parents[index]
        return found[::-1]

    def holding(self, start: int, end: int) -> int:
        """The place, among `values`, of the innermost range that holds all of [start, end); -1 where none does."""
        index = bisect.bisect_right(self._starts, start) - 1
        while index >= 0 and self._ranges[index][1] < end:
            index = self._parents[index]
        return index

    def value(self, index: int) -> V:
        return self._ranges[index][2]

    def outer(self, index: int) -> int:
        """The place of the range around another, -1 where there is none."""
        return self._parents[index]

    def innermost(self, offset: int) -> V | None:
        around = self.around(offset)
        return around[-1] if around else None
