"""Calls that reach a collection: the driver's own, and those of functions that hand on what they are given.

What comes in: an Index. What goes out: DocumentQueries in order of place. A function whose query takes its collection, its filter or its document from
its caller is read once more for each call of it, to a depth. This module does not know what a collection holds.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    FunctionValue,
    Invocation,
    ItemValue,
    Keyword,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.program.documents.evaluation.closed import Closing
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import Index, chains, last_name, links
from analyzer.program.documents.evaluation.naming import named_by_shape
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Collection,
    Document,
    Frame,
    Instance,
    Method,
    ModelOf,
    Module,
    Place,
    Shape,
    Thing,
)
from analyzer.program.documents.libraries.methods import Meaning, family, table
from analyzer.program.documents.query import DocumentQuery, Step, Target

_DEPTH, _CALLS, _TARGETS = 3, 400, 40


class Own(Struct, frozen=True):
    """A driver's call in its own function: `call` is the one of the chain that reaches the collection."""

    invocation: Invocation
    path: str
    call: CallValue
    meaning: Meaning
    steps: tuple[Step, ...]


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

    def found(self) -> tuple[DocumentQuery, ...]:
        own = [one for path in sorted(self.index.files) for one in self._own_sites(path)]
        queries: dict[tuple[Span, tuple[Span, ...], tuple[str, ...]], DocumentQuery] = {}
        waiting: list[tuple[Reached, Invocation, DocumentQuery]] = []
        for one in own:
            reached = Reached(one, None)
            query = self._query(reached, one.invocation, one.path)
            waiting.append((reached, one.invocation, query))
        for depth in range(_DEPTH + 1):
            following: list[tuple[Reached, Invocation, DocumentQuery]] = []
            for reached, invocation, query in waiting:
                opened = invocation.function is not None and self._is_open(query, invocation.function)
                if query.targets or not query.via:
                    # The driver's call is counted; those that lead to it are queries where they say what it reaches.
                    queries[query.span, query.via, query.collections] = replace(query, generic=opened)
                if opened and depth < _DEPTH and invocation.function is not None:
                    further = self._through(reached, invocation.function)
                    # A call that adds nothing is no query of its own.
                    following += [one for one in further if not _is_same(one[2], query)]
            waiting = following
        return tuple(sorted(queries.values(), key=lambda query: (query.span, query.via)))

    def may_call(self, name: str) -> bool:
        """Whether there is a call of this name that is neither a driver's nor of a function that is known."""
        placed = {
            call.span
            for path, invocation in self.index.called.get(name, ())
            for call in links(invocation.call)
            if last_name(call.callee) == name and self._is_placed(call, path)
        }
        return any(
            call.span not in placed and call.callee.rpartition(".")[2] == name
            for file in self.index.files.values()
            if file.role != "test"
            for call in file.calls
        )

    def _is_placed(self, call: CallValue, path: str) -> bool:
        if isinstance(call.callee, MemberValue):
            things = self.handles.of(Place(call.callee.of, path, None))
            if any(isinstance(one, Collection | ModelOf | Document) for one in things):
                return True
        return any(isinstance(one, Method) for one in self.handles.of(Place(call.callee, path, None)))

    # ------------------------------------------------------------------ the driver's calls
    def _own_sites(self, path: str) -> Iterator[Own]:
        """Each call of a driver once, with the longest chain on it: a cursor kept under a name goes on elsewhere."""
        found: dict[Span, Own] = {}
        for invocation in self.index.files[path].objects.invocations:
            for chain in chains(invocation.call):
                for own in self._on_chain(invocation, path, chain):
                    known = found.get(own.call.span)
                    if known is None or len(known.steps) < len(own.steps):
                        found[own.call.span] = own
        yield from found.values()

    def _on_chain(self, invocation: Invocation, path: str, chain: tuple[CallValue, ...]) -> Iterator[Own]:
        """The first call of a chain that is a driver's, and those of the document it gives: a name may stand between them."""
        start: int | None = None
        for position, call in enumerate(chain):
            if start is not None and last_name(call.callee) in table().step:
                continue
            meaning = self._meaning(call, path)
            if meaning is not None:
                behind = chain[position + 1 :]
                end = next(
                    (at for at, one in enumerate(behind) if last_name(one.callee) not in table().step), len(behind)
                )
                steps = tuple(Step(one.span, last_name(one.callee), one) for one in behind[:end])
                yield Own(invocation, path, call, meaning, steps)
                start = position

    def _meaning(self, call: CallValue, path: str) -> Meaning | None:
        """What a call does, if it is one of a driver's."""
        name = last_name(call.callee)
        if not isinstance(call.callee, MemberValue) or not table().is_known(name):
            return None
        language = self.index.files[path].language
        things = self.handles.of(Place(call.callee.of, path, None))
        for thing in things:
            meaning = self._of_thing(thing, name, language)
            if meaning is not None:
                return meaning
        # A method of the code's own only has the name.
        if any(isinstance(one, Instance | ClassOf | Module | Shape) for one in things):
            return None
        if table().is_own(language, name):
            return table().collection_method(language, name) or table().model_method("mongoose", name)
        return None

    def _of_thing(self, thing: Thing, name: str, language: str) -> Meaning | None:
        match thing:
            case Collection():
                return table().collection_method(language, name)
            case ModelOf(model=model):
                return table().model_method(model.framework, name) or self._driver(model, name, language)
            case Document(model=model):
                return table().document_method(model.framework, name)
            case _:
                return None

    def _driver(self, model: DocumentModel, name: str, language: str) -> Meaning | None:
        """`User.collection.find(..)`: the driver's own."""
        return None if self._has_method(model, name) else table().collection_method(language, name)

    def _has_method(self, model: DocumentModel, name: str) -> bool:
        return any(
            (path, f"{model.name}.{name}") in self.index.functions
            for path, _ in self.index.registered.get(model.name, ())
        )

    # ------------------------------------------------------------------ what a call makes of them
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
                    for name in self.names(model, there):
                        found.setdefault(name, Target(name, model, there))
        return tuple(found.values())[:_TARGETS], "" if found else why

    def names(self, model: DocumentModel, path: str) -> tuple[str, ...]:
        """The collections of a model: its own, or that of the model whose collection it shares."""
        if model.parent:
            for one in self.handles.named(path, model.parent):
                if isinstance(one, ModelOf) and one.model.parent != model.parent:
                    return self.names(one.model, one.path)
            for there, parent in self.index.registered.get(model.parent, ()):
                if parent.span != model.span:
                    return self.names(parent, there)
        named = named_by_shape(model, path, self.index)
        if named:
            return (named,)
        return self.handles.texts(Place(model.collection, path, None)) if model.collection is not None else ()

    # ------------------------------------------------------------------ arguments
    def _given(self, call: CallValue, meaning: Meaning, place: Place) -> Iterator[tuple[str, Value]]:
        for role, value in zip(meaning.roles, call.arguments, strict=False):
            if role != "-":
                yield role, self.closing.whole(Place(value, place.path, place.frame))
        if meaning.roles[-1:] == ("keys",) or meaning.roles[:1] == ("documents",):
            # `create(a, b)`.
            for value in call.arguments[len(meaning.roles) :]:
                yield meaning.roles[0], self.closing.whole(Place(value, place.path, place.frame))
        if last_name(call.callee) == "populate" and isinstance(call.callee, MemberValue):
            # What is filled is the document that it is asked of.
            yield "receiver", self.closing.whole(Place(call.callee.of, place.path, place.frame))
        for word in call.keywords:
            name = table().words.get(word.name, word.name) or "options"
            yield name, self.closing.whole(Place(word.value, place.path, place.frame))

    # ------------------------------------------------------------------ what callers choose
    def _is_open(self, query: DocumentQuery, function: Span) -> bool:
        """Whether the callers of a function say what its query is: its collection, or what its filter and documents are made of."""
        if len(query.targets) != 1:
            return True
        roles = ("filter", "update", "document", "documents", "pipeline", "sort", "keys", "criteria", "id", "requests")
        return any(role in roles and _takes(value, function) for role, value in query.given) or any(
            _takes(value, function) for step in query.steps if step.name == "sort" for value in step.call.arguments
        )


def _is_same(query: DocumentQuery, inner: DocumentQuery) -> bool:
    return query.collections == inner.collections and query.given == inner.given and query.steps == inner.steps


def _takes(value: Value, function: Span, depth: int = 0) -> bool:
    """Whether the shape of a value, not only what its entries hold, comes from a parameter of a function."""
    match value:
        case ParameterValue(function=of):
            return of == function
        case ObjectValue(entries=entries):
            return any(_entry_takes(entry, function, depth) for entry in entries)
        case ListValue(items=items):
            return depth < 3 and any(_takes(item, function, depth + 1) for item in items)
        case EitherValue(options=options):
            return any(_takes(option, function, depth) for option in options)
        case TypedValue(of=inner):
            return _takes(inner, function, depth)
        case _:
            return False


def _entry_takes(entry: Entry, function: Span, depth: int) -> bool:
    if entry.is_spread or (entry.key or "").startswith("$"):
        return _takes(entry.value, function, depth + 1)
    return entry.computed is not None and _takes(entry.computed, function, depth + 1)


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
