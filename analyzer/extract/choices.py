"""Evaluation of one place once for each combination of branches that may have run before it.

What comes in: an evaluation, asked again and again, and the choices it meets on its way. What goes out: what it gives for each combination,
few enough to be read. This module does not know what is evaluated, nor what a branch looks like.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")

# Combinations of branches at one place; elements of a list that stands in the source.
MOST = 8
_MOST_ELEMENTS = 200
# Evaluations for the sake of branches in one file: what needs more is generated.
_MOST_TURNS = 6_000


class Choice(Struct, frozen=True):
    """One of `count` branches is taken. Choices with one key are one choice: the same condition decides them.

    `optional` says that a branch takes nothing, `listed` that the branches are the elements of a list, each of which has its turn.
    """

    key: str
    count: int
    optional: bool = False
    listed: bool = False


class Choices:
    """The branches taken in the evaluation under way, and those it asked for that nobody has decided."""

    def __init__(self) -> None:
        self._taken: dict[str, int] | None = None
        self._open: dict[str, Choice] = {}
        self._turns = 0

    def taken(self, choice: Choice) -> int | None:
        """The branch to take here, None where that is not decided."""
        if self._taken is None:
            return None
        index = self._taken.get(choice.key)
        if index is None:
            self._open.setdefault(choice.key, choice)
        return index if index is None or index < choice.count else None

    @contextmanager
    def undecided(self) -> Iterator[None]:
        """Nothing is decided or asked within."""
        kept, self._taken = self._taken, None
        try:
            yield
        finally:
            self._taken = kept

    def every(self, run: Callable[[], T], given: Callable[[], dict[str, int]]) -> list[tuple[T, bool]]:
        """What `run` gives for every combination of branches, and whether that combination surely comes up.

        `given` is what the place itself decides. Where there are too many, what may be left out is not tried; where there still are, what is
        not tried stays undecided.
        """
        if self._taken is not None:
            return [(run(), True)]
        result, open_ = self._under({}, run)
        if not open_:
            return [(result, True)]
        decided = given()
        found = self._explored(run, decided, optional=True) or self._explored(run, decided, optional=False)
        return found or [(result, True)]

    def _explored(self, run: Callable[[], T], given: dict[str, int], *, optional: bool) -> list[tuple[T, bool]]:
        pending: deque[dict[str, int]] = deque([given])
        done: list[tuple[T, bool]] = []
        listed: set[str] = set()
        unsure: set[str] = set()
        while pending:
            taken = pending.popleft()
            self._turns += 1
            result, open_ = self._under(taken, run)
            choice = next((one for one in open_ if optional or not one.optional), None)
            if choice is not None:
                (listed if choice.listed else unsure if choice.optional else set()).add(choice.key)
            branches = taken.keys() - listed - given.keys()
            certain = len(branches) <= 1 and not branches & unsure
            room = _MOST_ELEMENTS if listed else MOST
            if choice is None:
                done.append((result, certain))
            elif len(pending) + len(done) + choice.count <= room and self._turns < _MOST_TURNS:
                pending.extend({**taken, choice.key: index} for index in range(choice.count))
            elif optional and any(one.optional for one in open_):
                return []
            else:
                done.append((result, certain))
        return done

    def _under(self, taken: dict[str, int], run: Callable[[], T]) -> tuple[T, list[Choice]]:
        self._taken, self._open = taken, {}
        try:
            return run(), list(self._open.values())
        finally:
            self._taken = None
