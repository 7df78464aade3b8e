"""Calls that reach a collection: the driver's own, and those of functions that hand on what they are given.

What comes in: an Index. What goes out: DocumentQueries in order of place. A function whose query takes its collection, its filter or its document from
its caller is read once more for each call of it, to a depth. This module does not know what a collection holds.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    FunctionValue,
    Invocation,
    ItemValue,
    Keyword,
    LiteralValue,
    MemberValue,
    NameValue,
    ParameterValue,
    Value,
)
from analyzer.program.documents.calls import Calls, Own
from analyzer.program.documents.evaluation.closed import Closing
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import Index, last_name, links
from analyzer.program.documents.evaluation.things import (
    Collection,
    Document,
    Frame,
    Instance,
    Method,
    ModelOf,
    Place,
)
from analyzer.program.documents.libraries.methods import Meaning, family, table
from analyzer.program.documents.openness import is_open, is_same
from analyzer.program.documents.query import DocumentQuery, Step, Target

_DEPTH, _CALLS, _TARGETS = 3, 400, 40


class Reached(Struct, frozen=True):
    """A query as one call of the functions around it makes it. `frame` is that of the driver's call."""

    own: Own
    frame: Frame | None
    via: tuple[Span, ...] = ()


class Sites:
    """All queries of a program."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.handles = Handles(index)
        self.closing = Closing(self.handles)
        self.calls = Calls(index, self.handles)

    def found(self) -> tuple[DocumentQuery, ...]:
        own = [one for path in sorted(self.index.files) for one in self.calls.own_sites(path)]
        queries: dict[tuple[Span, tuple[Span, ...], tuple[str, ...]], DocumentQuery] = {}
        waiting: list[tuple[Reached, Invocation, DocumentQuery]] = []
        for one in own:
            reached = Reached(one, None)
            query = self._query(reached, one.invocation, one.path)
            waiting.append((reached, one.invocation, query))
        for depth in range(_DEPTH + 1):
            following: list[tuple[Reached, Invocation, DocumentQuery]] = []
            for reached, invocation, query in waiting:
                opened = invocation.function is not None and is_open(query, invocation.function)
                if query.targets or not query.via:
                    # The driver's call is counted; those that lead to it are queries where they say what it reaches.
                    queries[query.span, query.via, query.collections] = replace(query, generic=opened)
                if opened and depth < _DEPTH and invocation.function is not None:
                    further = self._through(reached, invocation.function)
                    # A call that adds nothing is no query of its own.
                    following += [one for one in further if not is_same(one[2], query)]
            waiting = following
        return tuple(sorted(queries.values(), key=lambda query: (query.span, query.via)))

    def _through(self, reached: Reached, function: Span) -> Iterator[tuple[Reached, Invocation, DocumentQuery]]:
        """A query once more for each call of the function around it."""
        known = self.index.by_span.get(function)
        named = self.index.called.get(known.name, ()) if known is not None and known.name else ()
        for path, invocation in named if len(named) <= 8 * _CALLS else ():
            if invocation.function == function:
                continue
            for call in links(invocation.call):
                if known is None or last_name(call.callee) != known.name:
                    continue
                for thing in self.handles.of(Place(call.callee, path, None)):
                    if isinstance(thing, Method) and thing.function.span == function:
                        frame = self._frame(reached, thing, call, path)
                        again = Reached(reached.own, frame, (reached.own.call.span, *reached.via))
                        yield again, invocation, self._query(again, invocation, path, call)

    def _frame(self, reached: Reached, thing: Method, call: CallValue, path: str) -> Frame:
        """The frame of the driver's call, the outermost of its callers changed for this one."""
        outer = self.handles.frame(thing, call, Place(call, path, None))
        if reached.frame is None:
            return outer
        return self._rebased(reached.frame, outer)

    def _rebased(self, frame: Frame, outer: Frame) -> Frame:
        """Calls within calls: the frame of the outermost function is the caller's now, and so is its object."""
        around = outer if frame.around is None else self._rebased(frame.around, outer)
        of = frame.of
        if around.of is not None and (of is None or of.call is None):
            of = self._own_object(frame, around.of) or of
        return Frame(frame.function, frame.call, around, frame.path, of)

    def _own_object(self, frame: Frame, around: Instance) -> Instance | None:
        """Where `self.find_many(..)` is called: the object of the caller."""
        callee = frame.call.callee if frame.call is not None else None
        is_self = isinstance(callee, MemberValue) and isinstance(callee.of, NameValue | CallValue)
        name = (
            callee.of.name if is_self and isinstance(callee, MemberValue) and isinstance(callee.of, NameValue) else ""
        )
        return around if name in ("self", "this", "cls") or (is_self and not name and _is_super(callee)) else None

    def _query(
        self, reached: Reached, invocation: Invocation, path: str, call: CallValue | None = None
    ) -> DocumentQuery:
        own = reached.own
        place = Place(own.call, own.path, reached.frame)
        targets, why = self._targets(own.call, own.path, reached.frame)
        return DocumentQuery(
            span=(call or own.call).span,
            path=path,
            framework=self._framework(targets, own.path),
            effect=own.meaning.effect,
            method=last_name(own.call.callee),
            receiver=_shown(own.call.callee.of) if isinstance(own.call.callee, MemberValue) else "",
            targets=targets,
            why=why,
            given=tuple(self._given(own.call, own.meaning, place)),
            steps=tuple(Step(one.span, one.name, self._closed_call(one.call, place)) for one in own.steps),
            uses=invocation.uses,
            guarded=invocation.guarded,
            function=invocation.function,
            loops=invocation.loops,
            via=reached.via,
            driver=self._library(own, targets, reached.frame),
            calls_back=any(_is_function(given) for one in links(own.invocation.call) for given in one.arguments),
        )

    def _library(self, own: Own, targets: tuple[Target, ...], frame: Frame | None) -> str:
        """The library that runs a query: that of its handle, else the only one around."""
        models = {target.model.framework for target in targets if target.model is not None}
        if models:
            return models.pop() if len(models) == 1 else ""
        receiver = own.call.callee.of if isinstance(own.call.callee, MemberValue) else own.call.callee
        things = self.handles.of(Place(receiver, own.path, frame))
        found = {thing.driver for thing in things if isinstance(thing, Collection) and thing.driver}
        driver = found.pop() if len(found) == 1 else "" if found else self.index.likely_driver(own.path)
        # A connection of mongoose gives collections of the driver below it.
        return "mongodb" if driver == "mongoose" else driver

    def _closed_call(self, call: CallValue, place: Place) -> CallValue:
        arguments = tuple(self.closing.whole(Place(one, place.path, place.frame)) for one in call.arguments)
        keywords = tuple(
            Keyword(word.name, self.closing.whole(Place(word.value, place.path, place.frame))) for word in call.keywords
        )
        return CallValue(call.span, call.callee, arguments, keywords, call.made, call.open)

    def _framework(self, targets: tuple[Target, ...], path: str) -> str:
        models = {target.model.framework for target in targets if target.model is not None}
        if len(models) == 1:
            return models.pop()
        return "pymongo" if family(self.index.files[path].language) == "python" else "mongodb"

    def _targets(self, call: CallValue, path: str, frame: Frame | None) -> tuple[tuple[Target, ...], str]:
        receiver = call.callee.of if isinstance(call.callee, MemberValue) else call.callee
        found: dict[str, Target] = {}
        why = "unknown-collection"
        for thing in self.handles.of(Place(receiver, path, frame)):
            match thing:
                case Collection(name=str(name), database=database):
                    found.setdefault(name, Target(name, database=database))
                case Collection(why=reason):
                    why = reason or why
                case ModelOf(model=model, path=there) | Document(model=model, path=there):
                    for name in self.calls.names(model, there):
                        found.setdefault(name, Target(name, model, there))
        return tuple(found.values())[:_TARGETS], "" if found else why

    def _given(self, call: CallValue, meaning: Meaning, place: Place) -> Iterator[tuple[str, Value]]:
        for role, value in zip(meaning.roles, call.arguments, strict=False):
            if role != "-":
                yield role, self.closing.whole(Place(value, place.path, place.frame))
        if meaning.roles[-1:] in (("keys",), ("criteria",)) or meaning.roles[:1] == ("documents",):
            # `create(a, b)`, `find(a, b)`.
            for value in call.arguments[len(meaning.roles) :]:
                yield meaning.roles[0], self.closing.whole(Place(value, place.path, place.frame))
        if last_name(call.callee) == "populate" and isinstance(call.callee, MemberValue):
            # What is filled is the document that it is asked of.
            yield "receiver", self.closing.whole(Place(call.callee.of, place.path, place.frame))
        for word in call.keywords:
            name = table().words.get(word.name, word.name) or "options"
            yield name, self.closing.whole(Place(word.value, place.path, place.frame))


def _is_function(value: Value) -> bool:
    """Whether an argument is what is called when a query is done: a function, or what is called like one."""
    return isinstance(value, FunctionValue) or last_name(value) in ("cb", "callback", "done", "next", "fn")


def _is_super(callee: Value | None) -> bool:
    return (
        isinstance(callee, MemberValue) and isinstance(callee.of, CallValue) and last_name(callee.of.callee) == "super"
    )


def _shown(value: Value) -> str:
    """A receiver as text, for people."""
    match value:
        case NameValue(name=name) | ParameterValue(name=name):
            return name
        case MemberValue(of=inner, name=name):
            return f"{_shown(inner)}.{name}"
        case CallValue(callee=callee, arguments=arguments):
            first = arguments[0] if arguments else None
            given = f'"{first.text}"' if isinstance(first, LiteralValue) else ".." if first is not None else ""
            return f"{_shown(callee)}({given})"
        case ItemValue(of=inner):
            return f"{_shown(inner)}[..]"
        case _:
            return ".."
