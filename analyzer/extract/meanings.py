"""What a name means at a place: loop variable, local, parameter, module-level name.

What comes in: a Structure, a name, a byte. What goes out: a Meaning. This module does not evaluate anything.
"""

import bisect

from msgspec import Struct

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.structure import Structure
from analyzer.facts.call import Function
from analyzer.facts.source import Span

# A name bound more often is no constant; minified files bind one letter thousands of times.
MANY = 32


class Meaning(Struct, frozen=True):
    """What a name is bound to: exactly one of these is set, or none for a name of another file or the language."""

    loop: LoopNode | None = None
    parameter: tuple[int, Function] | None = None
    bindings: tuple[Binding, ...] = ()
    module: bool = False


def meaning(structure: Structure, name: str, at: int) -> Meaning:
    """What a name means at a byte: the innermost loop variable, local, parameter, outward to the module."""
    loops = structure.loops.around(at)
    functions = structure.functions.around(at)
    for function in reversed(functions):
        for entry in reversed(loops):
            if name in entry.loop.variables and entry.loop.span.end > function.span.start:
                inside = entry.loop.span.start >= function.span.start or _is_own(entry, function)
                if inside:
                    return Meaning(loop=entry)
        local = _seen(structure, name, function.span, at)
        if local:
            return Meaning(bindings=local)
        for index, parameter in enumerate(function.parameters):
            if parameter.name == name or name in parameter.names:
                return Meaning(parameter=(index, function))
    for entry in reversed(loops):
        if name in entry.loop.variables:
            return Meaning(loop=entry)
    return _outer(structure, name, at, functions)


def _outer(structure: Structure, name: str, at: int, functions: list[Function]) -> Meaning:
    """Names of the module; code outside of functions runs from top to bottom, as a function's body does."""
    confined = _seen(structure, name, None, at)
    if any(binding.block is not None for binding in confined):
        return Meaning(bindings=confined)
    whole = tuple(
        binding
        for binding in structure.bindings_in.get((name, None), [])[:MANY]
        if binding.block is None and not _is_own_value(binding, at) and _is_visible(structure, binding, at, functions)
    )
    before = tuple(binding for binding in whole if binding.start <= at)
    return Meaning(bindings=before) if before and not functions else Meaning(bindings=whole, module=True)


def _is_visible(structure: Structure, binding: Binding, at: int, functions: list[Function]) -> bool:
    """What a class binds is seen by its own body, and by nobody else without the class's name."""
    owner = structure.owners.innermost(binding.start)
    return owner is None or (not functions and owner == structure.owners.innermost(at))


def _seen(structure: Structure, name: str, function: Span | None, at: int) -> tuple[Binding, ...]:
    """Bindings of a name in a function up to a byte, in the innermost block that has one around that byte."""
    bindings = structure.bindings_in.get((name, function))
    if bindings is None:
        return ()
    before = bindings[max(0, bisect.bisect_right(bindings, at, key=lambda b: b.start) - MANY) :]
    seen = [
        b
        for b in before
        if b.start <= at and (b.block is None or b.block[0] <= at < b.block[1]) and not _is_own_value(b, at)
    ][:MANY]
    if not seen or all(b.block is None for b in seen):
        return tuple(seen)
    inner = max((b.block or (0, 0)) for b in seen)
    return tuple(b for b in seen if (b.block or (0, 0)) == inner)


def _is_own_value(binding: Binding, at: int) -> bool:
    """In `sql = sql + tail` the name on the right is what was bound before."""
    value = binding.value
    return value is not None and value.start_byte <= at < value.end_byte


def _is_own(entry: LoopNode, function: Function) -> bool:
    """A callback's function lies inside the call that loops it."""
    span = entry.loop.span
    return span.start <= function.span.start and function.span.end <= span.end and entry.loop.kind == "callback"
