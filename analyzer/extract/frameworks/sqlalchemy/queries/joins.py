"""Joins as SQLAlchemy writes them: by relations, by keys, to aliases and subqueries.

What comes in: the steps of a chain and its Frame. What goes out: parts. Source: https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#joins. This
module does not know what a relation ties: the program does.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.expressions import Expressions
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Frame, Named
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import Given, Step, given, method, segments
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import JoinPart
from analyzer.facts.part.written import IdentifierPart

JOINS = frozenset({"join", "outerjoin", "join_from", "outerjoin_from"})
_DEPTH = 24


class Joins:
    """Writes joins. `taken` puts a subquery among the tables of a frame."""

    def __init__(self, expressions: Expressions, taken: Callable[[Derived, Frame], None]) -> None:
        self.x = expressions
        self.b = expressions.b
        self.names = expressions.names
        self._taken = taken

    def select_from(self, node: Node, frame: Frame, depth: int = 0) -> None:
        node = self.b.scope.unwrapped(node)
        found = self.names.selectable(node)
        called = method(node)
        frame.current = None
        if depth > _DEPTH:
            self.b.unknown(node)
        elif isinstance(found, Derived):
            self._taken(found, frame)
        elif isinstance(found, Named):
            self.x.take(found, frame)
        elif called is not None and called[1] in JOINS:
            # Core: `users.join(orders, users.c.id == orders.c.user_id)`
            self.select_from(called[0], frame, depth + 1)
            self.join(Step(called[1], node, given(node)), frame)
        elif node.type == "call" and len(given(node).plain) > 1:
            arguments = given(node)
            name = (segments(node.child_by_field_name("function") or node) or ("",))[-1]
            self.select_from(arguments.plain[0], frame, depth + 1)
            rest = Given(arguments.plain[1:], arguments.named)
            self.join(Step(name if name in JOINS else "join", node, rest), frame)
        else:
            frame.take(Named(f"?{node.start_byte}"))

    def join(self, step: Step, frame: Frame) -> None:
        arguments = list(step.given.plain)
        if step.name.endswith("_from") and arguments:
            first = self.names.selectable(arguments.pop(0))
            if isinstance(first, Named):
                self.x.take(first, frame)
            elif first is not None:
                self._taken(first, frame)
        is_outer = step.name.startswith("outer") or text_of(step.given.named.get("isouter", step.call)) == "True"
        is_full = text_of(step.given.named.get("full", step.call)) == "True"
        kind = "FULL JOIN" if is_full else "LEFT JOIN" if is_outer else "JOIN"
        target = arguments[0] if arguments else step.given.named.get("target")
        onclause = arguments[1] if len(arguments) > 1 else step.given.named.get("onclause")
        if target is None:
            return
        texts = [one for one in arguments if one.type == "string" and is_plain(one)]
        if texts and len(texts) == len(arguments):
            for one in texts:
                self._named_path(one, kind, frame)
            return
        if onclause is not None and self._is_path(onclause) and self._is_path(target):
            # `query.join(User.posts, Post.tags)`
            for one in arguments:
                self._path(one, kind, frame, "", "")
            return
        self._target(self.b.scope.unwrapped(target), onclause, kind, frame)

    def _is_path(self, node: Node) -> bool:
        """Whether an argument of `join` is a relation."""
        return node.type == "attribute" and self.x.column(node) is not None

    def _target(self, target: Node, onclause: Node | None, kind: str, frame: Frame) -> None:
        if target.type == "tuple" and len(target.named_children) == 2:
            target, onclause = target.named_children
        called = method(target)
        if self._is_path(target) or (
            called is not None and called[1] in ("of_type", "and_") and self._is_path(called[0])
        ):
            self._path(target, kind, frame, "", "")
            return
        found = self.names.selectable(target)
        if isinstance(found, Derived):
            self.b.say(f" {kind} ", target)
            self._taken(found, frame)
            self.b.put(*frame.pieces.get(found.alias, (IdentifierPart(self.b.span(target), (found.alias,)),)))
            frame.joined_pieces.add(found.alias)
            self._on(onclause, target, frame)
            return
        named = found or Named(f"?{target.start_byte}")
        if onclause is not None and self._is_path(onclause):
            self._path(onclause, kind, frame, named.alias, named.entity)
        elif onclause is None:
            others = tuple(one.entity for one in (*frame.mentions, *frame.joined) if not one.alias)
            self.b.put(JoinPart(self.b.span(target), kind, entity=named.entity, alias=named.alias, others=others))
            frame.join(named)
        else:
            self.b.say(f" {kind} ", target)
            self.b.table(named.entity, target, named.alias)
            frame.join(named)
            self._on(onclause, target, frame)

    def _on(self, onclause: Node | None, target: Node, frame: Frame) -> None:
        current = frame.current
        self.b.say(" ON ", target)
        if onclause is None:
            self.b.say("TRUE", target)
        else:
            self.x.condition(onclause, frame)
        frame.current = current

    def _path(self, node: Node, kind: str, frame: Frame, alias: str, entity: str) -> None:
        """A relation that is joined, perhaps to an alias or with a further condition."""
        called = method(node)
        more: list[Node] = []
        while called is not None:
            arguments = given(node)
            if called[1] == "of_type" and arguments.plain:
                other = self.names.selectable(arguments.plain[0])
                alias, entity = (other.alias, other.entity) if isinstance(other, Named) else (alias, entity)
            elif called[1] == "and_":
                more += arguments.plain
            node = called[0]
            called = method(node)
        found = self.x.column(node)
        if found is None or isinstance(found[0], Derived):
            return
        source, relation = found[0], found[1]
        if not any((one.entity, one.alias) == (source.entity, source.alias) for one in frame.joined):
            self.x.take(source, frame)
        self.b.put(JoinPart(self.b.span(node), kind, source.entity, relation, source.alias, entity, alias))
        frame.join(Named(entity or f"{source.entity}>{relation}", alias))
        for one in more:
            self.b.say(" AND ", one)
            self.x.condition(one, frame)

    def _named_path(self, node: Node, kind: str, frame: Frame) -> None:
        """`query.join("posts")`"""
        relation = literal(node, self.b.scope.structure.source).value
        source = frame.current or Named("?join")
        self.b.put(JoinPart(self.b.span(node), kind, source.entity, relation, source.alias))
        frame.join(Named(f"{source.entity}>{relation}"))
