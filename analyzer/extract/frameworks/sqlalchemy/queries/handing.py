"""Names that are handed in and stand for tables: what a function or a class does with them says so.

What comes in: nodes and their Scope. What goes out: answers. Source: the signatures of SQLAlchemy's statements and of Session, which take an entity or
a column in these places and nothing else. This module does not know which entity it is.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    bound_value,
    is_class,
    is_session,
    method,
    segments,
    spoken,
)
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_STATEMENTS = frozenset({"select", "insert", "update", "delete", "aliased", "with_polymorphic"})
_SESSIONS = frozenset({"query", "get", "get_one", "bulk_insert_mappings", "bulk_update_mappings"})
_CHAINED = frozenset({"select_from", "outerjoin", "join_from"})
_LISTS = frozenset({"tuple", "list", "set", "expression_list"})
_NESTED = 4
_MOST = 64


class Handing:
    """Look-ups over one file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[tuple[int, str], bool] = {}
        self._named: dict[int, dict[str, list[Node]]] = {}

    def takes(self, node: Node, name: str) -> bool:
        """Whether the function around a place, or the class for `self.table`, puts a name where only a table or a column of one can stand."""
        around = _around(node, "class_definition" if "." in name else "function_definition")
        key = (around.id, name)
        if key not in self._known:
            self._known[key] = any(self._is_table(use) for use in self._uses(around, name))
        return self._known[key]

    def elements(self, node: Node) -> tuple[str, ...]:
        """The names, or the literals in quotes, that an expression stands for, one in each turn of a loop; none where one of them is anything else."""
        value = self._bound(node)
        if value is not None and value.type == "string":
            return _words([value], self._scope)
        loop = self._scope.meaning(text_of(node), node.start_byte).loop if node.type == "identifier" else None
        over = self._bound(loop.over) if loop is not None and loop.over is not None else None
        if over is None or over.type not in _LISTS or loop is None or loop.loop.variables != (text_of(node),):
            return ()
        return _words(over.named_children, self._scope)

    def _bound(self, node: Node) -> Node | None:
        """What a name is bound to, once; itself where it is no name."""
        node = self._scope.unwrapped(node)
        if node.type != "identifier":
            return node
        found = self._scope.meaning(text_of(node), node.start_byte).bindings
        value = bound_value(found[0]) if len(found) == 1 else None
        return self._scope.unwrapped(value) if value is not None else None

    def is_asked(self, node: Node) -> bool:
        """Whether the function around a column asks first if there is such a thing: `hasattr(model, "deleted_at")`."""
        around = _around(node, "function_definition")
        return any(
            (called := use.parent) is not None
            and called.type == "argument_list"
            and called.parent is not None
            and text_of(called.parent.child_by_field_name("function") or called) == "hasattr"
            for use in self._uses(around, text_of(node.child_by_field_name("object") or node))
        )

    def _uses(self, around: Node, name: str) -> list[Node]:
        if around.id not in self._named:
            found: dict[str, list[Node]] = {}
            stack = [around]
            while stack:
                one = stack.pop()
                if one.type in ("identifier", "attribute") and (dotted := segments(one)) and len(dotted) < 3:
                    found.setdefault(".".join(dotted), []).append(one)
                stack.extend(one.named_children)
            self._named[around.id] = found
        return self._named[around.id].get(name, [])

    def _is_table(self, use: Node) -> bool:
        """Whether a name is what a statement is of, by itself or as `select(func.count(model.id))`."""
        at = use
        if at.parent is not None and at.parent.type == "attribute" and at.parent.child_by_field_name("object") == at:
            at = at.parent
        whole = at is use
        for _ in range(_NESTED):
            call = at.parent.parent if at.parent is not None and at.parent.type == "argument_list" else None
            if call is None or call.type != "call":
                return False
            if self._takes(call, at, whole=whole):
                return True
            at = call
        return False

    def _takes(self, call: Node, argument: Node, *, whole: bool) -> bool:
        callee, called = call.child_by_field_name("function"), method(call)
        word = spoken(callee, self._scope) if callee is not None else ""
        if word:
            return word in _STATEMENTS and (whole or word == "select")
        if called is None:
            return False
        first = argument.prev_named_sibling is None
        is_own = called[1] in _SESSIONS and is_session(called[0]) and (first or called[1] == "query")
        return (is_own and (whole or called[1] == "query")) or (whole and called[1] in _CHAINED)


def _words(nodes: list[Node], scope: Scope) -> tuple[str, ...]:
    found = []
    for one in (node for node in nodes if node.type != "comment"):
        if one.type == "string" and is_plain(one):
            found.append(f"'{literal(one, scope.structure.source).value}'")
        elif one.type == "identifier" and is_class(text_of(one)):
            found.append(text_of(one))
        else:
            return ()
    mixed = len({word.startswith("'") for word in found}) > 1
    return () if mixed or any(set(word) & {*"[]|?,"} for word in found) or len(found) > _MOST else tuple(found)


def _around(node: Node, kind: str) -> Node:
    """The function or class that a place is in, or the file."""
    at = node
    while at.parent is not None and at.type != kind:
        at = at.parent
    return at
