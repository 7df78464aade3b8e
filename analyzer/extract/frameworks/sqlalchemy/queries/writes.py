"""INSERT, UPDATE and DELETE of SQLAlchemy's statements, of queries and of objects that a session takes.

What comes in: Chains, or the call that makes an object. What goes out: parts. Source: https://docs.sqlalchemy.org/en/20/core/dml.html,
/en/20/orm/queryguide/dml.html, /en/20/dialects/postgresql.html#insert-on-conflict-upsert. This module does not know SELECT.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.chains import bound_to
from analyzer.extract.frameworks.sqlalchemy.queries.expressions import Expressions
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Frame, Named
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.selects import Selects
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    Given,
    Step,
    around,
    given,
    method,
    outer,
    segments,
    uses,
)
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import FilledPart

# (attribute, place of its name, value)
Set = tuple[str, Node, Node]
_One = TypeVar("_One")
_RUNS = frozenset({"execute", "scalars", "scalar", "executemany"})


class Writes:
    """Writes statements that change rows."""

    def __init__(
        self, expressions: Expressions, selects: Selects, statement: Callable[[Chain, Frame | None], None]
    ) -> None:
        self.x = expressions
        self.b = expressions.b
        self.names = expressions.names
        self.selects = selects
        self._statement = statement

    def target(self, chain: Chain) -> Named:
        """The table that is written."""
        node = chain.target or chain.given.get(0, "table") or chain.root
        found = self.names.selectable(node) if node != chain.root else None
        return found if isinstance(found, Named) else Named(f"?{node.start_byte}")

    # ------------------------------------------------------------------ INSERT
    def insert(self, chain: Chain, frame: Frame) -> None:
        table = self.target(chain)
        frame.current = table
        frame.take(table)
        self.b.say("INSERT INTO ", chain.root)
        self.b.table(table.entity, chain.root)
        source = next(chain.of("from_select"), None)
        if source is not None:
            self._from_select(source, table)
        else:
            sets, is_open = self._values(chain)
            self.row(table, sets, chain.root, frame, is_open=is_open)
        for step in chain.steps:
            if step.name == "on_conflict_do_update":
                self._conflict(step, table, frame, does="UPDATE")
            elif step.name == "on_conflict_do_nothing":
                self._conflict(step, table, frame, does="NOTHING")
            elif step.name == "on_duplicate_key_update":
                self.b.say(" ON DUPLICATE KEY UPDATE ", step.call)
                self.assign(table, *self.sets(step.given), step.call, frame)
        self._returning(chain, frame)

    def row(self, table: Named, sets: list[Set], node: Node, frame: Frame, *, is_open: bool) -> None:
        """The columns and one row of values."""
        names = tuple(table.attribute(name) for name, _, _ in sets)
        self.b.say(" (", node)
        self._each(sets, lambda one: self.b.key(table.entity, table.attribute(one[0]), one[1]), node, is_open=is_open)
        self._filled(table, names, node, values=False)
        self.b.say(") VALUES (", node)
        self._each(sets, lambda one: self.x.operand(one[2], frame), node, is_open=is_open)
        self._filled(table, names, node, values=True)
        self.b.say(")", node)

    def _filled(self, table: Named, names: tuple[str, ...], node: Node, *, values: bool) -> None:
        self.b.put(FilledPart(self.b.span(node), table.entity, names, values))

    def _each(self, several: list[_One], write: Callable[[_One], None], node: Node, *, is_open: bool) -> None:
        for at, one in enumerate(several):
            self.b.say(", " if at else "", node)
            write(one)
        if is_open or not several:
            self.b.say(", " if several else "", node)
            self.b.unknown(node)

    def _from_select(self, step: Step, table: Named) -> None:
        columns = step.given.get(0, "names")
        query = step.given.get(1, "select")
        self.b.say(" (", step.call)
        keys = (
            [one for one in columns.named_children if one.type != "comment"]
            if columns is not None and columns.type in ("list", "tuple")
            else []
        )
        self._each(keys, lambda one: self._key(table, one), step.call, is_open=False)
        self.b.say(") ", step.call)
        chain = self.names.chains.of(query) if query is not None else None
        if chain is not None:
            self._statement(chain, None)
        else:
            self.b.say("SELECT ", step.call)
            self.b.unknown(step.call)

    def _key(self, table: Named, node: Node) -> None:
        name = self.name(node)
        if name:
            self.b.key(table.entity, table.attribute(name), node)
        else:
            self.b.unknown(node)

    def _conflict(self, step: Step, table: Named, frame: Frame, *, does: str) -> None:
        elements = step.given.get(1, "index_elements") if "index_elements" in step.given.named else None
        keys = (
            list(elements.named_children) if elements is not None and elements.type in ("list", "tuple", "set") else []
        )
        self.b.say(" ON CONFLICT ", step.call)
        if keys:
            self.b.say("(", step.call)
            self._each(keys, lambda one: self._key(table, one), step.call, is_open=False)
            self.b.say(") ", step.call)
            if "index_where" in step.given.named:
                self.b.say("WHERE ", step.call)
                self.x.condition(step.given.named["index_where"], frame)
                self.b.say(" ", step.call)
        elif step.given.named.keys() & {"constraint", "index_elements"} or step.given.plain:
            self.b.unknown(step.call)
            self.b.say(" ", step.call)
        self.b.say(f"DO {does}", step.call)
        if does == "UPDATE":
            self.b.say(" SET ", step.call)
            value = step.given.named.get("set_")
            self.assign(table, *(self.dict(value) if value is not None else ([], True)), step.call, frame)
            if "where" in step.given.named:
                self.b.say(" WHERE ", step.call)
                self.x.condition(step.given.named["where"], frame)

    def _returning(self, chain: Chain, frame: Frame) -> None:
        nodes = [one for step in chain.of("returning") for one in step.given.plain]
        if nodes:
            self.b.say(" RETURNING ", chain.root)
            for at, one in enumerate(nodes):
                self.b.say(", " if at else "", one)
                self.selects.item(one, frame, labelled=False)

    # ------------------------------------------------------------------ UPDATE, DELETE
    def update(self, chain: Chain, frame: Frame) -> None:
        table = self._target_of_query(chain, frame)
        self.b.say("UPDATE ", chain.root)
        self.b.table(table.entity, chain.root)
        self.b.say(" SET ", chain.root)
        sets, is_open = self._values(chain)
        self.assign(table, sets, is_open, chain.root, frame)
        frame.join(table)
        self.selects.tables(chain, frame, " FROM ", chain.root)
        self._returning(chain, frame)

    def delete(self, chain: Chain, frame: Frame) -> None:
        table = self._target_of_query(chain, frame)
        self.b.say("DELETE FROM ", chain.root)
        self.b.table(table.entity, chain.root)
        frame.join(table)
        self.selects.tables(chain, frame, " USING ", chain.root)
        self._returning(chain, frame)

    def _target_of_query(self, chain: Chain, frame: Frame) -> Named:
        table = self.target(chain)
        frame.current = table
        return table

    def assign(self, table: Named, sets: list[Set], is_open: bool, node: Node, frame: Frame) -> None:
        for at, (name, place, value) in enumerate(sets):
            self.b.say(", " if at else "", node)
            self.b.key(table.entity, table.attribute(name), place)
            self.b.say(" = ", node)
            self.x.operand(value, frame)
        if is_open or not sets:
            self.b.say(", " if sets else "", node)
            self.b.unknown(node)

    # ------------------------------------------------------------------ what is written
    def _values(self, chain: Chain) -> tuple[list[Set], bool]:
        """What `values`, `Query.update` or the second argument of `execute` give."""
        found: list[Set] = []
        is_open, seen = False, False
        for step in chain.steps:
            if step.name in ("values", "ordered_values") or (step.name == "update" and chain.kind == "query"):
                sets, more = self.sets(step.given)
                found, is_open, seen = [*found, *sets], is_open or more, True
        given_later = self._executed_with(chain)
        if given_later is not None:
            sets, more = self.dict(given_later)
            known = {name for name, _, _ in found}
            return [*found, *(one for one in sets if one[0] not in known)], is_open or more
        values = chain.given.get(1, "values") if chain.name.startswith(".") or chain.kind == "insert" else None
        if values is not None and not seen:
            return self.dict(values)
        return found, is_open or not seen

    def _executed_with(self, chain: Chain) -> Node | None:
        """`session.execute(insert(User), [{..}, ..])`, also by a name of the statement."""
        last = chain.root
        while (call := outer(last)) is not None:
            last = call
        name = bound_to(last)
        places = [last] if name is None else uses(around(last), name, last.end_byte)
        return next((found for place in places if (found := self._beside(place)) is not None), None)

    def _beside(self, place: Node) -> Node | None:
        """What is executed with a statement that stands as an argument."""
        arguments = place.parent
        call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
        called = method(call) if call is not None else None
        if call is None or called is None or called[1] not in _RUNS:
            return None
        everything = given(call)
        return everything.get(1, "params") if everything.plain[:1] == (place,) else None

    def sets(self, arguments: Given) -> tuple[list[Set], bool]:
        """Attributes and values, and whether there may be more."""
        found: list[Set] = []
        is_open = arguments.open or bool(arguments.stars)
        for name, value in arguments.named.items():
            if name == "values" and not arguments.plain and value.type == "dictionary":
                # `query.update(values={..})`
                more, is_more = self.dict(value)
                found, is_open = [*found, *more], is_open or is_more
                continue
            key = value.parent.child_by_field_name("name") if value.parent is not None else None
            if name not in ("synchronize_session", "update_args"):
                found.append((name, key if key is not None else value, value))
        for one in arguments.plain[:1]:
            more, is_more = self.dict(one)
            found, is_open = [*found, *more], is_open or is_more
        return found, is_open

    def dict(self, node: Node, depth: int = 0) -> tuple[list[Set], bool]:
        """The entries of a dict, of the first dict of a list, of a call of `dict`; ([], True) for what is not known."""
        node = self.b.scope.unwrapped(node)
        if depth > 4:
            return [], True
        if node.type == "identifier":
            bound = self.b.scope.bound(node)
            meaning = self.b.scope.meaning(text_of(node), node.start_byte)
            if bound is None or bound[1] or meaning.module:
                return (self.dict(bound[0], depth + 1)[0], True) if bound is not None else ([], True)
            return self.dict(bound[0], depth + 1) if bound[0] != node else ([], True)
        if node.type in ("list", "tuple") and node.named_children:
            rows = [self.dict(one, depth + 1) for one in node.named_children if one.type != "comment"][:20]
            same = len({frozenset(name for name, _, _ in row[0]) for row in rows}) == 1
            return rows[0][0], not same or any(row[1] for row in rows)
        if node.type in ("list_comprehension", "generator_expression"):
            body = node.child_by_field_name("body")
            return self.dict(body, depth + 1) if body is not None else ([], True)
        if node.type == "call" and text_of(node.child_by_field_name("function") or node) == "dict":
            return self.sets(given(node)) if not given(node).plain else ([], True)
        return self._pairs(node.named_children) if node.type == "dictionary" else ([], True)

    def _pairs(self, children: Iterable[Node]) -> tuple[list[Set], bool]:
        found: list[Set] = []
        is_open = False
        for child in children:
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            name = self.name(key) if key is not None else ""
            if child.type == "pair" and key is not None and value is not None and name:
                found.append((name, key, value))
            elif child.type != "comment":
                is_open = True
        return found, is_open

    def name(self, node: Node) -> str:
        """The attribute that a key names: a text, `User.name`, `users.c.name`."""
        if node.type == "string" and is_plain(node):
            return literal(node, self.b.scope.structure.source).value
        dotted = segments(node)
        return dotted[-1] if len(dotted) > 1 else ""
