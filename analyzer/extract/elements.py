"""What a loop variable stands for where the sequence is in the source: the elements of a list, the pieces of a text.

What comes in: a loop and the name of one of its variables. What goes out: the text of the name in one turn, or, for the pieces of a text, the
whole of it. This module does not know what is done with either.
"""

from typing import Protocol

from tree_sitter import Node

from analyzer.extract.binding import LoopNode
from analyzer.extract.choices import Choice, Choices
from analyzer.extract.host import Evaluator, Syntax
from analyzer.extract.texts import folded, text_of
from analyzer.facts.part import Part

_MOST = 200
_SPLITS = frozenset({"split", "splitlines", "lines", "split_terminator", "split_inclusive"})
# Calls that give the elements back, or most of them.
_PASSES = frozenset({
    "map", "filter", "slice", "iter", "into_iter", "filter_map", "collect", "skip", "as_slice", "as_ref", "copied", "cloned", "values", "flatMap",
})  # fmt: skip
_COMPREHENSIONS = frozenset({"list_comprehension", "generator_expression"})
_DEPTH = 8


class Reader(Evaluator, Protocol):
    """Evaluation over one file. `pieces` becomes True where a text was read of which only a piece is meant."""

    syntax: Syntax
    choices: Choices
    pieces: bool


def in_turn(reader: Reader, loop: LoopNode, name: str) -> tuple[Part, ...] | None:
    """The text of a loop variable; `name` may have a field of it behind a dot."""
    variable, _, field = name.partition(".")
    whole = _split(reader, loop.over, 0) if loop.over is not None and not field else None
    if whole is not None:
        reader.pieces = True
        return whole
    value = element(reader, loop, variable)
    if value is not None and field:
        value = _entry(reader, value, field)
    return reader.parts(value) if value is not None else None


def element(reader: Reader, loop: LoopNode, name: str) -> Node | None:
    """What a loop variable stands for in one turn; None where the sequence does not stand in the source, and where no turn is asked for."""
    elements = _listed(reader, loop.over, 0) if loop.over is not None else []
    taken = (
        reader.choices.taken(Choice(f"loop:{loop.loop.span.start}", len(elements), listed=True)) if elements else None
    )
    return _meant(reader, elements[taken], name, loop.loop.variables) if taken is not None else None


def _split(reader: Reader, node: Node, depth: int) -> tuple[Part, ...] | None:
    """The text that a sequence is the pieces of."""
    target, method = _called(reader, node)
    if depth > _DEPTH:
        return None
    if target is None:
        value = _body(reader, node)
        return None if value is None else _split(reader, value, depth + 1)
    if method in _SPLITS:
        return reader.parts(target)
    return _split(reader, target, depth + 1) if method in _PASSES else None


def _body(reader: Reader, node: Node) -> Node | None:
    """The sequence of a comprehension."""
    found = reader.bound(node)
    if found is None or found[1] or found[0].type not in _COMPREHENSIONS:
        return None
    clause = next((child for child in found[0].named_children if child.type == "for_in_clause"), None)
    return clause.child_by_field_name("right") if clause is not None else None


def _listed(reader: Reader, node: Node, depth: int) -> list[Node]:
    """The elements of a list that stands in the source, none where something may be added."""
    found = reader.bound(node)
    if found is None or found[1] or depth > _DEPTH:
        return []
    value = found[0]
    if value.type in reader.syntax.lists:
        elements = [child for child in value.named_children if child.type not in reader.syntax.comments]
        whole = len(elements) <= _MOST and not any(
            "spread" in child.type or "splat" in child.type for child in elements
        )
        return elements if whole else []
    target, method = _called(reader, value)
    return _listed(reader, target, depth + 1) if target is not None and method in ("iter", "into_iter") else []


def _called(reader: Reader, node: Node) -> tuple[Node | None, str]:
    """What a method is called on, and its name, through names."""
    found = reader.bound(node)
    value = found[0] if found is not None and not found[1] else node
    callee = value.child_by_field_name("function")
    field = reader.syntax.members.get(callee.type) if callee is not None else None
    if callee is None or not field:
        return None, ""
    name = (
        callee.child_by_field_name("property")
        or callee.child_by_field_name("attribute")
        or callee.child_by_field_name("field")
    )
    return callee.child_by_field_name(field), text_of(name).partition("::")[0] if name is not None else ""


def _meant(reader: Reader, element: Node, name: str, variables: tuple[str, ...]) -> Node | None:
    """The part of an element that a name is bound to: all of it, one of a tuple, an entry of an object."""
    while element.type in reader.syntax.wrappers and element.named_children:
        element = element.named_children[0]
    if element.type in reader.syntax.lists:
        inner = [child for child in element.named_children if child.type not in reader.syntax.comments]
        return inner[variables.index(name)] if len(inner) >= len(variables) > 1 else None
    if len(variables) > 1 or (element.type in reader.syntax.objects and _entry(reader, element, name) is not None):
        return _entry(reader, element, name)
    return element


def _entry(reader: Reader, element: Node, key: str) -> Node | None:
    shape = reader.syntax.objects.get(element.type)
    for child in element.named_children if shape is not None else ():
        name = child.child_by_field_name(shape[1]) if shape is not None else None
        if shape is not None and child.type == shape[0] and name is not None and folded(name).strip("'\"") == key:
            return child.child_by_field_name(shape[2])
    return None
