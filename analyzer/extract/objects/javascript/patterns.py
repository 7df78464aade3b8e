"""What names get of values that JavaScript's patterns take apart: declarations, loops, parameters.

What comes in: bindings and loops. What goes out: Values: members of what is taken apart. This module does not know where the whole comes from.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.javascript.patterns import elements, parameters
from analyzer.extract.objects.javascript.access import member
from analyzer.extract.objects.javascript.expressions import FUNCTIONS, either
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import MemberValue, ParameterValue, UnknownValue, Value

_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_DEFAULTS = frozenset({"assignment_pattern", "object_assignment_pattern"})
_DECLARED = FUNCTIONS | {"function_declaration", "generator_function_declaration"}

# A step into a value, by name; None where what is left of it is taken. A default ends it.
_Step = tuple[str | None, Node | None]


def part(binding: Binding, reader: Reader) -> Value:
    """What a name gets of the value its pattern takes apart; of a parameter where the binding has no value."""
    if binding.value is None:
        return _of_parameter(binding, reader)
    whole = reader.value(binding.value)
    outer = binding.value.parent
    pattern = outer.child_by_field_name("name" if outer.type == "variable_declarator" else "left") if outer else None
    span = Span(whole.span.path, binding.start, binding.start + len(binding.name.encode()))
    return taken(span, pattern, binding.name, whole, reader) if pattern is not None else UnknownValue(span, "pattern")


def taken(span: Span, pattern: Node, name: str, whole: Value, reader: Reader | None) -> Value:
    """The part of a value that a name of a pattern gets."""
    steps = next(_steps(pattern, name), None)
    if steps is None:
        return UnknownValue(span, "pattern")
    value = whole
    for step, default in steps:
        if step is None:
            return UnknownValue(span, "rest")
        value = MemberValue(span, value, step) if reader is None else member(span, value, step)
        if default is not None and reader is not None:
            value = either(span, (value, reader.value(default)))
    return value


def _steps(pattern: Node, name: str) -> Iterator[tuple[_Step, ...]]:
    """The way from a pattern to a name in it."""
    if pattern.type in _NAMES:
        if text_of(pattern) == name:
            yield ()
        return
    for step, default, inner in _parts(pattern):
        for way in _steps(inner, name):
            yield ((step, default), *way)


def _parts(pattern: Node) -> Iterator[tuple[str | None, Node | None, Node]]:
    """(name, default, what it is bound to) of an object's or array's pattern."""
    if pattern.type == "array_pattern":
        for place, child in elements(pattern):
            yield str(place), *_with_default(child)
    for child in pattern.named_children:
        match child.type:
            case "shorthand_property_identifier_pattern" if pattern.type == "object_pattern":
                yield text_of(child), None, child
            case "object_assignment_pattern":
                default, left = _with_default(child)
                yield text_of(left), default, left
            case "pair_pattern":
                name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    written = text_of(name).strip("'\"")
                    yield None if name.type == "computed_property_name" else written, *_with_default(value)
            case "rest_pattern" if child.named_children:
                yield None, None, child.named_children[0]


def _with_default(pattern: Node) -> tuple[Node | None, Node]:
    left = pattern.child_by_field_name("left") if pattern.type in _DEFAULTS else None
    return (pattern.child_by_field_name("right"), left) if left is not None else (None, pattern)


def _of_parameter(binding: Binding, reader: Reader) -> Value:
    """One name of a parameter that is a pattern."""
    root = reader.scope.structure.root
    span = Span(reader.scope.structure.source.path, binding.start, binding.start)
    if binding.function is None:
        return UnknownValue(span, "pattern")
    node = root.descendant_for_byte_range(binding.function.start, binding.function.end)
    while node is not None and node.type not in _DECLARED:
        node = node.parent
    for index, (pattern, _) in enumerate(_patterns(node)):
        default, inner = _with_default(pattern)
        if inner.type in _NAMES or next(_steps(inner, binding.name), None) is None:
            continue
        whole = ParameterValue(span, binding.function, index, binding.name)
        found = taken(span, inner, binding.name, whole, reader)
        return found if default is None or not isinstance(found, UnknownValue) else UnknownValue(span, "rest")
    return UnknownValue(span, "pattern")


def _patterns(function: Node | None) -> list[tuple[Node, Node | None]]:
    found = parameters(function) if function is not None else []
    return [entry for entry in found if entry[0].type != "this"]


def turn(loop: LoopNode, name: str, element: Value) -> Value:
    """A loop's variable: the element, or the part of it that the pattern takes."""
    node = loop.over
    while node is not None and (node.start_byte, node.end_byte) != (loop.loop.span.start, loop.loop.span.end):
        node = node.parent
    if node is None or node.type in ("for_statement", "while_statement", "do_statement"):
        return UnknownValue(element.span, "counter")
    if node.type != "for_in_statement":
        pattern = _callback(node, name)
    elif any(child.type == "in" for child in node.children):
        return UnknownValue(element.span, "key")
    else:
        pattern = node.child_by_field_name("left")
    return taken(element.span, pattern, name, element, None) if pattern is not None else element


def _callback(call: Node, name: str) -> Node | None:
    """The parameter of a call's callback that binds a name."""
    arguments = call.child_by_field_name("arguments")
    for child in arguments.named_children if arguments is not None else ():
        if child.type in FUNCTIONS:
            for pattern, _ in _patterns(child):
                inner = _with_default(pattern)[1]
                if next(_steps(inner, name), None) is not None:
                    return inner
    return None
