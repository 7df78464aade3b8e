"""How things stand with caches and steps: values that the graph gives to rules.

What comes in: nothing. What goes out: frozen values. This module does not know other queries.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.cache import CachedQuery
from analyzer.facts.source import Span
from analyzer.link.linked import Link
from analyzer.schema.history import History, Step


class CacheConflict(Struct, frozen=True):
    """A column (`source`: table.column) that a cache entry saw otherwise than the schema defines it."""

    source: str
    cached: str
    declared: str
    defined: Span


class CacheState(Struct, frozen=True):
    """What is amiss with a cache of checked queries, at `span`.

    "absent": a build needs one; "unlisted": a query has no entry; "unused": an entry has no query; "contradicted": it saw other than what
    the migrations make. `links` name what they lack, `conflicts` what they define otherwise.
    """

    kind: Literal["absent", "unlisted", "unused", "contradicted"]
    span: Span
    entry: CachedQuery | None = None
    schema: str = ""
    symbol: str = ""
    links: tuple[Link, ...] = ()
    conflicts: tuple[CacheConflict, ...] = ()


class PlacedStep(Struct, frozen=True):
    """A step of one history."""

    history: History
    step: Step


class Blocked(Struct, frozen=True):
    """What would make an object and never runs: its place, its migration, the one that stops the runner, and the group of that one's findings."""

    span: Span
    migration: str
    blocker: Step
    group: str

    @property
    def sentence(self) -> str:
        if self.migration == self.blocker.migration.id:
            return f'migration "{self.migration}" fails before it is created'
        return f'migration "{self.migration}" creates it, and never runs, because "{self.blocker.migration.id}" fails before it'

    @property
    def places(self) -> tuple[tuple[Span, str], ...]:
        """What the sentence rests on: places, each with a sentence."""
        failure = self.blocker.failures[0]
        return (self.span, "it would be created here"), (failure.span, f"the runner stops here: {failure.message}")
