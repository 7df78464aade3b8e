"""INSERT, UPDATE and DELETE of Drizzle's query builder.

What comes in: Links of a chain. What goes out: parts on a Writer. Sources: https://orm.drizzle.team/docs/insert, /docs/update, /docs/delete. This module
does not know how subqueries are found.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import Link, downward
from analyzer.extract.frameworks.drizzle.operators import SELECTS
from analyzer.extract.frameworks.drizzle.refs import Table, result
from analyzer.extract.frameworks.drizzle.rows import Row, Rows
from analyzer.extract.frameworks.drizzle.selects import Selects
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import FilledPart


class Writes(Selects):
    """Statements that write."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.rows = Rows(scope)

    def insert(self, root: Link, links: list[Link], node: Node) -> None:
        table = self._target("INSERT INTO ", root, links, node)
        values = next((one for one in links if one.method == "values"), None)
        select = next((one for one in links if one.method == "select"), None)
        if values is not None and values.first is not None:
            self._values(table, self.rows.rows(values.first), values.first)
        elif select is not None and select.first is not None:
            self._selected_keys(table, select.first)
            self.statement(result(select.first))
        else:
            self.unknown(node)
        self._conflicts(table, links)
        self._returning(links)

    def _selected_keys(self, table: Table | None, node: Node) -> None:
        """The columns that a SELECT fills are the keys of its selection."""
        first = next((one for one in downward(result(node), self.scope) if one.method in SELECTS), None)
        items = list(self.selection(first.given[-1], 0)) if first is not None and first.given else []
        self.say(" ", node)
        if items and all(item.key for item in items):
            self.say("(", node)
            self.listed(items, lambda item: self._key(table, item.key, item.value), ", ", node)
            self.say(") ", node)

    def _target(self, words: str, root: Link, links: list[Link], node: Node) -> Table | None:
        self.common(links)
        self.say(words, node)
        found = self.source(root.first) if root.first is not None else None
        if isinstance(found, Table) and found.known and root.first is not None:
            self.table(found.name, root.first, found.alias)
            return found
        self.unknown(root.first or node)
        return None

    def _values(self, table: Table | None, rows: list[Row], node: Node) -> None:
        keys = list(dict.fromkeys(key for row in rows for key, _ in row.values))
        places = {key: value for row in reversed(rows) for key, value in row.values}
        holes = [hole for row in rows for hole in row.open][:1]
        self.say(" (", node)
        self.listed(keys, lambda key: self._key(table, key, places[key]), ", ", node)
        self._rest(table, keys, holes, node, values=False)
        self.say(") VALUES ", node)
        for index, row in enumerate(rows):
            self.say(", (" if index else "(", node)
            cells = dict(row.values)
            self.listed([cells.get(key) for key in keys], lambda value: self._cell(value, node), ", ", node)
            self._rest(table, keys, holes, node, values=True)
            self.say(")", node)

    def _rest(self, table: Table | None, keys: list[str], holes: list[Node], node: Node, *, values: bool) -> None:
        """What else is written: by what is spread into the row, and by the library itself."""
        for hole in holes:
            self.say(", " if keys else "", hole)
            self.unknown(hole)
        if table is not None and (keys or not holes):
            self.put(FilledPart(self.span(node), table.name, tuple(keys), values, alone=not keys))

    def _key(self, table: Table | None, key: str, value: Node) -> None:
        """A column's name, at its key."""
        pair = value.parent
        place = pair.child_by_field_name("key") if pair is not None and pair.type == "pair" else None
        if table is None:
            self.unknown(place or value)
        else:
            self.key(table.name, key, place or value)

    def _cell(self, value: Node | None, node: Node) -> None:
        if value is None:
            self.say("DEFAULT", node)
        else:
            self.operand(value)

    def _conflicts(self, table: Table | None, links: list[Link]) -> None:
        for one in links:
            if one.method in ("onConflictDoNothing", "onConflictDoUpdate"):
                self._conflict(table, one)
            elif one.method == "onDuplicateKeyUpdate" and one.first is not None:
                self.say(" ON DUPLICATE KEY UPDATE ", one.call)
                settings = dict(self.rows.row(one.first).values)
                self._assignments(table, settings.get("set") or one.first)

    def _conflict(self, table: Table | None, one: Link) -> None:
        settings = dict(self.rows.row(one.first).values) if one.first is not None else {}
        self.say(" ON CONFLICT", one.call)
        target = settings.get("target")
        if target is not None:
            self.say(" (", target)
            self._keys(target)
            self.say(")", target)
        where = settings.get("targetWhere") or (settings.get("where") if one.method == "onConflictDoNothing" else None)
        self._where(where)
        if one.method == "onConflictDoNothing":
            self.say(" DO NOTHING", one.call)
            return
        self.say(" DO UPDATE SET ", one.call)
        self._assignments(table, settings.get("set") or one.first or one.call)
        self._where(settings.get("setWhere") or settings.get("where"))

    def _where(self, node: Node | None) -> None:
        if node is not None:
            self.say(" WHERE ", node)
            self.condition(node)

    def _keys(self, node: Node) -> None:
        """Columns by their names alone."""
        node = self.scope.unwrapped(node)
        nodes = [child for child in node.named_children if child.type != "comment"] if node.type == "array" else [node]
        self.listed(nodes, self._bare, ", ", node)

    def _bare(self, node: Node) -> None:
        home, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        found = self.names.ref(home) if home is not None else None
        if isinstance(found, Table) and found.known and name is not None:
            self.key(found.name, text_of(name), node)
        elif not self.fragment(node):
            self.unknown(node)

    def _assignments(self, table: Table | None, node: Node) -> None:
        row = self.rows.row(node)
        for index, (key, value) in enumerate(row.values):
            self.say(", " if index else "", node)
            self._key(table, key, value)
            self.say(" = ", value)
            self.operand(value)
        if row.open or not row.values:
            self.say(", " if row.values else "", node)
            self.unknown(row.open[0] if row.open else node)

    def update(self, root: Link, links: list[Link], node: Node) -> None:
        table = self._target("UPDATE ", root, links, node)
        self.say(" SET ", node)
        sets = [one.first for one in links if one.method == "set" and one.first is not None]
        self._assignments(table, sets[0] if sets else node)
        for one in links:
            if one.method == "from" and one.first is not None:
                self.say(" FROM ", one.call)
                self.relation(one.first, self.source(one.first))
        self.filters([one for one in links if one.method == "where"], " WHERE ", table)
        self._returning(links)

    def delete(self, root: Link, links: list[Link], node: Node) -> None:
        table = self._target("DELETE FROM ", root, links, node)
        self.filters([one for one in links if one.method == "where"], " WHERE ", table)
        self._returning(links)

    def _returning(self, links: list[Link]) -> None:
        for one in links:
            if one.method == "returning":
                self.say(" RETURNING ", one.call)
                self.selected(one.first, [], one.call)

    def count(self, root: Link, node: Node) -> None:
        self.say("SELECT COUNT(*) FROM ", node)
        if root.first is not None:
            self.relation(root.first, self.source(root.first))
        self._where(root.given[1] if len(root.given) > 1 else None)
