"""Chains of calls, taken apart: `text("name").notNull().default("x")` is a call of `text` and two steps.

What comes in: an expression. What goes out: a Chain. This module does not know what is called.
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.part.written import LiteralPart

_LONGEST = 64
_TEXTS = frozenset({"template_string", "binary_expression", "identifier"})
_WHOLE, _DECIMAL = re.compile(r"-?\d{1,15}"), re.compile(r"-?\d{0,15}\.\d{1,15}")
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function_declaration", "method_definition"})


class Step(Struct, frozen=True):
    """One method of a chain, at its name."""

    name: str
    node: Node
    arguments: tuple[Node, ...]


class Chain(Struct, frozen=True):
    """`callee` is what is called first, None where the chain begins with something else: `root`."""

    root: Node
    callee: Node | None
    arguments: tuple[Node, ...]
    steps: tuple[Step, ...]


def chain(node: Node, scope: Scope) -> Chain:
    """The calls of an expression, first to last."""
    steps: list[Step] = []
    node = scope.unwrapped(node)
    while node.type == "call_expression" and len(steps) < _LONGEST:
        callee = scope.unwrapped(node.child_by_field_name("function") or node)
        target, name = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        if callee.type != "member_expression" or target is None or name is None:
            return Chain(node, callee, given(node), tuple(reversed(steps)))
        inner = scope.unwrapped(target)
        if inner.type != "call_expression":
            return Chain(node, callee, given(node), tuple(reversed(steps)))
        steps.append(Step(text_of(name), name, given(node)))
        node = inner
    return Chain(node, None, (), tuple(reversed(steps)))


def given(call: Node) -> tuple[Node, ...]:
    """The arguments of a call."""
    found = call.child_by_field_name("arguments")
    if found is None:
        return ()
    return (found,) if found.type == "template_string" else plain(found)


def plain(node: Node) -> tuple[Node, ...]:
    """Children that are no comments."""
    return tuple(child for child in node.named_children if child.type != "comment")


def literal(node: Node | None, scope: Scope) -> str | int | float | bool | None:
    """The plain value of an expression, None where it is not known; a string also where it is put together of literals."""
    if node is None:
        return None
    node = scope.unwrapped(node)
    number = node.named_children[0] if node.type == "unary_expression" and node.named_children else node
    if number.type == "number":
        text = text_of(node).replace("_", "")
        return int(text) if _WHOLE.fullmatch(text) else float(text) if _DECIMAL.fullmatch(text) else None
    origin = scope.origin(node)
    if isinstance(origin, LiteralOrigin) and origin.value is not None:
        return origin.value
    if node.type not in _TEXTS:
        return None
    parts = scope.text(node).parts
    known = [part.value for part in parts if isinstance(part, LiteralPart)]
    return "".join(known) if len(known) == len(parts) else None


def result(node: Node, scope: Scope) -> Node | None:
    """What a function gives: its body, or what the one `return` of its body says; None where it is no function."""
    if node.type not in _FUNCTIONS:
        return None
    body = node.child_by_field_name("body")
    if body is None:
        return None
    if body.type != "statement_block":
        return scope.unwrapped(body)
    returned = [
        inner for statement in plain(body) if statement.type == "return_statement" for inner in plain(statement)
    ]
    return scope.unwrapped(returned[0]) if len(returned) == 1 else None


def parameters(node: Node) -> tuple[Node, ...]:
    """The patterns that a function takes."""
    alone = node.child_by_field_name("parameter")
    if alone is not None:
        return (alone,)
    found = node.child_by_field_name("parameters")
    return tuple(one.child_by_field_name("pattern") or one for one in plain(found)) if found is not None else ()


def entries(node: Node) -> Iterator[tuple[str | None, Node, Node]]:
    """Entries of an object literal: (key, its node, value); no key for what is spread or computed."""
    for child in plain(node):
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key is not None and value is not None:
            written = key.type in ("property_identifier", "string", "number")
            yield text_of(key).strip("'\"`") if written else None, key, value
        elif child.type == "shorthand_property_identifier":
            yield text_of(child), child, child
        else:
            yield None, child, child


def values(node: Node, scope: Scope, depth: int = 0) -> Iterator[Node]:
    """What a list or an object holds, without keys; a spread list's own elements."""
    if node.type == "object":
        yield from (value for _, _, value in entries(node))
    elif node.type == "array":
        yield from plain(node)
    elif depth < 2:
        found = scope.bound(node)
        if found is not None and found[0].type in ("object", "array"):
            yield from values(found[0], scope, depth + 1)
