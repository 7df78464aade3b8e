"""Where in a JavaScript file a value goes under other names: uses of a name, callers of a function, what is awaited together.

What comes in: a Scope and nodes. What goes out: nodes. This module does not know rows.
"""

from collections.abc import Iterator
from functools import lru_cache

from tree_sitter import Node

from analyzer.extract.javascript.patterns import elements
from analyzer.extract.javascript.places import EMPTY, PASSES
from analyzer.extract.languages import captured
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of


@lru_cache(maxsize=1)
def names(scope: Scope) -> dict[str, list[Node]]:
    """Names of a file, by their text; asked once a query, so the last file's answer is kept."""
    structure = scope.structure
    found: dict[str, list[Node]] = {}
    for node in captured(structure.source.language, "names", structure.root).get("name", []):
        found.setdefault(text_of(node), []).append(node)
    return found


def callers(scope: Scope, function: Node, node: Node) -> list[Node]:
    """Calls in this file of a function that gives back one thing alone, what stands at `node`."""
    structure = scope.structure
    known = structure.functions.innermost(node.start_byte)
    if known is None or not known.name or known.span.start != function.start_byte:
        return []
    own = [
        value
        for value in structure.returned
        if structure.functions.innermost(value.start_byte) == known and text_of(value) not in EMPTY
    ]
    same = [other for other in structure.all_functions if other.name == known.name]
    if len(same) != 1 or len([value for value in own if value.type != "statement_block"]) != 1:
        return []
    wanted = f"this.{known.name}" if known.owner else known.name
    return [
        captures["call"][0] for captures in structure.call_captures if folded(captures["call.callee"][0], 120) == wanted
    ]


def together(node: Node, array: Node) -> Iterator[tuple[Node, Node]]:
    """`const [a, b] = await Promise.all([..])`: the pattern, and the element of it that gets this."""
    call = array.parent.parent if array.parent is not None and array.parent.type == "arguments" else None
    if call is None or folded(call.child_by_field_name("function") or call, 40) != "Promise.all":
        return
    outer = call.parent
    while outer is not None and outer.type in PASSES:
        outer = outer.parent
    pattern = outer.child_by_field_name("name") if outer is not None and outer.type == "variable_declarator" else None
    if pattern is None or pattern.type != "array_pattern":
        return
    at = [child for child in array.named_children if child.type != "comment"].index(node)
    yield from ((pattern, element) for index, element in elements(pattern) if index == at)
