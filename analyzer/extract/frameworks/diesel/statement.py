"""A statement in the making: the clauses that a chain of calls adds up to, and the SQL that they are.

What comes in: parts of clauses, in the order of the calls. What goes out: the parts of one text. This module does not know nodes of the source
beyond the span that a word stands for, nor Diesel's calls.
"""

from collections.abc import Iterable
from typing import Protocol

from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import StarPart
from analyzer.facts.part.written import DialectPart, HolePart, LiteralPart, NamePart
from analyzer.facts.source import Span

Parts = tuple[Part, ...]
Place = tuple[int, int]


class Statement:
    """`table` is what it is of, an entity's name where one is known; `others` are all entities that joins may lead from.

    Clauses are kept by the place of the call that adds them: a chain that is read twice, as by the branches of an `if`, adds each once.
    """

    def __init__(self, verb: str, span: Span) -> None:
        self.verb = verb
        self.span = span
        self.source: Parts = ()
        self.others: list[str] = []
        self.joins: dict[Place, Parts] = {}
        self.filters: dict[Place, Parts] = {}
        self.selected: Parts | None = None
        self.distinct: Parts = ()
        self.groups: dict[Place, Parts] = {}
        self.having: dict[Place, Parts] = {}
        self.orders: dict[Place, Parts] = {}
        self.limited: dict[str, Parts] = {}
        self.columns: Parts | None = None
        self.values: Parts | None = None
        self.sets: dict[Place, Parts] = {}
        self.conflict: Parts = ()
        self.does: Parts | None = None
        self.returned: Parts | None = None
        self.defaults = False
        self.locks = False
        self.raw: Parts | None = None
        self.why = ""

    def take(self, other: "Statement") -> None:
        """What another reading of the same chain adds."""
        for name in ("joins", "filters", "groups", "having", "orders", "sets"):
            getattr(self, name).update(
                {key: value for key, value in getattr(other, name).items() if key not in getattr(self, name)}
            )
        self.selected = self.selected or other.selected
        self.others += [one for one in other.others if one not in self.others]

    def say(self, words: str) -> Part:
        return LiteralPart(words, self.span, ())

    # ------------------------------------------------------------------ as SQL
    def parts(self) -> Parts:
        if self.raw is not None:
            return self.raw
        match self.verb:
            case "insert" | "replace" | "ignore":
                return self._insert()
            case "update":
                return (self.say("UPDATE "), *self.source, *self._sets(), *self.where(), *self._returning())
            case "delete":
                return (self.say("DELETE FROM "), *self.source, *self.where(), *self._returning())
            case _:
                return self.select()

    def select(self) -> Parts:
        parts: list[Part] = [self.say("SELECT "), *self.distinct, *self.chosen()]
        if self.source:
            parts += [self.say(" FROM "), *self.source, *self._all(self.joins)]
        parts += self.where()
        parts += self._clause(" GROUP BY ", self.groups.values(), ", ")
        parts += self._clause(" HAVING ", self.having.values(), " AND ")
        parts += self._clause(" ORDER BY ", self.orders.values(), ", ")
        for word in ("LIMIT", "OFFSET"):
            parts += [self.say(f" {word} "), *self.limited[word]] if word in self.limited else []
        if self.locks:
            parts.append(self.say(" FOR UPDATE"))
        return tuple(parts)

    def chosen(self) -> Parts:
        """The select list: all columns of every table in it where the code names none."""
        if self.selected is not None:
            return self.selected
        found: list[Part] = []
        for part in self.stars:
            found += [self.say(", "), part] if found else [part]
        return tuple(found) or (HolePart(self.span, UnknownOrigin()),)

    @property
    def stars(self) -> list[Part]:
        return [StarPart(self.span, name, listed=True) for name in self.others] or [
            NamePart(part.name.replace(".#from", ".#select"), part.span)
            for part in self.source
            if isinstance(part, NamePart)
        ]

    def where(self) -> Parts:
        return self._clause(" WHERE ", self.filters.values(), " AND ")

    def _clause(self, words: str, entries: Iterable[Parts], between: str) -> Parts:
        parts: list[Part] = []
        for entry in entries:
            grouped = between == " AND "
            parts.append(self.say(between if parts else words))
            parts += [self.say("("), *entry, self.say(")")] if grouped else entry
        return tuple(parts)

    @staticmethod
    def _all(entries: dict[Place, Parts]) -> Parts:
        return tuple(part for entry in entries.values() for part in entry)

    def _sets(self) -> Parts:
        return self._clause(" SET ", self.sets.values(), ", ") or (
            self.say(" SET "),
            HolePart(self.span, UnknownOrigin()),
        )

    def _returning(self) -> Parts:
        return (self.say(" RETURNING "), *self.returned) if self.returned else ()

    def _insert(self) -> Parts:
        first: Part = self.say("REPLACE INTO " if self.verb == "replace" else "INSERT INTO ")
        if self.verb == "ignore":
            first = DialectPart(self.span, None, "INSERT OR IGNORE INTO ", "INSERT IGNORE INTO ")
        parts: list[Part] = [first, *self.source]
        unknown = HolePart(self.span, UnknownOrigin())
        if self.defaults:
            parts.append(self.say(" DEFAULT VALUES"))
        else:
            if self.columns is not None or self.values is None:
                parts += [self.say(" ("), *(self.columns or (unknown,)), self.say(")")]
            parts += (
                [self.say(" "), *self.values]
                if self.values is not None
                else [self.say(" VALUES ("), unknown, self.say(")")]
            )
        if self.conflict or self.does is not None:
            parts += [
                self.say(" ON CONFLICT"),
                *self.conflict,
                self.say(" "),
                *(self.does or (self.say("DO UPDATE"), *self._sets())),
            ]
            parts += self.where()
        return (*parts, *self._returning())


def place_of(node: Node) -> Place:
    """The end of a call: what chains of it share a beginning."""
    return node.end_byte, node.start_byte


class Reader(Protocol):
    """What reads chains."""

    scope: Scope

    def statement(self, node: Node) -> Statement | None: ...

    def sql(self, node: Node) -> Parts: ...

    def value(self, node: Node) -> Parts: ...
