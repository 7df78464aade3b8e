"""Where a statement of SQLAlchemy begins: `select(..)`, `session.query(..)`, `User.query`, `users.insert()`.

What comes in: nodes and their Scope. What goes out: Chains without what is added to them. This module does not know what the methods mean.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    Given,
    Step,
    given,
    is_class,
    is_session,
    method,
    outer,
    segments,
    spoken,
)
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

Kind = Literal["select", "insert", "update", "delete", "query", "compound", "exists"]
_KINDS: dict[str, Kind] = {
    "select": "select", "insert": "insert", "update": "update", "delete": "delete", "exists": "exists",
    "union": "compound", "union_all": "compound", "intersect": "compound", "intersect_all": "compound", "except_": "compound",
    "except_all": "compound",
}  # fmt: skip
_OF_TABLES: dict[str, Kind] = {"select": "select", "insert": "insert", "update": "update", "delete": "delete"}
_AFTER = frozenset(
    {
        "values",
        "where",
        "from_select",
        "returning",
        "on_conflict_do_update",
        "on_conflict_do_nothing",
        "order_by",
        "with_only_columns",
    }
)
_RUNS = frozenset(
    {
        "execute",
        "scalars",
        "scalar",
        "stream",
        "stream_scalars",
        "fetch_all",
        "fetch_one",
        "fetch_val",
        "exec",
        "executemany",
    }
)
# Behind these a query is its rows.
_ROWS = frozenset({
    "all", "first", "one", "one_or_none", "scalar", "scalars", "count", "get", "delete", "update", "get_or_404", "first_or_404", "one_or_404",
    "paginate", "__iter__", "yield_per", "iterate_instances", "tuples", "mappings",
})  # fmt: skip


class Chain(Struct, frozen=True):
    """A statement: `root` is the call that begins it, `name` the library's name of that. `open` where others may add to it."""

    kind: Kind
    root: Node
    name: str
    given: Given
    target: Node | None = None
    steps: tuple[Step, ...] = ()
    open: bool = False

    def of(self, *names: str) -> Iterator[Step]:
        """Its steps of these names."""
        return (step for step in self.steps if step.name in names)

    @property
    def is_run(self) -> bool:
        """Whether it is rows, not a statement."""
        return self.kind == "query" and any(step.name in _ROWS for step in self.steps)


class Roots:
    """The beginnings of one file's statements."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def root(self, node: Node) -> Chain | None:
        """The chain that begins with a node, without its steps."""
        if node.type == "attribute":
            return self._class_query(node)
        callee = node.child_by_field_name("function") if node.type == "call" else None
        if callee is None:
            return None
        name = spoken(callee, self.scope)
        if name in _KINDS:
            return Chain(_KINDS[name], node, name, given(node))
        called = method(node)
        if called is None:
            return None
        target, name = called
        if name == "query":
            return self._session_query(node, target)
        return self._of_table(node, target, name) if name in _OF_TABLES else None

    def _session_query(self, node: Node, target: Node) -> Chain | None:
        arguments = given(node)
        first = arguments.plain[0] if arguments.plain else None
        if not is_session(target) or (first is not None and first.type in ("string", "concatenated_string")):
            return None
        return Chain("query", node, "query", arguments) if arguments.plain or arguments.stars else None

    def _class_query(self, node: Node) -> Chain | None:
        """Flask-SQLAlchemy's `User.query.filter(..)`."""
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if target is None or name is None or text_of(name) != "query" or outer(node) is None:
            return None
        dotted = segments(target)
        is_own = bool(dotted) and (is_class(dotted[-1]) or dotted == ("cls",))
        return Chain("query", node, "query", Given(plain=(target,))) if is_own else None

    def _of_table(self, node: Node, target: Node, name: str) -> Chain | None:
        """`users.insert()`, `User.__table__.update()`: what follows tells it from a list's or a dict's."""
        dotted = segments(target)
        if (
            not dotted
            or dotted[0] in ("self", "cls")
            or self.scope.meaning(dotted[0], node.start_byte).parameter is not None
        ):
            return None
        arguments, after = given(node), outer(node)
        is_table = dotted[-1] == "__table__"
        follows = method(after) if after is not None else None
        if not is_table and not (follows is not None and follows[1] in _AFTER) and not self._is_run(node):
            return None
        if arguments.stars or (name != "select" and len(arguments.plain) > 2):
            return None
        return Chain(_OF_TABLES[name], node, f".{name}", arguments, target)

    def _is_run(self, node: Node) -> bool:
        arguments = node.parent
        call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
        called = method(call) if call is not None else None
        return called is not None and called[1] in _RUNS
