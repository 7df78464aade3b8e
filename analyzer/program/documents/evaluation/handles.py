"""What values are: evaluation over files, names, parameters, objects and what functions give.

What comes in: an Index. What goes out: Things of a Place, () where nobody knows. A parameter is what its function's calls pass, what its default or its type
says; an attribute what its object keeps. The walk is bounded: what is too far is unknown. This module does not know what a query is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from analyzer.facts.call import Function
from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    ElementValue,
    Entry,
    FunctionValue,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    UnknownValue,
    Value,
)
from analyzer.program.documents.evaluation.index import WHOLE, Index, last_name
from analyzer.program.documents.evaluation.running import Running, argument, class_of
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Client,
    Collection,
    Data,
    Database,
    Document,
    Instance,
    Method,
    ModelOf,
    Module,
    Place,
    Shape,
    Thing,
    identity,
)
from analyzer.program.documents.libraries.methods import family, table

_DEPTH, _STEPS, _OPTIONS = 36, 3000, 12
# What people call a database of documents, or the function that gives it.
_DATABASE = re.compile(r"(?:^|_)(?:db|database|mongo|mongodb)(?:_?conn|_?handle)?$", re.IGNORECASE)
_SETTINGS = frozenset({"environ", "env"})
_SELF = ("self", "this", "cls")


class Handles(Running):
    """Evaluation; what it once found it keeps."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._known: dict[tuple[int, int], tuple[Thing, ...]] = {}
        self._open: set[tuple[int, int]] = set()
        self._spreading: set[tuple[int, int]] = set()
        self._gathered: dict[tuple[int, Span], ObjectValue | None] = {}
        self._names: dict[tuple[str, str], tuple[Thing, ...]] = {}
        self._naming: set[tuple[str, str]] = set()
        self._held: list[Any] = []
        self._steps = 0

    def of(self, place: Place) -> tuple[Thing, ...]:
        """What a value may be."""
        key = (id(place.value), id(place.frame))
        if key in self._known:
            return self._known[key]
        if not self._open:
            self._steps = 0
        self._steps += 1
        if key in self._open or len(self._open) > _DEPTH or self._steps > _STEPS:
            return ()
        self._open.add(key)
        try:
            found = tuple({identity(one): one for one in self._find(place)}.values())[:_OPTIONS]
        finally:
            self._open.discard(key)
        if self._steps <= _STEPS or not self._open:
            self._held.append(place)
            self._known[key] = found
        return found

    def _find(self, place: Place) -> Iterator[Thing]:
        value = place.value
        match value:
            case NameValue(name=name):
                yield from self._name(name, place)
            case ParameterValue():
                yield from self._parameter(value, place) or (Data(place),)
            case MemberValue(of=inner, name=name):
                yield from self._member_of(inner, name, place)
            case ItemValue():
                yield from self._item(value, place)
            case CallValue():
                yield from self._call(value, place)
            case EitherValue(options=options):
                for option in options:
                    if not _is_nothing(option):
                        yield from self.of(self.at(place, option))
            case TypedValue(declared=declared, of=inner):
                found = self.of(self.at(place, inner))
                told = tuple(self.typed(declared, place.path)) if all(map(_is_untold, found)) else ()
                yield from told or found
            case ElementValue(of=inner):
                yield from self._element(inner, place)
            case FunctionValue(span=span) if span in self.index.by_span:
                yield Method(self.index.by_span[span], span.path, self._self(place))
            case ObjectValue(entries=(Entry(key=None, computed=None, value=inner), *_)) if inner.span == value.span:
                # What came from elsewhere, with more put in.
                yield from tuple(one for one in self.of(self.at(place, inner)) if not isinstance(one, Data)) or (
                    Data(place),
                )
            case UnknownValue():
                pass
            case _:
                yield Data(place)

    def at(self, place: Place, value: Value) -> Place:
        """Another value of the same function."""
        return Place(value, place.path, place.frame)

    # ------------------------------------------------------------------ names
    def _name(self, name: str, place: Place) -> Iterator[Thing]:
        if name in _SELF:
            found = self._self(place)
            if found is not None:
                yield self._as_document(found, name) or found
            return
        yield from self.named(place.path, name) or (Data(place),)

    def _as_document(self, found: Instance, name: str) -> Thing | None:
        """An object of a class that is a model of documents."""
        model = self.index.models.get((found.path, found.owner.name))
        if model is None:
            return None
        return ModelOf(model, found.path) if name == "cls" else Document(model, found.path)

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
            if not _is_nothing(kept.value):
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

    # ------------------------------------------------------------------ parameters
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

    # ------------------------------------------------------------------ parts
    def _member_of(self, inner: Value, name: str, place: Place) -> Iterator[Thing]:
        if _is_above(inner):
            yield from self._above(name, place)
            return
        owners = self.of(self.at(place, inner))
        if all(isinstance(one, Data) for one in owners) and self._seems_database(inner, name, place):
            yield Collection(name)
            return
        for thing in owners:
            yield from self.member(thing, name, place)
        if not owners:
            yield Data(place)

    def _above(self, name: str, place: Place) -> Iterator[Thing]:
        """`super.find`: the method of an object as the classes above the one that is written here have it."""
        instance, function = self._self(place), self._around(place)
        line = self.line(instance.owner, instance.path) if instance is not None else ()
        below = True
        for owner, path in line:
            found = self.index.functions.get((path, f"{owner.name}.{name}"))
            if not below and found is not None:
                yield Method(found, path, instance)
                return
            below = below and (function is None or (path, owner.name) != (place.path, function.owner))

    def _seems_database(self, inner: Value, name: str, place: Place) -> bool:
        """`db.orders` of a `db` that comes from where nobody knows: what it is called is all there is."""
        dotted = family(self.index.files[place.path].language) == "python"
        is_method = name in table().beside["database"] or name.startswith("_") or name in table().gives
        # `db.orders_collection` is an attribute of the code's own that holds a collection: its name is another.
        is_method = is_method or name.lower().endswith("collection")
        return dotted and not is_method and _DATABASE.search(last_name(inner)) is not None

    def member(self, thing: Thing, name: str, place: Place) -> Iterator[Thing]:
        """What an attribute of a thing is."""
        for found in self._member(thing, name, place):
            yield found
            # A property gives what its function gives.
            if isinstance(found, Method) and not found.function.parameters and isinstance(thing, Instance):
                yield from self.run(found, None, place)

    def _member(self, thing: Thing, name: str, place: Place) -> Iterable[Thing]:
        if name == "__class__":
            return (class_of(thing),)
        match thing:
            case Client(is_database=True, driver=driver):
                return (Database(driver=driver),) if name == "db" else (thing,) if name == "connection" else ()
            case Client(driver=driver):
                is_python = family(self.index.files[place.path].language) == "python"
                is_database = is_python and name not in table().beside["client"]
                return (Database(dotted=True, driver=driver, name=name),) if is_database else ()
            case Database(dotted=True, driver=driver, name=database) if (
                not name.startswith("_") and name not in table().beside["database"]
            ):
                return (Collection(name, driver=driver, database=database),)
            case Collection(name=str(stem), driver=driver) if self._is_dotted(stem, name, place):
                return (Collection(f"{stem}.{name}", driver=driver),)
            case Instance():
                return self.attribute(thing, name)
            case ClassOf(owner=owner, path=path):
                return self.attribute(self.any_of(owner, path), name)
            case ModelOf(model=model, path=path):
                return self._of_model(thing, model, path, name)
            case Document(model=model, path=path):
                return self._of_model(None, model, path, name) or (Data(place),)
            case Module(path=path):
                return self._exported(path, name)
            case Data(place=Place(value=ObjectValue() as value)):
                return self._entry(value, name, thing.place)
            case Data(place=Place(value=ListValue(items=items))) if name.isdigit() and int(name) < len(items):
                return self.of(self.at(thing.place, items[int(name)]))
            case Data():
                return (Data(self._part(thing.place, name)),)
            case _:
                return ()

    def _is_dotted(self, stem: str, name: str, place: Place) -> bool:
        language = self.index.files[place.path].language
        is_method = table().collection_method(language, name) is not None or name in table().beside["collection"]
        return family(language) == "python" and bool(stem) and not name.startswith("_") and not is_method

    def _of_model(self, model: ModelOf | None, declared: DocumentModel, path: str, name: str) -> tuple[Thing, ...]:
        """A model's collection, or what its class says."""
        if name == "collection" and model is not None:
            return (model,)
        owner = self.index.classes.get((path, declared.name))
        if owner is not None:
            return tuple(self.attribute(self.any_of(owner, path), name))
        function = self.index.functions.get((path, f"{declared.name}.{name}"))
        return (Method(function, path),) if function is not None else ()

    def _exported(self, path: str, name: str) -> Iterator[Thing]:
        yield from self.named(path, name)
        for word in WHOLE:
            yield from self.named(path, f"{word}.{name}")
            for kept in self.index.kept.get((path, word), ()):
                for thing in self.of(Place(kept.value, path, None)):
                    if isinstance(thing, Data) and isinstance(thing.place.value, ObjectValue):
                        yield from self._entry(thing.place.value, name, thing.place)

    def _entry(self, value: ObjectValue, name: str, place: Place) -> Iterator[Thing]:
        """An entry by its name, the last one; what is spread may have it too. What an object surely lacks is null."""
        if not value.open and all(entry.key not in (None, name) for entry in value.entries):
            yield Data(self.at(place, self._hold(LiteralValue(value.span, "null"))))
            return
        for entry in reversed(value.entries):
            if entry.key == name:
                yield from self.of(self.at(place, entry.value))
                if entry.certain:
                    return
            elif entry.is_spread:
                yield from self._spread(entry, name, place)

    def _spread(self, entry: Entry, name: str, place: Place) -> tuple[Thing, ...]:
        """What is spread may be the object itself: `order = {...order, paid: true}` in a loop."""
        key = (id(entry), id(place.frame))
        if key in self._spreading:
            return ()
        self._spreading.add(key)
        try:
            return tuple(
                one for thing in self.of(self.at(place, entry.value)) for one in self.member(thing, name, place)
            )
        finally:
            self._spreading.discard(key)

    def _part(self, place: Place, name: str) -> Place:
        return self.at(place, self._hold(MemberValue(place.value.span, place.value, name)))

    def _hold(self, value: Value) -> Value:
        """A value that no file keeps: what is found of it is known by its identity."""
        self._held.append(value)
        return value

    def _item(self, value: ItemValue, place: Place) -> Iterator[Thing]:
        owners, names = self.of(self.at(place, value.of)), self.texts(self.at(place, value.key))
        for thing in owners:
            if names:
                for name in names:
                    yield from self._subscript(thing, name, place)
            elif isinstance(thing, Data) and isinstance(thing.place.value, ObjectValue):
                yield from self._keyed(thing.place.value, thing.place, self.at(place, value.key))
            elif isinstance(thing, Database):
                yield Collection(None, "computed-collection", thing.driver, thing.name)
            elif isinstance(thing, Client):
                yield Database(dotted=True, driver=thing.driver, name=self.preset(self.at(place, value.key)))
        if not owners or all(isinstance(one, Data) and not isinstance(one.place.value, ObjectValue) for one in owners):
            if self._seems_database(value.of, "", place):
                yield from (Collection(name) for name in names) if names else (Collection(None, "computed-collection"),)
            yield Data(place)

    def _keyed(self, value: ObjectValue, home: Place, key: Place) -> Iterator[Thing]:
        """The entry of a key that is no string, a class: any entry where nobody knows which."""
        wanted = {_name_of(one) for one in self.of(key)}
        entries = [entry for entry in value.entries if entry.computed is not None]
        known = bool(wanted) and "" not in wanted
        found = [
            entry
            for entry in entries
            if entry.computed is not None
            and not wanted.isdisjoint({_name_of(one) for one in self.of(self.at(home, entry.computed))} - {""})
        ]
        for entry in found if known and found else (entries or value.entries):
            yield from self.of(self.at(home, entry.value))

    def _subscript(self, thing: Thing, name: str, place: Place) -> Iterable[Thing]:
        if isinstance(thing, Database):
            return (Collection(name, driver=thing.driver, database=thing.name),)
        return self._member(thing, name, place)

    def _element(self, inner: Value, place: Place) -> Iterator[Thing]:
        for thing in self.of(self.at(place, inner)):
            match thing:
                case Data(place=Place(value=ListValue(items=items))):
                    for item in items[:_OPTIONS]:
                        yield from self.of(self.at(thing.place, item))
                case Data(place=Place(value=ObjectValue(entries=entries))):
                    for entry in entries[:_OPTIONS]:
                        if entry.computed is not None:
                            yield from self.of(self.at(thing.place, entry.computed))
                        elif entry.key is not None:
                            yield Data(self.at(thing.place, LiteralValue(entry.span, "string", entry.key)))
                case Document():
                    yield thing
                case _:
                    yield Data(place)

    # ------------------------------------------------------------------ texts
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
                found += self.texts(self.at(thing.place, preset)) if preset is not None else ()
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


