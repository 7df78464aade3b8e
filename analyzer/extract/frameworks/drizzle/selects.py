"""SELECT of Drizzle's query builder: selections, joins, clauses, subqueries and common table expressions.

What comes in: Links of a chain. What goes out: parts on a Writer. Source: https://orm.drizzle.team/docs/select, /docs/joins, /docs/set-operations. This
module does not know what the links of other statements mean.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import Link, given
from analyzer.extract.frameworks.drizzle.operators import JOINS, SELECTS, SETS
from analyzer.extract.frameworks.drizzle.refs import COLUMNS, Derived, Fields, Ref, Table, is_function, result
from analyzer.extract.frameworks.drizzle.templates import Templates
from analyzer.extract.texts import text_of

_DEPTH = 6
_MOST = 400
_LOCKS = {
    "update": " FOR UPDATE",
    "share": " FOR SHARE",
    "no key update": " FOR NO KEY UPDATE",
    "key share": " FOR KEY SHARE",
}


class Item(Struct, frozen=True):
    """One of a selection: `key` is what the row calls it, "" for all columns of a table."""

    key: str
    value: Node


class Selects(Templates):
    """SELECT statements."""

    def select(self, links: list[Link], node: Node, *, keyed: bool = False) -> None:
        """A chain that selects; its items are `keyed` where other SQL calls them by their keys."""
        first = next((one for one in links if one.method in SELECTS), None)
        sources = [one for one in links if one.method == "from" or one.method in JOINS]
        refs = [(one, self.source(one.first)) for one in sources if one.first is not None]
        self.common(links)
        self.say("SELECT ", node)
        self._distinct(first)
        selection = first.given[-1] if first is not None and first.given else None
        if first is not None and first.method == "selectDistinctOn" and len(first.given) < 2:
            selection = None
        self.selected(selection, [ref for _, ref in refs], node, keyed=keyed)
        for one, ref in refs:
            self._joined(one, ref)
        only = refs[0][1] if len(refs) == 1 else None
        fields = Fields(selection) if selection is not None else only
        self.clauses(links, fields)

    def _distinct(self, first: Link | None) -> None:
        if first is None or first.method == "select":
            return
        self.say("DISTINCT ", first.call)
        if first.method == "selectDistinctOn" and first.given:
            self.say("ON (", first.call)
            self.items([first.given[0]], first.call)
            self.say(") ", first.call)

    # ------------------------------------------------------------------ selections
    def selected(self, selection: Node | None, refs: list[Ref | None], node: Node, *, keyed: bool = False) -> None:
        """What is selected, or all columns of the tables."""
        if selection is None:
            self.listed(refs, lambda ref: self.star(ref, node), ", ", node)
            self.say("" if refs else "*", node)
            return
        items = list(self.selection(selection, 0))
        if not items:
            self.unknown(selection)
        self.listed(items, lambda item: self._item(item, keyed=keyed), ", ", node)

    def selection(self, node: Node, depth: int) -> Iterator[Item]:
        """What an object of columns holds, nested objects and spread ones taken apart."""
        node = self.scope.unwrapped(node)
        if depth > _DEPTH:
            return
        if self.names.called(node) in COLUMNS:
            yield Item("", node)
        elif node.type in ("identifier", "shorthand_property_identifier"):
            found = self.built(node) or self._destructured(node)
            for value in found[:1]:
                yield from self.selection(value, depth + 1)
            if not found:
                yield Item("", node)
        elif node.type == "object":
            for child in node.named_children[:_MOST]:
                yield from self._entry(child, depth)
        elif node.type != "comment":
            yield Item("", node)

    def _entry(self, child: Node, depth: int) -> Iterator[Item]:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "spread_element" and child.named_children:
            yield from self.selection(child.named_children[0], depth + 1)
        elif child.type == "shorthand_property_identifier":
            yield Item(text_of(child), child)
        elif key is not None and value is not None:
            inner = self.scope.unwrapped(value)
            if inner.type == "object":
                yield from self.selection(inner, depth + 1)
            elif self.names.called(inner) in COLUMNS:
                yield Item("", inner)
            else:
                yield Item(text_of(key).strip("'\""), inner)

    def _destructured(self, node: Node) -> list[Node]:
        """`const { password, ...rest } = getTableColumns(users)`"""
        meaning = self.scope.meaning(text_of(node), node.start_byte)
        return [
            self.scope.unwrapped(one.value) for one in meaning.bindings if one.value is not None and one.destructured
        ]

    def _item(self, item: Item, *, keyed: bool) -> None:
        values = given(item.value) if self.names.called(item.value) in COLUMNS else ()
        if values or self.names.is_table(item.value):
            self.star(self.names.ref(values[0] if values else item.value), item.value)
            return
        if not item.key:
            self.unknown(item.value)
            return
        self.operand(item.value)
        name = item.key if keyed else self.named_as(item.value)
        if name:
            self.say(" AS ", item.value)
            self.name(name, item.value)

    # ------------------------------------------------------------------ sources
    def _joined(self, one: Link, ref: Ref | None) -> None:
        node = one.first
        if node is None:
            return
        self.say(" FROM " if one.method == "from" else JOINS[one.method], one.call)
        self.relation(node, ref)
        if one.method != "from" and not one.method.startswith("crossJoin"):
            self.say(" ON ", one.call)
            if len(one.given) > 1:
                self.condition(one.given[1])
            else:
                self.say("TRUE", one.call)

    def relation(self, node: Node, ref: Ref | None) -> None:
        """One table, or what stands for one, in FROM."""
        match ref:
            case Table(known=True):
                self.table(ref.name, node, ref.alias)
            case Derived() if ref.alias in self.ctes:
                self.name(ref.alias, node)
            case Derived():
                self.nested(ref.body, node, keyed=True)
                self.say(" AS ", node)
                self.name(ref.alias, node)
            case _ if self.fragment(self.scope.unwrapped(node)):
                self.why = ""
            case _:
                self.unknown(node)

    def common(self, links: list[Link]) -> None:
        """WITH of `db.with(totals)`."""
        named = [(node, self.names.ref(node)) for one in links if one.method == "with" for node in one.given]
        known = [(node, ref) for node, ref in named if isinstance(ref, Derived)]
        for index, (node, ref) in enumerate(known):
            self.say(", " if index else "WITH ", node)
            self.name(ref.alias, node)
            self.say(" AS ", node)
            self.nested(ref.body, node, keyed=True)
            self.ctes.add(ref.alias)
        if known:
            self.say(" ", known[-1][0])

    # ------------------------------------------------------------------ clauses
    def clauses(self, links: list[Link], fields: Ref | None) -> None:
        self.filters([one for one in links if one.method == "where"], " WHERE ", fields)
        self._list([one for one in links if one.method == "groupBy"], " GROUP BY ", fields)
        self.filters([one for one in links if one.method == "having"], " HAVING ", fields)
        for one in links:
            if one.method in SETS and one.first is not None:
                self.say(SETS[one.method], one.call)
                self.statement(result(one.first))
        self._list([one for one in links if one.method == "orderBy"], " ORDER BY ", fields)
        for method, words in (("limit", " LIMIT "), ("offset", " OFFSET ")):
            for one in [one for one in links if one.method == method and one.first is not None][-1:]:
                self.say(words, one.call)
                self.operand(one.given[0])
        for one in links:
            if one.method == "for" and one.first is not None:
                self.say(_LOCKS.get(self.names.word(one.first), ""), one.call)

    def filters(self, links: list[Link], words: str, fields: Ref | None = None) -> None:
        """WHERE and HAVING; where code adds several, all of them."""
        kept = [one for one in links if one.first is not None and text_of(one.given[0]) != "undefined"]
        for index, one in enumerate(kept):
            self.say(" AND " if index else words, one.call)
            self.within(one.given[0], fields, self.condition)

    def _list(self, links: list[Link], words: str, fields: Ref | None) -> None:
        said = False
        for one in [one for one in links if one.first is not None]:
            before = len(self.parts)
            self.say(", " if said else words, one.call)
            start = len(self.parts)
            if is_function(one.given[0]):
                self.within(one.given[0], fields, lambda node: self.items([node], node))
            else:
                self.items(list(one.given), one.call)
            if len(self.parts) == start:
                del self.parts[before:]
            said = said or len(self.parts) > start

    def within(self, node: Node, fields: Ref | None, write: Callable[[Node], None]) -> None:
        """Writes an expression, or what a callback makes of the fields."""
        if is_function(node):
            with self.names.callback(node, fields):
                write(result(node))
        else:
            write(node)

    # ------------------------------------------------------------------ what is built upon this
    def statement(self, node: Node, *, keyed: bool = False) -> bool:
        """Writes the statement of a chain; False where the node is none."""
        raise NotImplementedError
