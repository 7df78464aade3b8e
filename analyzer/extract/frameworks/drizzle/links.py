"""Chains of calls: `db.select(..).from(users).where(..)` as the list of its links.

What comes in: nodes. What goes out: Links in the order in which they are called, also those that are added to a variable later. This module does
not know what a method means.
"""

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_MOST = 200
# Methods of promises, not of queries.
_PROMISES = frozenset({"then", "catch", "finally"})
_MEMBERS = frozenset({"member_expression", "subscript_expression"})
_WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "non_null_expression", "satisfies_expression"})


class Link(Struct, frozen=True):
    """One call of a chain: its method, its arguments, the call itself."""

    method: str
    given: tuple[Node, ...]
    call: Node

    @property
    def first(self) -> Node | None:
        return self.given[0] if self.given else None


def given(call: Node) -> tuple[Node, ...]:
    arguments = call.child_by_field_name("arguments")
    nodes = arguments.named_children if arguments is not None and arguments.type == "arguments" else []
    return tuple(node for node in nodes if node.type != "comment")


def callee(call: Node) -> Node | None:
    """What is called; `await a.get<User>(id)` comes as (await a.get)<User>(id)."""
    node = call.child_by_field_name("function")
    while node is not None and node.type in ("await_expression", "non_null_expression", "instantiation_expression"):
        inner = [child for child in node.named_children if child.type != "comment"]
        node = inner[0] if inner else None
    return node


def link(call: Node) -> Link | None:
    """A method call as a link."""
    member = callee(call) if call.type == "call_expression" else None
    if member is None or member.type not in _MEMBERS:
        return None
    name = member.child_by_field_name("property")
    if name is not None:
        return Link(text_of(name), given(call), call)
    chosen = _chosen(member.child_by_field_name("index"))
    return Link(chosen, given(call), call) if chosen else None


def _chosen(index: Node | None) -> str:
    """`[inner ? "innerJoin" : "leftJoin"]`: of several methods the one that says least."""
    nodes = (
        [index]
        if index is not None and index.type != "ternary_expression"
        else index.named_children[1:]
        if index is not None
        else []
    )
    names = [text_of(node).strip("'\"") for node in nodes if node.type == "string"]
    return "leftJoin" if "leftJoin" in names else names[0] if names else ""


def target(call: Node) -> Node | None:
    """What a method is called on."""
    member = callee(call)
    return member.child_by_field_name("object") if member is not None and member.type in _MEMBERS else None


def upward(call: Node) -> Iterator[Link]:
    """The methods called on a call, one on another, those of promises left out."""
    for _ in range(_MOST):
        member = call.parent
        while member is not None and member.type in _WRAPPERS:
            call, member = member, member.parent
        if member is None or member.type not in _MEMBERS or member.child_by_field_name("object") != call:
            return
        outer = member.parent
        if outer is not None and outer.type == "await_expression":
            outer = outer.parent
        found = link(outer) if outer is not None else None
        if found is None or found.method in _PROMISES:
            return
        yield found
        call = found.call


def downward(node: Node, scope: Scope) -> list[Link]:
    """The links that lead to an expression, the first call first."""
    found: list[Link] = []
    for _ in range(_MOST):
        node = scope.unwrapped(node)
        one = link(node) if node.type == "call_expression" else None
        inner = target(node) if one is not None else None
        if one is None or inner is None:
            break
        found.append(one)
        node = inner
    return found[::-1]


def outermost(call: Node) -> Node:
    """The last call of the chain that a call begins."""
    for one in upward(call):
        call = one.call
    return call


def variable(call: Node) -> Node | None:
    """The name that a chain is bound to as it is, not what it gives."""
    node, outer = call, call.parent
    while outer is not None and outer.type in _WRAPPERS:
        node, outer = outer, outer.parent
    if outer is None:
        return None
    if outer.type == "variable_declarator" and outer.child_by_field_name("value") == node:
        name = outer.child_by_field_name("name")
    elif outer.type == "assignment_expression" and outer.child_by_field_name("right") == node:
        name = outer.child_by_field_name("left")
    else:
        return None
    return name if name is not None and name.type == "identifier" else None


def continued(call: Node, scope: Scope) -> Iterator[Link]:
    """Links added later to the variable that holds a chain: `query = query.where(..)`, `await query.limit(1)`."""
    name = variable(outermost(call))
    if name is None:
        return
    structure = scope.structure
    home = structure.function_at(name.start_byte)
    for use in structure.calls_on.get(text_of(name), [])[:_MOST]:
        if use.start_byte > call.end_byte and structure.function_at(use.start_byte) == home:
            first = link(use)
            if first is not None:
                yield first
                yield from upward(use)