def _is_nothing(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "null"


def _is_setting(value: Value) -> bool:
    """What is read from the environment: `os.environ.get(..)`, `os.getenv(..)`, `process.env.X`."""
    if isinstance(value, CallValue):
        callee = value.callee
        return last_name(callee) == "getenv" or (isinstance(callee, MemberValue) and last_name(callee.of) in _SETTINGS)
    return isinstance(value, MemberValue | ItemValue) and last_name(value.of) in _SETTINGS


def _is_above(value: Value) -> bool:
    """`super`, `super()`."""
    return last_name(value) == "super" and isinstance(value, NameValue | CallValue)


def _name_of(thing: Thing) -> str:
    """What a class is called, wherever it is defined; "" for anything else."""
    match thing:
        case ClassOf(owner=owner):
            return owner.name
        case ModelOf(model=model) | Shape(model=model):
            return model.name
        case Data(place=Place(value=NameValue(name=name))):
            return name
        case _:
            return ""


def _is_untold(thing: Thing) -> bool:
    """Whether a type says more: a value that is written out says itself what it is."""
    return isinstance(thing, Data) and not isinstance(thing.place.value, ObjectValue | ListValue | LiteralValue)


def _is_vague(thing: Thing) -> bool:
    """Whether it says no more than what kind of thing it is."""
    return isinstance(thing, Data) or (isinstance(thing, Collection) and thing.name is None)
