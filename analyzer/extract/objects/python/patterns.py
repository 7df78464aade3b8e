"""What the names of a pattern get: of a value that is taken apart, of an element of a loop.

What comes in: bindings and loops. What goes out: Values. Source: the Python library reference, "Built-in Functions". This module does not evaluate: the
Reader does.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, ElementValue, ListValue, MemberValue, NameValue, UnknownValue, Value

_PATTERNS = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "tuple", "list"})
# What gives the same elements in another order, or all of them at once.
_SAME = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "aiter"})


def part(binding: Binding, reader: Reader) -> Value:
    """One name's part of a value."""
    value = binding.value
    if value is None:
        return UnknownValue(Span(reader.scope.structure.source.path, binding.start, binding.start), "unset")
    pattern = _target(value)
    path = dict(names_in(pattern)).get(binding.name) if pattern is not None else None
    if path is None:
        return UnknownValue(reader.span(value), "pattern")
    found = reader.value(value)
    for index in path:
        found = item(found, index)
    return found


def _target(value: Node) -> Node | None:
    parent = value.parent
    if parent is None:
        return None
    return parent.child_by_field_name("left") or parent.child_by_field_name("alias")


def names_in(pattern: Node) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The names of a pattern, each with the way to its part; of `*rest` nothing is known."""
    for node, path in targets(pattern):
        if node.type == "identifier":
            yield text_of(node), path


def targets(pattern: Node, path: tuple[int, ...] = ()) -> Iterator[tuple[Node, tuple[int, ...]]]:
    if pattern.type not in _PATTERNS:
        yield pattern, path
        return
    for index, child in enumerate(child for child in pattern.named_children if child.type != "comment"):
        if child.type == "list_splat_pattern":
            return
        yield from targets(child, (*path, index))


def item(value: Value, index: int) -> Value:
    if isinstance(value, ListValue) and not value.open and index < len(value.items):
        return value.items[index]
    return MemberValue(value.span, value, str(index))


def turn(loop: LoopNode, name: str, element: Value) -> Value:
    """What a loop's variable is: the element, or a part of it."""
    pattern = _pattern(loop)
    path = next((path for found, path in names_in(pattern) if found == name), None) if pattern is not None else ()
    if path is None or not isinstance(element, ElementValue):
        return UnknownValue(element.span, "pattern")
    return _inside(element, path)


def _pattern(loop: LoopNode) -> Node | None:
    parent = loop.over.parent if loop.over is not None else None
    return parent.child_by_field_name("left") if parent is not None else None


def _inside(element: ElementValue, path: tuple[int, ...]) -> Value:
    over = _iterated(element.of)
    if path and isinstance(over, CallValue) and isinstance(over.callee, NameValue) and not over.open:
        if over.callee.name == "enumerate" and over.arguments and path[0] == 0:
            return UnknownValue(element.span, "number")
        sources = {"enumerate": (over, *over.arguments), "zip": over.arguments}.get(over.callee.name, ())
        if path[0] < len(sources):
            return _inside(ElementValue(element.span, element.loop, sources[path[0]]), path[1:])
    found: Value = ElementValue(element.span, element.loop, over)
    for place in path:
        found = MemberValue(element.span, found, str(place))
    return found


def _iterated(value: Value) -> Value:
    for _ in range(4):
        named = value.callee if isinstance(value, CallValue) else None
        if not isinstance(named, NameValue) or named.name not in _SAME or not isinstance(value, CallValue):
            break
        if not value.arguments or value.open:
            break
        value = value.arguments[0]
    return value
