"""Drizzle's relational queries, `db.query.users.findMany({ with: { posts: true } })`, as SELECT with joins.

What comes in: the name of the table and the options. What goes out: parts on a Writer. What `with` reads comes with the query: it is joined here as the
library does. Sources: https://orm.drizzle.team/docs/rqb, /docs/rqb-v2. This module does not know which entity a name or a relation leads to.
"""

from collections.abc import Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.operators import FILTER_KEYS, FILTERS, JUNCTIONS
from analyzer.extract.frameworks.drizzle.refs import Table, result
from analyzer.extract.frameworks.drizzle.statements import Statements
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import JoinPart

_DEPTH = 6
_MOST = 60


class Level(Struct, frozen=True):
    """One table of the tree that is read: the root, or what a relation leads to."""

    table: Table
    options: Mapping[str, Node]
    node: Node
    relation: str = ""


class Relational(Statements):
    """Queries by relations."""

    def find(self, name: str, options: Node | None, node: Node, *, single: bool) -> None:
        """A query of the table that the schema has under a name, "" where the code chooses it as it runs."""
        root = Level(Table(f"*{name}", name, known=bool(name)), self._options(options), node)
        self.why = "" if name else "dynamic-table"
        if options is not None and not root.options and self.scope.unwrapped(options).type != "object":
            self.why = "dynamic-options"
        levels = [root]
        for level in levels:
            if len(levels) < _MOST and level.table.name.count(">") < _DEPTH:
                levels.extend(self._below(level))
        self.say("SELECT ", node)
        for index, level in enumerate(levels):
            self.say(", " if index else "", level.node)
            self._columns(level)
        self.say(" FROM ", node)
        if name:
            self.table(root.table.name, node, root.table.alias)
        else:
            self.unknown(node)
        for level in levels[1:]:
            self._related(level, levels)
        self._conditions(levels)
        self._order(root)
        self._bounds(root, single=single)

    def _options(self, node: Node | None) -> Mapping[str, Node]:
        row = self.rows.row(node) if node is not None and self.scope.unwrapped(node).type != "true" else None
        return dict(row.values) if row is not None else {}

    def _below(self, level: Level) -> list[Level]:
        found = []
        for key, value in self._options(level.options.get("with")).items():
            if text_of(value) != "false":
                table = Table(f"{level.table.name}>{key}", f"{level.table.alias}_{key}")
                found.append(Level(table, self._options(value), value, key))
        return found

    # ------------------------------------------------------------------ parts of the statement
    def _columns(self, level: Level) -> None:
        chosen = self._options(level.options.get("columns"))
        picked = [(key, value) for key, value in chosen.items() if text_of(value) != "false"]
        if picked:
            self.listed(picked, lambda one: self._column(level, *one), ", ", level.node)
        elif (
            "columns" in level.options
            and not chosen
            and self.scope.unwrapped(level.options["columns"]).type == "object"
        ):
            self.say("1", level.node)
        else:
            self.star(level.table, level.node)
        self._extras(level)

    def _column(self, level: Level, key: str, value: Node) -> None:
        pair = value.parent
        place = pair.child_by_field_name("key") if pair is not None and pair.type == "pair" else None
        self.column(level.table.name, key, place or value, level.table.alias)

    def _extras(self, level: Level) -> None:
        extras = level.options.get("extras")
        if extras is None:
            return
        with self.names.under(level.table.alias), self.names.callback(extras, level.table):
            for value in self._options(result(extras)).values():
                self.say(", ", value)
                with self.names.callback(value, level.table):
                    self.operand(result(value))

    def _related(self, level: Level, levels: list[Level]) -> None:
        source = level.table.name.rpartition(">")[0]
        above = next(one for one in levels if one.table.name == source)
        self.put(
            JoinPart(
                self.span(level.node), "LEFT JOIN", source, level.relation, above.table.alias, alias=level.table.alias
            )
        )

    def _conditions(self, levels: list[Level]) -> None:
        said = False
        for level in levels:
            where = level.options.get("where")
            if where is None or text_of(where) == "undefined":
                continue
            self.say(" AND (" if said else " WHERE (", where)
            with self.names.under(level.table.alias), self.names.callback(where, level.table):
                inner = self.scope.unwrapped(result(where))
                if inner.type == "object":
                    self._filter(level, inner, 0)
                else:
                    self.condition(inner)
            self.say(")", where)
            said = True

    def _order(self, root: Level) -> None:
        order = root.options.get("orderBy")
        if order is None:
            return
        before = len(self.parts)
        self.say(" ORDER BY ", order)
        start = len(self.parts)
        with self.names.under(root.table.alias), self.names.callback(order, root.table):
            inner = self.scope.unwrapped(result(order))
            if inner.type == "object":
                for index, (key, value) in enumerate(self._options(inner).items()):
                    self.say(", " if index else "", value)
                    self._column(root, key, value)
            else:
                self.items([inner], inner)
        if len(self.parts) == start:
            del self.parts[before:]

    def _bounds(self, root: Level, *, single: bool) -> None:
        limit = root.options.get("limit")
        if limit is not None and text_of(limit) != "undefined":
            self.say(" LIMIT ", limit)
            self.operand(limit)
        elif single:
            self.say(" LIMIT 1", root.node)
        offset = root.options.get("offset")
        if offset is not None and text_of(offset) != "undefined":
            self.say(" OFFSET ", offset)
            self.operand(offset)

    # ------------------------------------------------------------------ filters that are objects
    def _filter(self, level: Level, node: Node, depth: int) -> None:
        """`{ id: 1, age: { gte: 18 }, OR: [..] }`"""
        entries = list(self._options(node).items())
        if not entries or depth > _DEPTH:
            self.say("TRUE", node)
            return
        self.listed(entries, lambda one: self._predicate(level, *one, depth), " AND ", node)

    def _predicate(self, level: Level, key: str, value: Node, depth: int) -> None:
        value = self.scope.unwrapped(value)
        if key in ("OR", "AND"):
            inner = [child for child in value.named_children if child.type == "object"]
            self.say("(", value)
            self.listed(inner, lambda one: self._filter(level, one, depth + 1), JUNCTIONS[key.lower()], value)
            self.say(")" if inner else "TRUE)", value)
        elif key == "NOT" and value.type == "object":
            self.say("NOT (", value)
            self._filter(level, value, depth + 1)
            self.say(")", value)
        elif key == "RAW":
            with self.names.callback(value, level.table):
                self.condition(result(value))
        elif value.type == "object":
            self._compared(level, key, value)
        else:
            self._column(level, key, value)
            self.say(" = ", value)
            self.operand(value)

    def _compared(self, level: Level, key: str, node: Node) -> None:
        entries = self._options(node)
        if not entries or not FILTER_KEYS.issuperset(entries):
            # The filter of a relation: what it asks of the rows there is not said of this table.
            self.say("TRUE", node)
            return
        for index, (word, value) in enumerate(entries.items()):
            self.say(" AND " if index else "", value)
            self._comparison(level, key, word, value)

    def _comparison(self, level: Level, key: str, word: str, value: Node) -> None:
        if word in FILTERS:
            self._column(level, key, value)
            self.say(f" {FILTERS[word].strip()} ", value)
            (self.in_list if word in ("in", "notIn") else self.operand)(value)
        elif word in ("isNull", "isNotNull"):
            self._column(level, key, value)
            self.say(" IS NULL" if word == "isNull" else " IS NOT NULL", value)
        else:
            self.say("TRUE", value)
