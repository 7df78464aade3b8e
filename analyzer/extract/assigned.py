"""The text of a name that is bound more than once: what surely ran, what is appended since, what only some branches do.

What comes in: the bindings of a name and the place of its use. What goes out: parts, None where the name may be several texts and nobody says
which. This module does not know what a name means: `meanings` does.
"""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.binding import Binding
from analyzer.extract.branches import branch, is_passed, leaves
from analyzer.extract.choices import Choice, Choices
from analyzer.extract.host import Evaluator
from analyzer.extract.structure import Structure
from analyzer.extract.texts import spaced
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart


class Step(Struct, frozen=True):
    """A block around a binding, which runs whenever it is reached where it `is_passed`; a branch of a conditional where there is a choice."""

    start: int
    end: int
    is_block: bool
    is_passed: bool
    conditional: tuple[int, int] | None = None
    choice: Choice | None = None
    index: int = 0
    leaves: bool = False


class Reader(Evaluator, Protocol):
    """Evaluation over one file. `paths` remembers what is around each binding."""

    structure: Structure
    choices: Choices
    paths: dict[int, tuple[Step, ...]]


def assigned(reader: Reader, bindings: tuple[Binding, ...], use: HolePart) -> tuple[Part, ...] | None:
    """The text after the last binding that surely ran, with what is appended to it since; None where another may have run."""
    alone = sum(not binding.mutation for binding in bindings) == 1
    runs = [(b, True if alone and not b.mutation else has_run(reader, b, use.span.start)) for b in bindings]
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


def has_run(reader: Reader, binding: Binding, at: int) -> bool | None:
    """Whether a binding ran before a byte is reached; None where that hangs on what nobody here can know."""
    if binding.value is None:
        return None
    if binding.value.id not in reader.paths:
        reader.paths[binding.value.id] = tuple(_path(binding.value, reader.structure.host.syntax.blocks))
    for step in reader.paths[binding.value.id]:
        if step.is_block and step.start <= at < step.end:
            return True
        if step.conditional is not None and step.choice is not None:
            # The other branches, and what comes behind a branch that leaves the function, see nothing of it.
            if step.conditional[0] <= at < step.conditional[1] or step.leaves:
                return False
            taken = reader.choices.taken(step.choice) if step.choice.count > 1 else step.index
            if taken != step.index:
                return None if taken is None else False
        elif not step.is_passed:
            return None
    return True


def _path(value: Node, blocks: frozenset[str]) -> Iterator[Step]:
    """The blocks and branches around a binding, outward."""
    node = value.parent
    while node is not None:
        found, is_block = branch(node), node.type in blocks
        if found is not None:
            conditional, choice, index = found
            around = (conditional.start_byte, conditional.end_byte)
            yield Step(node.start_byte, node.end_byte, is_block, True, around, choice, index, leaves(node))
            node = conditional
        elif is_block:
            yield Step(node.start_byte, node.end_byte, is_block, is_passed(node))
        node = node.parent


def _hole(reader: Reader, node: Node) -> HolePart:
    return HolePart(reader.structure.span(node), reader.origin(node))
