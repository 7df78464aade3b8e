"""What each operation writes, and what is sent without one: texts handed to a connection, types, tables that make themselves.

What comes in: calls and their Scope. What goes out: statements with the engines that get them. Source: https://alembic.sqlalchemy.org/en/latest/ops.html.
An operation of a plug-in is a statement that nobody can read, about the names it mentions. This module does not know order.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act, act_of
from analyzer.extract.frameworks.alembic.altering import alter_column
from analyzer.extract.frameworks.alembic.constraints import CONSTRAINTS
from analyzer.extract.frameworks.alembic.enums import of_type, sync_enum_values
from analyzer.extract.frameworks.alembic.indexes import create_index, drop_index
from analyzer.extract.frameworks.alembic.names import flag, meant, method, plain
from analyzer.extract.frameworks.alembic.statement import Statement
from analyzer.extract.frameworks.alembic.tables import (
    add_column,
    create_table,
    declared,
    drop_column,
    drop_table,
    rename_table,
    table_comment,
)
from analyzer.extract.frameworks.alembic.values import elements, given
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.extract.frameworks.sqlalchemy.columns import is_column
from analyzer.extract.frameworks.sqlalchemy.names import last
from analyzer.extract.scope import Scope
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.sql.recognise import looks_like_sql

_TEXTS = frozenset({"text", "DDL", "literal_column", "Text"})
# What is called on a text and gives it back.
_KEEPS = frozenset({"bindparams", "execution_options", "columns", "self_group", "on"})
_DATA = {"update": "UPDATE", "insert": "INSERT INTO", "delete": "DELETE FROM", "select": "SELECT"}
_RUNS = frozenset({"execute", "exec_driver_sql", "scalar", "scalars", "exec"})
# What asks, and what is asked for its own sake: no statement is sent.
_QUIET = frozenset({
    "f", "get_bind", "get_context", "batch_alter_table", "inline_literal", "implementation_for", "register_operation", "context", "run_async",
})  # fmt: skip
_INSIDE = 2
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$.]{0,127}")


def lower(call: Node, scope: Scope) -> Sequence[Sent] | None:
    """What a call sends; None where it is no operation."""
    act = act_of(call, scope)
    if act is not None:
        if act.name in _QUIET:
            return None
        return list(_OPERATIONS.get(act.name, _unknown)(act))
    return of_type(call, scope) or _made_by_itself(call, scope) or _handed(call, scope)


def argument(node: Node, scope: Scope) -> tuple[Part, ...]:
    """What a function of another file is given: a name, a column as it is declared, a text."""
    inner = meant(node, scope)
    if is_column(inner):
        return declared(inner, scope)
    return scope.text(inner).parts


def _execute(act: Act) -> Iterator[Sent]:
    node = act.get("sqltext")
    if node is not None:
        yield _text(node, act.scope, act.node), ("postgres", "sqlite", "mysql")


def _text(node: Node, scope: Scope, call: Node) -> tuple[Part, ...]:
    """The SQL of a text, or of a statement that is built: of that only what it does to rows."""
    inner = _bare(node, scope)
    chained = _root(inner)
    if chained in _DATA:
        return (LiteralPart(f"{_DATA[chained]} ", scope.structure.span(call), ()), _hole(inner, scope))
    parts = scope.text(inner).parts
    return parts or (_hole(inner, scope),)


def _bare(node: Node, scope: Scope) -> Node:
    """A text without what makes it one."""
    node = meant(node, scope)
    for _ in range(4):
        target, name = method(node)
        arguments = given(node, scope).positional if node.type == "call" else ()
        if name in _TEXTS and arguments:
            node = meant(arguments[0], scope)
        elif name in _KEEPS and target is not None:
            node = meant(target, scope)
    return node


def _root(node: Node) -> str:
    """What a chain of calls begins with: `users.update().where(..)`, `sa.update(users)`."""
    found = ""
    while node.type == "call":
        target, name = method(node)
        found = name if name in _DATA else found
        if target is None:
            break
        node = target
    return found


def _hole(node: Node, scope: Scope) -> HolePart:
    return HolePart(scope.structure.span(node), scope.origin(node))


def _handed(call: Node, scope: Scope) -> list[Sent] | None:
    """A text that a connection or session is given; what is not known to be one is not the schema's."""
    target, name = method(call)
    if target is None or name not in _RUNS:
        return None
    arguments = given(call, scope)
    node = arguments.get(0, "statement", "clause", "clauseelement", "object_")
    inner = _bare(node, scope) if node is not None else None
    if inner is None or (inner.type == "call" and _root(inner) in _DATA):
        return None
    parts = scope.text(inner).parts
    first = parts[0] if parts else None
    if not isinstance(first, LiteralPart) or not looks_like_sql(scope.text(inner).skeleton):
        return None
    return [(parts, ("postgres", "sqlite", "mysql"))]


def _made_by_itself(call: Node, scope: Scope) -> list[Sent] | None:
    """`Table("users", metadata, ..).create(bind)`, and `.drop(bind)`."""
    target, name = method(call)
    if target is None or name not in ("create", "drop"):
        return None
    node = meant(target, scope)
    if node.type != "call" or last(node) != "Table":
        return None
    arguments, checked = given(node, scope), given(call, scope).get(1, "checkfirst")
    named = dict(arguments.named) | ({"table_name": arguments.positional[0]} if arguments.positional else {})
    checks = flag(checked, scope, default=True) is not False
    act = Act(call, name, named, arguments.positional[2:], arguments.whole, scope, checks=checks)
    return list(create_table(act) if name == "create" else drop_table(act))


def _bulk_insert(act: Act) -> Iterator[Sent]:
    yield Statement(act.scope, act.node, "INSERT INTO ").name(None).sent()


def _unknown(act: Act) -> Iterator[Sent]:
    """An operation of a plug-in, or of the project's own: whatever it does, it does to what it mentions, and to anything where that is not said."""
    statement = Statement(act.scope, act.node).name(None)
    nodes = [*act.rest, *act.arguments.values()]
    mentioned = [one for node in nodes for one in _mentioned(node, act.scope, 0)]
    for node in mentioned:
        statement.add(" TABLE ").name(node)
    yield (statement if mentioned or not nodes else statement.add(" TABLE ").name(None)).sent()


def _mentioned(node: Node, scope: Scope, depth: int) -> Iterator[Node]:
    """Plain names, those in lists and those that a call is given: `ReplaceableObject("paid_orders", "SELECT ..")`."""
    inner = meant(node, scope)
    if inner.type == "call" and depth < _INSIDE:
        arguments = given(inner, scope)
        for one in (*arguments.positional, *arguments.named.values()):
            yield from _mentioned(one, scope, depth + 1)
        return
    for one in elements(node, scope) or (node,):
        word = plain(one, scope)
        if word is not None and _NAME.fullmatch(word):
            yield one


_OPERATIONS: Mapping[str, Callable[[Act], Iterator[Sent]]] = {
    **CONSTRAINTS,
    "create_table": create_table,
    "drop_table": drop_table,
    "rename_table": rename_table,
    "add_column": add_column,
    "drop_column": drop_column,
    "alter_column": alter_column,
    "create_index": create_index,
    "drop_index": drop_index,
    "create_table_comment": table_comment,
    "drop_table_comment": table_comment,
    "execute": _execute,
    "bulk_insert": _bulk_insert,
    "sync_enum_values": sync_enum_values,
}
