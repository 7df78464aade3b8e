"""Classes and the objects they make: what an attribute of an object is, what its constructor was given, what a type's name stands for.

What comes in: an Index. What goes out: Things. This module does not evaluate by itself: `of` does.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, Class, Kept, LiteralValue, TypedValue, UnknownValue, Value
from analyzer.program.documents.evaluation.index import Index
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Client,
    Collection,
    Data,
    Database,
    Document,
    Frame,
    Instance,
    Method,
    ModelOf,
    Place,
    Shape,
    Thing,
)
from analyzer.program.documents.evaluation.type_texts import parts_of
from analyzer.program.documents.libraries.methods import table

_BASES = 12
_WORD = re.compile(r"[A-Za-z_$][\w$.]*")
# Types that stand for what is in their brackets.
_WRAPS = frozenset(
    {
        "Optional",
        "Annotated",
        "Promise",
        "Awaitable",
        "Coroutine",
        "Readonly",
        "Final",
        "ClassVar",
        "Partial",
        "HydratedDocument",
        "Union",
    }
)
_MODELS = frozenset({"Model", "PaginateModel", "SoftDeleteModel", "ReturnModelType", "type", "Type"})


class Objects(ABC):
    """Look-ups of classes and their objects."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._any: dict[tuple[str, str], Instance] = {}
        self._made: dict[tuple[int, int], Instance] = {}
        self._frames: dict[tuple[int, Span], Frame | None] = {}
        self._defaults: dict[tuple[str, Span], Place] = {}
        self._lines: dict[tuple[str, str], tuple[tuple[Class, str], ...]] = {}

    @abstractmethod
    def of(self, place: Place) -> tuple[Thing, ...]: ...

    @abstractmethod
    def named(self, path: str, name: str) -> tuple[Thing, ...]: ...

    def any_of(self, owner: Class, path: str) -> Instance:
        """Any object of a class."""
        return self._any.setdefault((path, owner.name), Instance(owner, path))

    def made_by(self, owner: Class, path: str, call: CallValue, place: Place) -> Instance:
        """The object that a call makes."""
        key = (id(call), id(place.frame))
        if key not in self._made:
            self._made[key] = Instance(owner, path, call, place.frame, place.path)
        return self._made[key]

    # ------------------------------------------------------------------ classes
    def line(self, owner: Class, path: str) -> tuple[tuple[Class, str], ...]:
        """A class and those it takes from, nearest first."""
        key = (path, owner.name)
        if key not in self._lines:
            self._lines[key] = ((owner, path),)
            self._lines[key] = tuple(self._line(owner, path))
        return self._lines[key]

    def _line(self, owner: Class, path: str) -> Iterator[tuple[Class, str]]:
        seen: dict[tuple[str, str], tuple[Class, str]] = {(path, owner.name): (owner, path)}
        waiting = [(owner, path)]
        while waiting and len(seen) <= _BASES:
            one, at = waiting.pop(0)
            yield one, at
            for base in one.bases:
                for thing in self.of(Place(base, at, None)):
                    if isinstance(thing, ClassOf) and (thing.path, thing.owner.name) not in seen:
                        seen[thing.path, thing.owner.name] = (thing.owner, thing.path)
                        waiting.append((thing.owner, thing.path))

    def function(self, owner: Class, path: str, name: str) -> Method | None:
        """A method by name, of the class or what it takes from."""
        for one, at in self.line(owner, path):
            found = self.index.functions.get((at, f"{one.name}.{name}"))
            if found is not None:
                return Method(found, at)
        return None

    # ------------------------------------------------------------------ objects
    def attribute(self, instance: Instance, name: str) -> Iterator[Thing]:
        """What an attribute of an object is: the nearest class that says anything says it."""
        for owner, path in self.line(instance.owner, instance.path):
            found = tuple(self._attribute(instance, owner, path, name))
            if found:
                yield from found
                return

    def _attribute(self, instance: Instance, owner: Class, path: str, name: str) -> Iterator[Thing]:
        function = self.index.functions.get((path, f"{owner.name}.{name}"))
        if function is not None:
            yield Method(function, path, instance)
            return
        for attribute, value in owner.injected:
            if attribute == name:
                # Of what stands above an attribute only a container's orders say what it is.
                yield from (one for one in self.of(Place(value, path, None)) if not isinstance(one, Data))
        told = False
        declared = next((text for attribute, text in owner.attributes if attribute == name), "")
        for kept in self.index.kept.get((path, f"{owner.name}.{name}"), ()):
            if kept.function is None and declared and not isinstance(kept.value, LiteralValue):
                # What a class gives its attribute is what an object has that was given none.
                yield from self.of(self._default(kept.value, declared, path))
                told = True
                continue
            for thing in self.of(Place(kept.value, path, self._setting(instance, kept, owner, path))):
                told = True
                yield thing
        if not told and declared:
            yield from self.typed(declared, path)

    def _default(self, value: Value, declared: str, path: str) -> Place:
        key = (path, value.span)
        if key not in self._defaults:
            self._defaults[key] = Place(TypedValue(value.span, declared, UnknownValue(value.span, "default")), path)
        return self._defaults[key]

    def _setting(self, instance: Instance, kept: Kept, owner: Class, path: str) -> Frame | None:
        """The frame of the function that sets an attribute."""
        if kept.function is None:
            return None
        constructor = self.index.constructor(path, owner.name)
        if constructor is not None and kept.function == constructor.span:
            return self._constructing(instance, owner, path)
        return self._frame_of(instance, kept.function, path)

    def _frame_of(self, instance: Instance, function: Span, path: str) -> Frame:
        key = (id(instance), function)
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = Frame(function, None, None, path, instance)
        return found

    def _constructing(self, instance: Instance, owner: Class, path: str) -> Frame | None:
        """A constructor as it runs when the object is made, through the constructors of the classes below it."""
        own = self.index.constructor(path, owner.name)
        if own is None:
            return None
        key = (id(instance), own.span)
        if key in self._frames:
            return self._frames[key]
        self._frames[key] = None
        call, around, at = instance.call, instance.around, instance.called
        for below, there in self.line(instance.owner, instance.path):
            if (there, below.name) == (path, owner.name):
                break
            constructor = self.index.constructor(there, below.name)
            if constructor is not None:
                around = Frame(constructor.span, call, around, at, instance)
                call, at = self.index.supers.get(constructor.span), there
        self._frames[key] = Frame(own.span, call, around, at, instance)
        return self._frames[key]

    # ------------------------------------------------------------------ types
    def typed(self, text: str, path: str) -> Iterator[Thing]:
        """What a value of a type is, by the type's text."""
        name, inner = _type(text)
        if not name:
            return
        last = name.rpartition(".")[2]
        kind = table().types.get(last)
        if last in _WRAPS and inner:
            for part in parts_of(inner, "," if last != "Annotated" else "\0"):
                yield from self.typed(part.partition(",")[0] if last == "Annotated" else part, path)
        elif last in _MODELS and inner:
            yield from (self._model_typed(inner, path))
        elif kind is not None:
            yield _thing(kind, self.index.driver(path, name))
        else:
            for thing in self.named(path, name):
                yield from self._typed(thing)

    def _typed(self, thing: Thing) -> Iterable[Thing]:
        match thing:
            case ModelOf(model=model, path=path):
                return (Document(model, path),)
            case ClassOf(owner=owner, path=path):
                return (self.any_of(owner, path),)
            case Shape():
                return (thing,)
            case _:
                return ()

    def _model_typed(self, inner: str, path: str) -> Iterator[Thing]:
        """`Model<UserDocument>`: the model that has documents of this type."""
        name = _type(inner)[0].rpartition(".")[2]
        own = [one for one in self.named(path, name) if isinstance(one, ModelOf)]
        if own:
            yield from own
            return
        for word in (name, name.removesuffix("Document"), name.removeprefix("I"), name.removesuffix("Entity")):
            found = self.index.registered.get(word, ())
            if len(found) == 1:
                yield ModelOf(found[0][1], found[0][0])
                return

    def constructor_of(self, owner: Class, path: str) -> tuple[Function, str] | None:
        """The constructor that runs first for an object of a class."""
        for one, at in self.line(owner, path):
            found = self.index.constructor(at, one.name)
            if found is not None:
                return found, at
        return None


def _thing(kind: str, driver: str) -> Thing:
    match kind:
        case "database":
            return Database(dotted=True, driver=driver)
        case "collection":
            return Collection(None, "computed-collection", driver)
        case _:
            return Client(is_database=kind == "connection", driver=driver)


def _type(text: str) -> tuple[str, str]:
    """(name, what is in its brackets) of a type, nothing and quotes taken off: `Optional[Db]` is ("Optional", "Db")."""
    options = [part.strip().strip("\"'") for part in parts_of(text, "|")]
    real = [part for part in options if part not in ("None", "null", "undefined", "")]
    if not real:
        return "", ""
    found = _WORD.match(real[0])
    if found is None:
        return "", ""
    rest = real[0][found.end() :].strip()
    return found[0], rest[1:-1].strip() if rest[:1] in "[<" and rest[-1:] in "]>" and rest else ""
