"""The text of a name that is bound more than once: what surely ran, what is appended since, what only some branches do.

What comes in: the bindings of a name and the place of its use. What goes out: parts, None where the name may be several texts and nobody says
which. This module does not know what a name means: `meanings` does.
"""

from typing import Protocol

from tree_sitter import Node

from analyzer.extract.branches import branch, is_passed, leaves
from analyzer.extract.choices import Choices
from analyzer.extract.host import Evaluator
from analyzer.extract.structure import Binding, Structure
from analyzer.extract.texts import spaced
from analyzer.facts.text import HolePart, Part, UnknownOrigin


class Reader(Evaluator, Protocol):
    """Evaluation over one file."""

    structure: Structure
    choices: Choices


def assigned(reader: Reader, bindings: tuple[Binding, ...], use: HolePart) -> tuple[Part, ...] | None:
    """The text after the last binding that surely ran, with what is appended to it since; None where another may have run."""
    alone = sum(not binding.mutation for binding in bindings) == 1
    runs = [(b, True if alone and not b.mutation else _ran(reader, b, use.span.start)) for b in bindings]
    runs = [(binding, ran) for binding, ran in runs if ran is not False]
    sure = [index for index, (binding, ran) in enumerate(runs) if ran and not binding.mutation]
    first = runs[sure[-1]][0] if sure else None
    if first is None or first.value is None or first.destructured:
        return None
    parts = reader.parts(first.value)
    for change, ran in runs[sure[-1] + 1 :]:
        if change.mutation:
            parts += _appended(reader, first, change, use, ran=bool(ran))
        elif change.value is None or change.destructured or not (more := _continued(reader, parts, change.value)):
            return None
        else:
            parts += spaced(more, _hole(reader, change.value))
    return parts


def _continued(reader: Reader, parts: tuple[Part, ...], value: Node) -> tuple[Part, ...]:
    """`if deep: sql = f"{sql} .."` adds as `+=` does; what begins otherwise is another text."""
    changed = reader.parts(value)
    return changed[len(parts) :] if changed[: len(parts)] == parts else ()


def _appended(reader: Reader, first: Binding, change: Binding, use: HolePart, *, ran: bool) -> tuple[Part, ...]:
    """What one change adds: its text where it surely ran once since `first`, else a hole."""
    if change.value is None:
        # What is appended is not what the name began with.
        return (HolePart(use.span, UnknownOrigin(change.name)),)
    loops = reader.structure.loops
    if ran and loops.around(first.start) == loops.around(change.start):
        return reader.parts(change.value)
    return spaced(reader.parts(change.value), _hole(reader, change.value))


def _ran(reader: Reader, binding: Binding, at: int) -> bool | None:
    """Whether a binding ran before a byte is reached; None where that hangs on what nobody here can know."""
    if binding.value is None:
        return None
    blocks = reader.structure.host.syntax.blocks
    node = binding.value.parent
    while node is not None:
        if node.type in blocks and node.start_byte <= at < node.end_byte:
            return True
        found = branch(node)
        if found is not None:
            conditional, choice, index = found
            # The other branches, and what comes behind a branch that leaves the function, see nothing of it.
            if conditional.start_byte <= at < conditional.end_byte or leaves(node):
                return False
            taken = reader.choices.taken(choice) if choice.count > 1 else index
            if taken != index:
                return None if taken is None else False
            node = conditional
        elif node.type in blocks and not is_passed(node):
            return None
        node = node.parent
    return True


def _hole(reader: Reader, node: Node) -> HolePart:
    return HolePart(reader.structure.span(node), reader.origin(node))
