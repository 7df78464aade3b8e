"""Which functions run which, by evaluation: `self.orders.remove_all(..)` of an object that its maker was given.

What comes in: an Index and its evaluation. What goes out: Functions by their spans, to a depth. A function that stands in another is part of it. This module does not
know what functions do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.facts.value import Invocation
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import Index, last_name, links
from analyzer.program.documents.evaluation.things import Method, Place

_DEPTH, _MANY = 3, 60


class Runs:
    """Look-ups; what it once found it keeps."""

    def __init__(self, index: Index, handles: Handles) -> None:
        self._index = index
        self._handles = handles
        self._callees: dict[Span, frozenset[Span]] = {}
        self._callers: dict[Span, frozenset[Span]] = {}

    def below(self, span: Span) -> frozenset[Span]:
        """A function, those in it, and what they run."""
        return self._closure(span, self._called_by)

    def above(self, span: Span) -> frozenset[Span]:
        """A function, those around it, and what runs them."""
        return self._closure(span, self._calling)

    def _closure(self, span: Span, step: Callable[[Span], Iterable[Span]]) -> frozenset[Span]:
        found, edge = {span}, {span}
        for _ in range(_DEPTH):
            edge = {other for one in edge for other in step(one)} - found
            found |= edge
        return frozenset(found)

    @cached_property
    def _invocations(self) -> dict[Span, list[Invocation]]:
        """Calls by the function that they stand in."""
        found: dict[Span, list[Invocation]] = defaultdict(list)
        for file in self._index.files.values():
            for one in file.objects.invocations:
                if one.function is not None:
                    found[one.function].append(one)
        return found

    def _inside(self, span: Span) -> list[Span]:
        functions = self._index.files[span.path].functions if span.path in self._index.files else ()
        return [one.span for one in functions if span.start <= one.span.start and one.span.end <= span.end]

    def _around(self, span: Span) -> list[Span]:
        functions = self._index.files[span.path].functions if span.path in self._index.files else ()
        return [one.span for one in functions if one.span.start <= span.start and span.end <= one.span.end]

    def _called_by(self, span: Span) -> frozenset[Span]:
        if span not in self._callees:
            inside = self._inside(span)
            calls = [
                (one.path, call) for one in inside for i in self._invocations.get(one, ()) for call in links(i.call)
            ]
            things = (thing for path, call in calls for thing in self._handles.of(Place(call.callee, path, None)))
            self._callees[span] = frozenset(
                (*inside, *(one.function.span for one in things if isinstance(one, Method)))
            )
        return self._callees[span]

    def _calling(self, span: Span) -> frozenset[Span]:
        if span not in self._callers:
            around = self._around(span)
            known = [self._index.by_span[one] for one in around if one in self._index.by_span]
            self._callers[span] = frozenset((*around, *(caller for one in known for caller in self._callers_of(one))))
        return self._callers[span]

    def _callers_of(self, function: Function) -> Iterable[Span]:
        named = self._index.called.get(function.name, ()) if function.name else ()
        for path, invocation in named if len(named) <= _MANY else ():
            for call in links(invocation.call):
                if last_name(call.callee) == function.name and invocation.function is not None:
                    things = self._handles.of(Place(call.callee, path, None))
                    if any(isinstance(one, Method) and one.function.span == function.span for one in things):
                        yield invocation.function
