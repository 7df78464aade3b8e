"""The turns of a loop over what stands in the source.

What comes in: what a loop goes over, and the pattern that each element is bound to. What goes out: elements, and names with what they are in one turn; None
where something may be added. This module does not know what a loop does.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.names import meant, method
from analyzer.extract.frameworks.alembic.values import elements, given, pairs
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_DEPTH = 8
_PATTERNS = frozenset({"pattern_list", "tuple_pattern", "list_pattern"})
# An element of a loop: an expression, or several that are taken apart.
Turn = Node | tuple["Turn", ...]


def turns(node: Node, scope: Scope, depth: int = 0) -> tuple[Turn, ...] | None:
    """What a loop goes through; None where that is not known."""
    if depth > _DEPTH:
        return None
    listed = elements(node, scope)
    if listed is not None:
        return listed
    value = meant(node, scope)
    entries = pairs(value, scope)
    if entries is not None:
        return tuple(key for key, _ in entries)
    target, name = method(value)
    if target is not None and name in ("items", "keys", "values"):
        entries = pairs(target, scope)
        if entries is None or name == "items":
            return entries
        return tuple(pair[0] if name == "keys" else pair[1] for pair in entries)
    arguments = given(value, scope).positional
    if target is None and name == "enumerate" and arguments:
        inner = turns(arguments[0], scope, depth + 1)
        return tuple((value, one) for one in inner) if inner is not None else None
    if target is None and name == "zip" and arguments:
        columns = [turns(one, scope, depth + 1) for one in arguments]
        known = [one for one in columns if one is not None]
        return tuple(zip(*known, strict=False)) if len(known) == len(columns) else None
    return None


def bound(pattern: Node, turn: Turn, scope: Scope, depth: int = 0) -> Iterator[tuple[str, Node]]:
    """Names of a loop's variables, each with what it is in one turn."""
    if pattern.type == "identifier" and isinstance(turn, Node):
        yield text_of(pattern), turn
    if pattern.type not in _PATTERNS or depth > _DEPTH:
        return
    inner = turn if isinstance(turn, tuple) else elements(turn, scope)
    names = pattern.named_children
    if inner is not None and len(inner) == len(names):
        for name, value in zip(names, inner, strict=True):
            yield from bound(name, value, scope, depth + 1)
