"""A table as the code's models know it: values.

What comes in: an entity and what it takes from others. What goes out: its columns, keys, relations. This module does not know where they come from.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from analyzer.facts.entity import Attribute, Entity, Relation
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import (
    Text,
)
from analyzer.program.keys import primary_key


class Mapped(Struct, frozen=True):
    """An attribute with the name of its column, and the file that declares it."""

    attribute: Attribute
    column: str
    home: str


class Table(Struct, frozen=True, dict=True):
    """An entity that stands for a table. `name` has a hole in it where a part of the physical name is not known.

    `clauses` and `statements` have names resolved; `closed` is False where there may be attributes that nobody sees.
    `shares` is the entity whose table this is, where it only adds to that. `split` says that a part of each row is kept in the table of a base.
    """

    entity: Entity
    name: Text
    namespace: str
    attributes: Mapping[str, Mapped]
    relations: Mapping[str, Relation]
    others: frozenset[str]
    clauses: tuple[Text, ...]
    statements: tuple[Text, ...]
    closed: bool
    dialect: Dialect | None = None
    shares: Span | None = None
    split: bool = False

    @cached_property
    def physical(self) -> str:
        """The physical name, "" where it is not known as a whole."""
        return self.name.skeleton if self.name.is_complete else ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        return (self.namespace, self.physical) if self.namespace else (self.physical,)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns of its primary key, where the model says them."""
        return primary_key(self.attributes, self.clauses)


class Tie(Struct, frozen=True):
    """A relation between two tables. `pairs` are (own column, column of the target), empty where nobody says them."""

    relation: Relation
    source: Table
    target: Table
    pairs: tuple[tuple[str, str], ...]
