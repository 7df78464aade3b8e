"""What a session does with classes and objects: reads by key, rows that are added, merged, written in bulk.

What comes in: the call of a session's method. What goes out: the texts it runs. An object is followed within its function: how it was made, which attributes
were set afterwards; one that goes anywhere else may get more. Source: https://docs.sqlalchemy.org/en/20/orm/session_api.html. This module does not know
chains.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.chains import Chains
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Frame, Named
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import (
    around,
    given,
    is_class,
    is_session,
    method,
    segments,
    uses,
)
from analyzer.extract.frameworks.sqlalchemy.queries.statements import Statements
from analyzer.extract.frameworks.sqlalchemy.queries.writes import Set
from analyzer.extract.texts import text_of
from analyzer.facts.part.entities import StarPart
from analyzer.facts.text import Text

_GETS = frozenset({"get", "get_one", "get_or_404"})
_ADDS = frozenset({"add", "add_all", "bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "merge"})
# What may be done to an object without giving it attributes.
_HARMLESS = _ADDS | {"refresh", "expunge", "delete", "append", "print", "len", "repr", "str", "debug", "info"}
_MANY = 20


def session_texts(call: Node, chains: Chains) -> Iterator[tuple[Node, Text, Statements]]:
    """(place, text, what wrote it) of each statement that a session's method stands for."""
    called = method(call)
    if called is None or not is_session(called[0]):
        return
    arguments, name = given(call), called[1]
    if name in _GETS and len(arguments.plain) + len(arguments.named) > 1 and arguments.plain:
        value = arguments.get(1, "ident")
        if value is not None:
            yield from _get(call, arguments.plain[0], value, chains)
    elif name in ("bulk_insert_mappings", "bulk_update_mappings") and len(arguments.plain) > 1:
        yield from _mappings(call, arguments.plain[0], arguments.plain[1], chains, is_update="update" in name)
    elif name in _ADDS and arguments.plain:
        for one in _objects(arguments.plain[0], chains):
            yield from _added(call, one, chains, is_merged=name == "merge")


def _get(call: Node, model: Node, value: Node, chains: Chains) -> Iterator[tuple[Node, Text, Statements]]:
    statements = Statements(chains)
    table = statements.names.selectable(model)
    if not isinstance(table, Named) or model.type not in ("identifier", "attribute"):
        return
    b = statements.b
    b.say("SELECT ", call)
    b.put(StarPart(b.span(model), table.entity, table.alias))
    b.say(" FROM ", call)
    b.table(table.entity, model, table.alias)
    b.say(" WHERE ", call)
    statements.selects.key(table, value)
    yield call, statements.whole(call), statements


def _mappings(
    call: Node, model: Node, rows: Node, chains: Chains, *, is_update: bool
) -> Iterator[tuple[Node, Text, Statements]]:
    statements = Statements(chains)
    found = statements.names.selectable(model)
    table = found if isinstance(found, Named) else Named(f"?{call.start_byte}")
    sets, is_open = statements.writes.dict(rows)
    _write(statements, table, sets, call, is_open=is_open, is_update=is_update)
    yield call, statements.whole(call), statements


def _write(
    statements: Statements, table: Named, sets: list[Set], node: Node, *, is_open: bool, is_update: bool
) -> None:
    frame = Frame()
    b = statements.b
    if is_update:
        b.say("UPDATE ", node)
        b.table(table.entity, node)
        b.say(" SET ", node)
        statements.writes.assign(table, sets, is_open, node, frame)
        b.say(" WHERE ", node)
        b.unknown(node)
    else:
        b.say("INSERT INTO ", node)
        b.table(table.entity, node)
        statements.writes.row(table, sets, node, frame, is_open=is_open)


def _objects(node: Node, chains: Chains) -> list[Node]:
    """The objects of `add_all([a, User()])`."""
    node = chains.scope.unwrapped(node)
    if node.type in ("list", "tuple"):
        return [one for one in node.named_children if one.type != "comment"][:_MANY]
    if node.type in ("list_comprehension", "generator_expression"):
        body = node.child_by_field_name("body")
        return [body] if body is not None else []
    return [node]


def _added(call: Node, node: Node, chains: Chains, *, is_merged: bool) -> Iterator[tuple[Node, Text, Statements]]:
    """An INSERT where the object is made in this function by a class of capitals; nothing else is said of what is added."""
    made, is_loose = _made(node, chains)
    callee = made.child_by_field_name("function") if made is not None else None
    if made is None or callee is None:
        return
    statements = Statements(chains)
    table = _class(callee, statements.names)
    if table is None:
        return
    arguments = given(made)
    sets, is_open = statements.writes.sets(arguments)
    # What a constructor does with values that have no name is its own affair.
    is_open = is_open or bool(arguments.plain) or is_loose
    known = {name for name, _, _ in sets}
    if node.type == "identifier":
        later, is_handed = _later(node, made)
        sets += [one for one in later if one[0] not in known]
        is_open = is_open or is_handed
    _write(statements, table, sets, made, is_open=is_open, is_update=is_merged)
    yield made if node.type == "call" else call, statements.whole(made), statements


def _class(callee: Node, names: Names) -> Named | None:
    dotted = segments(callee)
    if not dotted or not (is_class(dotted[-1]) or dotted in (("cls",), ("self", "model"))):
        return None
    found = names.selectable(callee)
    return found if isinstance(found, Named) else None


def _made(node: Node, chains: Chains) -> tuple[Node | None, bool]:
    """The call that makes an object; True where another may have made it as well."""
    node = chains.scope.unwrapped(node)
    if node.type == "call":
        return node, False
    if node.type != "identifier":
        return None, False
    found = chains.scope.meaning(text_of(node), node.start_byte)
    if found.loop is not None or found.parameter is not None or found.module:
        return None, False
    values = [b.value for b in found.bindings if not b.mutation and not b.destructured and b.value is not None]
    calls = [value for value in values if value.type == "call"]
    return (calls[-1], len(values) > 1) if calls and values[-1].type == "call" else (None, False)


def _later(node: Node, made: Node) -> tuple[list[Set], bool]:
    """Attributes that are set on an object in its function, and whether it goes anywhere that may set others."""
    name = text_of(node)
    function = around(made)
    sets: list[Set] = []
    is_handed = False
    for use in uses(function, name, made.end_byte):
        parent = use.parent
        if parent is None:
            continue
        if parent.type == "attribute" and parent.child_by_field_name("object") == use:
            outer, key = parent.parent, parent.child_by_field_name("attribute")
            if (
                outer is not None
                and outer.type == "assignment"
                and outer.child_by_field_name("left") == parent
                and key is not None
            ):
                value = outer.child_by_field_name("right")
                if value is not None:
                    sets.append((text_of(key), key, value))
            elif outer is not None and outer.type == "call" and outer.child_by_field_name("function") == parent:
                # A method of the object may set what it likes.
                is_handed = True
        elif parent.type in ("argument_list", "keyword_argument", "list", "tuple", "pair", "dictionary"):
            is_handed = is_handed or not _is_harmless(parent)
    return sets, is_handed


def _is_harmless(node: Node) -> bool:
    at: Node | None = node
    while at is not None and at.type != "call":
        at = at.parent if at.type in ("argument_list", "list", "tuple") else None
    called = method(at) if at is not None else None
    return called is not None and called[1] in _HARMLESS and (is_session(called[0]) or called[1] != "append")
