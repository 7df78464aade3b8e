"""What JavaScript asks for its truth, and what its generators give.

What comes in: a file's Reader. What goes out: values and nodes. Any object is true, so that of what is asked only names that hold what a call gave are told. This module does not
know which calls matter.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.objects.reader import Reader
from analyzer.facts.value import CallValue, EitherValue, TypedValue, Value

_NAMED = frozenset({"identifier", "member_expression"})


def tests(reader: Reader) -> Iterator[Value]:
    """Names that hold what a call gave where they are asked for their truth, each at its place."""
    found: dict[int, Node] = {}
    for captures, _ in reader.matches("asked"):
        for test in captures.get("test", ()):
            found.update((node.id, node) for node in _asked(test, reader))
    for node in found.values():
        value = reader.value(node)
        if _is_given(value):
            yield msgspec.structs.replace(value, span=reader.span(node))


def _asked(node: Node, reader: Reader) -> Iterator[Node]:
    """The operands of `a && !b` that are names."""
    pending = [node]
    while pending:
        one = reader.scope.unwrapped(pending.pop())
        operator = one.child_by_field_name("operator")
        if one.type in _NAMED:
            yield one
        elif operator is not None and operator.type in ("&&", "||", "!"):
            pending.extend(one.named_children)


def _is_given(value: Value) -> bool:
    match value:
        case TypedValue(of=of):
            return _is_given(of)
        case EitherValue(options=options):
            return any(map(_is_given, options))
        case _:
            return isinstance(value, CallValue)


def given(reader: Reader) -> Iterator[Node]:
    """What generators yield."""
    for captures, _ in reader.matches("asked"):
        yield from captures.get("given", ())
