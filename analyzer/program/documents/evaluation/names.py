"""Names, parameters and texts: what a file calls something, what the calls of a function pass, which strings a value may be.

What comes in: an Index. What goes out: Things and strings. A parameter is what its function's calls pass, what its default or its type says. This module does not
know what a query is.
"""

from collections.abc import Iterator

from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Entry,
    ItemValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    Value,
)
from analyzer.program.documents.evaluation.index import WHOLE, Index, is_nothing, last_name
from analyzer.program.documents.evaluation.running import Running, argument
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Client,
    Collection,
    Data,
    Database,
    Instance,
    Method,
    ModelOf,
    Module,
    Place,
    Shape,
    Thing,
)
from analyzer.program.documents.libraries.methods import family

_SETTINGS = frozenset({"environ", "env"})


class Names(Running):
    """Look-ups of names, parameters and strings."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._gathered: dict[tuple[int, Span], ObjectValue | None] = {}
        self._names: dict[tuple[str, str], tuple[Thing, ...]] = {}
        self._naming: set[tuple[str, str]] = set()

    def named(self, path: str, name: str) -> tuple[Thing, ...]:
        """What a name of a file's own, or one that it imports, stands for."""
        key = (path, name)
        if key not in self._names:
            if path not in self.index.files:
                return ()
            if key in self._naming:
                # `db = db.getSiblingDB("shop")`: what it was before.
                return tuple(self._foreign(path, name))
            self._naming.add(key)
            self._names[key] = tuple(self._named(path, name))
            self._naming.discard(key)
        return self._names[key]

    def _named(self, path: str, name: str) -> Iterator[Thing]:
        found = tuple(self._own(path, name)) or tuple(self._whole(path, name))
        if found:
            yield from found
            return
        for other, defined in self.index.resolver.definitions(self.index.files[path], name):
            there = tuple(self._own(other.path, defined)) or tuple(self._whole(other.path, defined))
            if there:
                yield from there
                return
        yield from self._foreign(path, name)

    def _whole(self, path: str, name: str) -> Iterator[Thing]:
        """What a name that stands for a file as a whole is."""
        whole = self.index.whole_file(path, name)
        if whole is not None:
            for word in WHOLE:
                yield from self._own(whole, word)
            yield Module(whole)

    def _own(self, path: str, name: str) -> Iterator[Thing]:
        if (model := self.index.models.get((path, name))) is not None:
            yield ModelOf(model, path)
            return
        for kept in self.index.kept.get((path, name), ()):
            if not is_nothing(kept.value):
                yield from self.of(Place(kept.value, path, None))
        if (owner := self.index.classes.get((path, name))) is not None:
            yield ClassOf(owner, path)
        elif (function := self.index.functions.get((path, name))) is not None:
            yield Method(function, path)
        elif (shape := self.index.types.get((path, name))) is not None:
            yield Shape(shape, path)

    def _foreign(self, path: str, name: str) -> Iterator[Thing]:
        """What a library's own names stand for."""
        entry = self.index.imported(path, name)
        if entry is not None and entry.module == "mongoose":
            word = entry.name.removeprefix("default").removeprefix("*")
            if word in ("", "connection"):
                yield Client(is_database=True, driver="mongoose")
        elif entry is None and name == "db" and family(self.index.files[path].language) == "javascript":
            # mongosh's own.
            yield Database(dotted=True)

    def _self(self, place: Place) -> Instance | None:
        frame = place.frame
        while frame is not None:
            if frame.of is not None:
                return frame.of
            frame = frame.around if frame.path == place.path else None
        function = self._around(place)
        owner = self.index.classes.get((place.path, function.owner)) if function is not None else None
        return self.any_of(owner, place.path) if owner is not None else None

    def _around(self, place: Place) -> Function | None:
        """The innermost function with an owner around a value."""
        span = place.value.span
        inside = [
            one
            for one in self.index.files[place.path].functions
            if one.owner and one.span.start <= span.start and span.end <= one.span.end
        ]
        return max(inside, key=lambda one: one.span.start, default=None)

    def given(self, value: ParameterValue, place: Place) -> Place | None:
        """What the call whose frame it is passes in the place of a parameter; a default where it surely passes nothing."""
        frame = place.frame
        while frame is not None and frame.function != value.function:
            frame = frame.around
        if frame is None or frame.call is None:
            return None
        passed = argument(frame.call, value.index, value.name) or self._rest(frame.call, value)
        if passed is not None:
            return Place(passed, frame.path, frame.around)
        preset = self.index.presets.get((value.function, value.index))
        is_whole = not frame.call.open and all(word.name for word in frame.call.keywords)
        return Place(preset.value, place.path, None) if preset is not None and is_whole else None

    def _parameter(self, value: ParameterValue, place: Place) -> tuple[Thing, ...]:
        given = self.given(value, place)
        if given is not None:
            return self.of(given)
        told = tuple(one for one in self._unpassed(value, place.path) if not _is_vague(one))
        if told:
            return told
        passed = tuple(one for one in self.passed(value) if not isinstance(one, Data))
        return passed or self._unpassed(value, place.path)

    def _rest(self, call: CallValue, value: ParameterValue) -> ObjectValue | None:
        """What the last parameter of a function gathers: arguments by names that no other parameter has (`**options`)."""
        function = self.index.by_span.get(value.function)
        if function is None or value.index != len(function.parameters) - 1:
            return None
        names = {one.name for one in function.parameters}
        key = (id(call), value.function)
        if key not in self._gathered:
            more = tuple(Entry(w.value.span, w.name, w.value) for w in call.keywords if w.name and w.name not in names)
            self._gathered[key] = ObjectValue(call.span, more) if more else None
        return self._gathered[key]

    def _unpassed(self, value: ParameterValue, path: str) -> tuple[Thing, ...]:
        preset = self.index.presets.get((value.function, value.index))
        found = self.of(Place(preset.value, path, None)) if preset is not None else ()
        if found and not all(_is_vague(one) for one in found):
            return found
        function = self.index.by_span.get(value.function)
        declared = function.parameters[value.index] if function and value.index < len(function.parameters) else None
        return tuple(self.typed(declared.type, path)) if declared is not None and declared.name else ()

    def passed(self, value: ParameterValue) -> Iterator[Thing]:
        """What the calls of a function pass in the place of a parameter."""
        for caller, call in self.calls_of(value.function):
            given = argument(call, value.index, value.name)
            if given is not None:
                yield from self.of(Place(given, caller, None))

    def texts(self, place: Place) -> tuple[str, ...]:
        """The strings that a value may be, () where any of them is not known."""
        value = place.value
        if isinstance(value, LiteralValue):
            return (value.text,) if value.kind == "string" else ()
        found: list[str] = []
        for thing in self.of(place):
            inner = thing.place.value if isinstance(thing, Data) else None
            if isinstance(thing, Data) and inner is not None and _is_setting(inner):
                # What the environment says where nobody sets it.
                preset = argument(inner, 1, "default") if isinstance(inner, CallValue) else None
                found += self.texts(thing.place.at(preset)) if preset is not None else ()
                continue
            if not isinstance(inner, LiteralValue) or inner.kind != "string":
                member = self._member_text(thing)
                if member is None:
                    return ()
                found.append(member)
                continue
            found.append(inner.text)
        return tuple(dict.fromkeys(found))

    def preset(self, place: Place) -> str:
        """The last of the strings that a value may be: what it is where nothing else says it."""
        found = [
            thing.place.value.text
            for thing in self.of(place)
            if isinstance(thing, Data)
            and isinstance(thing.place.value, LiteralValue)
            and thing.place.value.kind == "string"
        ]
        given = [text for text in self.texts(place) if text]
        return (found or given or [""])[-1]

    def _member_text(self, thing: Thing) -> str | None:
        """What a member of an enumeration is."""
        match thing:
            case Data(place=Place(value=MemberValue(of=NameValue(name=owner), name=name), path=path)):
                for at, defined in ((path, owner), *self._defined(path, owner)):
                    one = self.index.enumerations.get((at, defined))
                    value = next((m.value for m in one.members if m.name == name), None) if one else None
                    if isinstance(value, str):
                        return value
        return None

    def _defined(self, path: str, name: str) -> Iterator[tuple[str, str]]:
        for file, defined in self.index.resolver.definitions(self.index.files[path], name):
            yield file.path, defined


def _is_setting(value: Value) -> bool:
    """What is read from the environment: `os.environ.get(..)`, `os.getenv(..)`, `process.env.X`."""
    if isinstance(value, CallValue):
        callee = value.callee
        return last_name(callee) == "getenv" or (isinstance(callee, MemberValue) and last_name(callee.of) in _SETTINGS)
    return isinstance(value, MemberValue | ItemValue) and last_name(value.of) in _SETTINGS


def _is_vague(thing: Thing) -> bool:
    """Whether it says no more than what kind of thing it is."""
    return isinstance(thing, Data) or (isinstance(thing, Collection) and thing.name is None)
