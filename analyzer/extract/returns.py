"""The texts that functions return.

What comes in: a Structure and its Scope. What goes out: the file's functions with what they may return. This module does not know what a text
means, nor who calls the function.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.calls import texts_of
from analyzer.extract.scope import Scope
from analyzer.extract.structure import Structure
from analyzer.extract.texts import folded
from analyzer.facts.call import Function, Returned
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

# Entries of objects that drivers take for a statement with its values.
_FIELDS = frozenset({"text", "sql", "query"})
_MOST = 8
_LONGEST = 100_000
_NOTHING = frozenset({"null", "undefined", "none"})
# What stands at the end of a body that has no value.
_STATEMENTS = ("_statement", "_declaration", "_item", "comment", "block")


def functions(structure: Structure, scope: Scope) -> tuple[Function, ...]:
    """Every function of a file, in source order."""
    if not structure.speaks_sql:
        return structure.all_functions
    values: dict[Span, list[Node]] = {}
    for value in structure.returned:
        node = _last(value)
        function = structure.functions.innermost(node.start_byte)
        is_value = node.type not in _NOTHING and not node.type.endswith(_STATEMENTS)
        if function is not None and function.name and is_value:
            values.setdefault(function.span, []).append(node)
    return tuple(
        msgspec.structs.replace(function, returns=_returns(scope, values[function.span]))
        if function.span in values
        else function
        for function in structure.all_functions
    )


def _last(node: Node) -> Node:
    """The expression whose value a body has; a statement where it has none."""
    while node.type == "block" or (node.type == "expression_statement" and not (node.text or b"").endswith(b";")):
        inner = [child for child in node.named_children if "comment" not in child.type]
        if not inner:
            return node
        node = inner[-1]
    return node


def _returns(scope: Scope, nodes: list[Node]) -> tuple[Returned, ...]:
    """What several returns give, nothing where none of it is known or where there are too many."""
    found: list[Returned] = []
    for node in nodes[: _MOST + 1]:
        if node.end_byte - node.start_byte <= _LONGEST:
            found.extend(_values(scope, node))
    return tuple(found) if len(found) <= _MOST and any(_is_known(entry.text) for entry in found) else ()


def _values(scope: Scope, node: Node) -> Iterator[Returned]:
    node = scope.unwrapped(node)
    shape = scope.syntax.objects.get(node.type)
    if shape is None:
        yield from (Returned(text) for text in texts_of(scope, node))
        return
    for child in node.named_children:
        key, value = child.child_by_field_name(shape[1]), child.child_by_field_name(shape[2])
        if child.type == shape[0] and key is not None and value is not None and folded(key, 20).strip("'\"") in _FIELDS:
            yield from (Returned(text, folded(key).strip("'\"")) for text in texts_of(scope, value))
        elif child.type == "shorthand_property_identifier" and folded(child, 20) in _FIELDS:
            yield from (Returned(text, folded(child)) for text in texts_of(scope, child))


def _is_known(text: Text) -> bool:
    """Whether anything of a text is known, or may be by what another function returns."""
    return any(
        isinstance(part, LiteralPart | NamePart) or (isinstance(part, HolePart) and part.is_result)
        for part in text.parts
    )
