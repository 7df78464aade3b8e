"""Who calls a function, and who makes the objects of a class.

What comes in: a function. What goes out: calls with their files; none where too many things are called so. This module does not know what a call gives.
"""

from collections.abc import Iterator

from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, MemberValue
from analyzer.program.documents.evaluation.index import CONSTRUCTORS, Index, last_name, links
from analyzer.program.documents.evaluation.objects import Objects
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Method,
    Place,
)

# A name that half the program calls is no one's own.
_MANY, _CALLERS = 300, 40


class Callers(Objects):
    """Look-ups of calls by what they run."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._called: dict[Span, tuple[tuple[str, CallValue], ...]] = {}
        self._asked: set[Span] = set()

    def calls_of(self, function: Span) -> tuple[tuple[str, CallValue], ...]:
        """The calls that run a function, with their files; none where too many things are called so."""
        if function not in self._called:
            if function in self._asked:
                return ()
            self._asked.add(function)
            self._called[function] = tuple(self._calls(function))[:_CALLERS]
            self._asked.discard(function)
        return self._called[function]

    def _calls(self, function: Span) -> Iterator[tuple[str, CallValue]]:
        known = self.index.by_span.get(function)
        if known is None or not known.name:
            return
        if known.name in CONSTRUCTORS:
            yield from self._constructions(known)
            return
        for at, call in self._named_calls(known.name):
            if not known.owner and _is_on_a_result(call):
                continue
            for thing in self.of(Place(call.callee, at, None)):
                if isinstance(thing, Method) and thing.function.span == function:
                    yield at, call
                    break

    def _named_calls(self, name: str) -> Iterator[tuple[str, CallValue]]:
        named = self.index.called.get(name, ())
        for at, invocation in named if len(named) <= _MANY else ():
            for call in links(invocation.call):
                if last_name(call.callee) == name:
                    yield at, call

    def _constructions(self, constructor: Function) -> Iterator[tuple[str, CallValue]]:
        """Calls of a class, of those that take its constructor from it, and what constructors of others pass on."""
        waiting, seen = [constructor.owner], set[str]()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            for at, call in self._named_calls(name):
                if self._makes(call, at, constructor):
                    yield at, call
            for path, heir in self.index.heirs.get(name, ()):
                own = self.index.constructor(path, heir.name)
                passed = self.index.supers.get(own.span) if own is not None else None
                if passed is not None:
                    yield path, passed
                elif own is None and heir.name not in seen and len(seen) < _MANY:
                    waiting.append(heir.name)

    def _makes(self, call: CallValue, at: str, constructor: Function) -> bool:
        for thing in self.of(Place(call.callee, at, None)):
            if isinstance(thing, ClassOf):
                own = self.constructor_of(thing.owner, thing.path)
                return own is not None and own[0].span == constructor.span
        return False


def _is_on_a_result(call: CallValue) -> bool:
    """`db.collection("orders").createIndexes(..)`: no function of a file, though one may be called so."""
    return (
        isinstance(call.callee, MemberValue)
        and isinstance(call.callee.of, CallValue)
        and not _is_required(call.callee.of)
    )


def _is_required(call: CallValue) -> bool:
    return last_name(call.callee) in ("require", "import")
