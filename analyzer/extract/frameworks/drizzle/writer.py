"""What is said of names in a query: tables, columns and values, in the parts of a text.

What comes in: nodes, Names. What goes out: a Text in the making that never grows without bound. This module does not know clauses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.drizzle.refs import Column, Derived, Fields, Names, Ref, Table
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import ColumnPart, StarPart, TablePart
from analyzer.facts.part.written import IdentifierPart

T = TypeVar("T")

_DEPTH = 24
_PARTS = 4000
_STEPS = 8000


class Writer(Builder):
    """`why` says what of the query the code decides as it runs. `ctes` are those that stand in front of the statement, `executed` what is bound to placeholders."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.names = Names(scope)
        self.why = ""
        self.ctes: set[str] = set()
        self.executed: Mapping[str, Node] = {}
        self._depth = 0
        self._steps = 0

    @contextmanager
    def deeper(self) -> Iterator[bool]:
        """One level further down; False where that is too deep or too much was written."""
        self._depth += 1
        self._steps += 1
        try:
            yield self._depth <= _DEPTH and self._steps < _STEPS and len(self.parts) < _PARTS
        finally:
            self._depth -= 1

    def listed(self, items: Iterable[T], write: Callable[[T], object], between: str, node: Node) -> None:
        """Items side by side, with what stands between them."""
        for index, item in enumerate(items):
            if index:
                self.say(between, node)
            write(item)

    def name(self, word: str, node: Node) -> None:
        self.put(IdentifierPart(self.span(node), (word,)))

    def qualified(self, first: str, second: str, node: Node) -> None:
        self.put(IdentifierPart(self.span(node), (first, second)))

    # ------------------------------------------------------------------ tables
    def source(self, node: Node) -> Ref | None:
        """What stands in FROM; a name that the code chooses as it runs is remembered, so that its columns are no values."""
        found = self.names.ref(node)
        if found is None:
            inner = self.scope.unwrapped(node)
            if inner.type == "identifier":
                self.names.dynamic.add(text_of(inner))
            self.why = self.why or "dynamic-table"
        return found

    def mention_table(self, node: Node, found: Table) -> None:
        """A table if its name is an entity's, else a bound value: in a template nobody can tell them apart."""
        self.put(TablePart(self.span(node), found.name, origin=self.scope.origin(node)))

    # ------------------------------------------------------------------ columns
    def member(self, node: Node) -> bool:
        """`users.id`, `users.id.name`, `sq.total`; False where the expression is no column."""
        home, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if node.type == "subscript_expression":
            name = node.child_by_field_name("index")
            word = self.names.word(name) if name is not None else ""
        else:
            word = text_of(name) if name is not None else ""
        if home is None or not word:
            return False
        found = self.names.ref(home)
        if word == "name" and home.type == "member_expression":
            return self._of_name(found, home, node)
        return found is not None and self.column_of(found, word, node)

    def _of_name(self, found: Ref | None, home: Node, node: Node) -> bool:
        """`schema.users.name`, a column, or `users.email.name`, the name of one."""
        origin = self.scope.origin(node)
        owner = self.names.ref(home.child_by_field_name("object") or home)
        if isinstance(found, Table) and found.known:
            self.put(ColumnPart(self.span(node), found.name, "name", found.alias, origin=origin, named=True))
        elif isinstance(owner, Table) and owner.known:
            attribute = text_of(home.child_by_field_name("property") or home)
            self.put(ColumnPart(self.span(node), owner.name, attribute, bare=True, origin=origin))
        else:
            return found is not None and self.column_of(found, "name", node)
        return True

    def column_of(self, found: Ref, word: str, node: Node) -> bool:
        match found:
            case Table(known=False):
                self.unknown(node)
            case Table():
                self.mention(found.name, word, node, found.alias)
            case Derived():
                self.derived(found, word, node)
            case Fields():
                return self.field(found, word)
            case _:
                return False
        return True

    def taken(self, found: Column, node: Node) -> None:
        """What a callback took out of its table or selection."""
        if isinstance(found.home, Table):
            self.column(found.home.name, found.attribute, node, found.home.alias)
        elif not self.field(found.home, found.attribute):
            self.unknown(node)

    def derived(self, found: Derived, word: str, node: Node) -> None:
        raise NotImplementedError

    def field(self, found: Fields, word: str) -> bool:
        raise NotImplementedError

    def star(self, found: Ref | None, node: Node) -> None:
        match found:
            case Table(known=True):
                self.put(StarPart(self.span(node), found.name, found.alias))
            case Derived():
                self.put(IdentifierPart(self.span(node), (found.alias,)))
                self.say(".*", node)
            case _:
                self.unknown(node)
