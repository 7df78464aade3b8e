"""Queries that run once for each element of a loop: in the function that holds the loop, or through the functions it calls.

What comes in: a linked query and the program. What goes out: where the loop runs it, and the loop. This module does not judge which loops matter.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.call import Call
from analyzer.facts.origin import CallOrigin, LoopOrigin, Origin, ParameterOrigin
from analyzer.facts.part.written import BoundPart
from analyzer.facts.source import Span
from analyzer.link.linked import LinkedQuery
from analyzer.program.program import Program

_DEPTH = 3


class Turn(Struct, frozen=True):
    """`loop` runs the query once an element, its key taken from the element: directly, or by `call`."""

    loop: Span
    call: Call | None = None


def turns(query: LinkedQuery, program: Program) -> Iterator[Turn]:
    """Every loop, the query's own first, each call once."""
    keys = tuple(_keys(query))
    for origin in keys:
        yield from (Turn(loop) for loop in _loops_of(origin, program) if loop in query.query.loops)
    seen: set[Span] = set()
    indexes = frozenset(origin.index for origin in keys if isinstance(origin, ParameterOrigin))
    if query.query.function is not None and indexes:
        yield from _through(query.query.function, indexes, program, 0, seen)


def written_turns(query: LinkedQuery, program: Program) -> Iterator[Turn]:
    """Loops that write by the query: an element, or part of it, is what is written or says which row. At most one call lies between."""
    values = query.query.arguments.values if query.query.arguments is not None else ()
    for value in values:
        yield from (Turn(loop) for loop in _loops_of(value.origin, program) if loop in query.query.loops)
    indexes = frozenset(value.origin.index for value in values if isinstance(value.origin, ParameterOrigin))
    if query.query.function is not None and indexes:
        yield from _through(query.query.function, indexes, program, _DEPTH - 1, set())


def _through(function: Span, indexes: frozenset[int], program: Program, depth: int, seen: set[Span]) -> Iterator[Turn]:
    """Calls of a function that pass an element of a loop as one of these parameters."""
    holder = program.functions.get(function)
    if holder is None or depth >= _DEPTH:
        return
    for call in program.callers.of(holder):
        if call.span in seen or call.keywords:
            continue
        seen.add(call.span)
        passed = [call.arguments[index] for index in indexes if index < len(call.arguments)]
        loops = [origin.loop for origin in passed if isinstance(origin, LoopOrigin) and origin.loop in call.loops]
        if loops:
            yield Turn(loops[0], call)
        further = frozenset(origin.index for origin in passed if isinstance(origin, ParameterOrigin))
        if not loops and further and call.function is not None:
            yield from _through(call.function, further, program, depth + 1, seen)


def _keys(query: LinkedQuery) -> Iterator[Origin]:
    """Origins of what the rows are chosen by; a list bound at once is the batch that is asked for."""
    values = query.query.arguments.values if query.query.arguments is not None else ()
    by_position = {parameter.position: parameter for parameter in query.parameters}
    for position, value in enumerate(values, 1):
        parameter = by_position.get(position)
        if parameter is None or (parameter.column and parameter.type.family != "array"):
            yield value.origin
    if not values:
        yield from (part.origin for part in query.query.text.parts if isinstance(part, BoundPart))


def _loops_of(origin: Origin, program: Program) -> Iterator[Span]:
    match origin:
        case LoopOrigin(loop=loop):
            yield loop
        case CallOrigin(call=call):
            found = program.calls.get(call)
            for argument in found.arguments if found is not None else ():
                if isinstance(argument, LoopOrigin):
                    yield argument.loop
        case _:
            return
