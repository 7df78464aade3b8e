"""Calls: what they give, and who makes them.

What comes in: calls as values. What goes out: Things. What a library's own functions give stands in the table of methods. This module does not know what a
query is.
"""

from collections.abc import Iterable, Iterator

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, MemberValue, NameValue, Value
from analyzer.program.documents.evaluation.callers import Callers
from analyzer.program.documents.evaluation.index import WHOLE, Index, dotted_name, last_name
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
    Module,
    Place,
    Thing,
)
from analyzer.program.documents.libraries.methods import family, table

_CALLERS = 40
# Functions that give what they are given.
_SAME = frozenset(
    {
        "cast",
        "Promise.resolve",
        "asyncio.run",
        "asyncio.shield",
        "Object.freeze",
        "list",
        "tuple",
        "sorted",
        "reversed",
        "lazy",
        "forwardRef",
    }
)
# What a container is asked for: `Depends(get_db)`, `inject(Users)`.
_INJECTS = frozenset({"Depends", "Security", "Provide", "inject", "Inject"})
_MODELS = frozenset({"InjectModel", "getModelToken", "model", "get_model"})


class Running(Callers):
    """Evaluation of calls."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._ran: dict[tuple[int, int, Span, int], Frame] = {}

    def _call(self, value: CallValue, place: Place) -> Iterator[Thing]:
        model = self.index.model_at.get(value.span)
        if model is not None:
            yield ModelOf(model, place.path)
            return
        found = tuple(self._called_on(value, place))
        yield from found or (Data(place),)

    def _called_on(self, value: CallValue, place: Place) -> Iterator[Thing]:
        name = last_name(value.callee)
        if isinstance(value.callee, NameValue) and value.callee.name == "require":
            yield from self._required(value, place)
        elif name in _MODELS and (models := tuple(self._models(value, place))):
            yield from models
        elif name in _INJECTS:
            for thing in self._arguments(value, place):
                yield from self.run(thing, None, place) if isinstance(thing, Method) else self._object(thing)
        elif name in table().makes and self._is_outside(value.callee, place.path):
            yield from self._library(table().makes[name], value.callee, place)
        elif name == "type" and len(value.arguments) == 1:
            yield from map(class_of, self._arguments(value, place))
        elif name in _SAME and value.arguments:
            yield from self.of(
                Place(value.arguments[-1] if name == "cast" else value.arguments[0], place.path, place.frame)
            )
        elif isinstance(value.callee, MemberValue):
            for thing in self.of(Place(value.callee.of, place.path, place.frame)):
                yield from self._method(thing, value.callee.name, value, place)
        else:
            for thing in self.of(Place(value.callee, place.path, place.frame)):
                yield from self.run(thing, value, place)

    def _is_outside(self, callee: Value, path: str) -> bool:
        while isinstance(callee, MemberValue):
            callee = callee.of
        return isinstance(callee, NameValue) and not tuple(self._defined_here(path, callee.name))

    def _defined_here(self, path: str, name: str) -> Iterator[object]:
        if (path, name) in self.index.functions or (path, name) in self.index.classes:
            yield name
        yield from self.index.resolver.definitions(self.index.files[path], name)

    def _library(self, kind: str, callee: Value, place: Place) -> Iterator[Thing]:
        dotted = family(self.index.files[place.path].language) == "python"
        yield Client(kind == "connection", self.index.driver(place.path, dotted_name(callee)))
        if dotted and kind == "flask":
            yield Database(dotted=True)

    def _required(self, value: CallValue, place: Place) -> Iterator[Thing]:
        """`require("./users")` in the midst of an expression."""
        for imported in self.index.files[place.path].imports:
            if (
                imported.span.start <= value.span.start
                and value.span.end <= imported.span.end
                and imported.name in ("", "*", "default")
            ):
                target = self.index.resolver.target(self.index.files[place.path], imported)
                if target is not None:
                    for word in WHOLE:
                        yield from self.named(target.path, word)
                    yield Module(target.path)
                elif imported.module == "mongoose":
                    yield Client(is_database=True, driver="mongoose")
                return

    def _models(self, value: CallValue, place: Place) -> Iterator[Thing]:
        """`mongoose.model("User")`, `@InjectModel(User.name)`: a model by what its library finds it by."""
        for given in value.arguments[:1]:
            names: tuple[str, ...] = self.texts(Place(given, place.path, place.frame))
            if isinstance(given, MemberValue) and given.name == "name" and isinstance(given.of, NameValue):
                names = (given.of.name,)
            for name in names:
                yield from (ModelOf(model, path) for path, model in self._registered(name, place.path))

    def _registered(self, name: str, path: str) -> Iterable[tuple[str, DocumentModel]]:
        """Models of a name, those of the same project first."""
        found = self.index.registered.get(name, ())
        home = self.index.files[path].project.path
        near = tuple(one for one in found if self.index.files[one[0]].project.path == home)
        return near or found

    def texts(self, place: Place) -> tuple[str, ...]:
        raise NotImplementedError

    def preset(self, place: Place) -> str:
        raise NotImplementedError

    def _arguments(self, value: CallValue, place: Place) -> Iterator[Thing]:
        for given in value.arguments[:1]:
            yield from self.of(Place(given, place.path, place.frame))

    def _method(self, thing: Thing, name: str, value: CallValue, place: Place) -> Iterator[Thing]:
        gives = table().gives.get(name)
        match thing:
            case Client() | Database() if gives is not None:
                yield from self._given(thing, gives, value, place)
            case Collection() if gives == "same":
                yield thing
            case ModelOf(model=model, path=path):
                yield from self._of_model_method(thing, model, path, name, value, place)
            case Document(model=model, path=path):
                if name in table().step or table().document_method(model.framework, name) is not None:
                    yield thing
                else:
                    yield from self._run_all(self.member(thing, name, place), value, place)
            case Collection() | Database() | Client():
                # What a query gives is data.
                return
            case Data() if gives == "collection" and not name.startswith("create"):
                # Of a database that comes from where nobody knows.
                yield from self._collection(value, Database(), place)
            case Instance() | ClassOf() | Module() | Data():
                yield from self._run_all(self._methods(thing, name, place), value, place)

    def _methods(self, thing: Thing, name: str, place: Place) -> Iterable[Thing]:
        if isinstance(thing, Instance):
            return tuple(self.attribute(thing, name))
        if isinstance(thing, ClassOf):
            found = self.function(thing.owner, thing.path, name)
            return (Method(found.function, found.path, self.any_of(thing.owner, thing.path)),) if found else ()
        return tuple(one for one in self.member(thing, name, place) if not isinstance(one, Data))

    def member(self, thing: Thing, name: str, place: Place) -> Iterator[Thing]:
        raise NotImplementedError

    def _run_all(self, things: Iterable[Thing], value: CallValue, place: Place) -> Iterator[Thing]:
        for one in things:
            yield from self.run(one, value, place)

    def _given(self, thing: Client | Database, gives: str, value: CallValue, place: Place) -> Iterator[Thing]:
        """What methods of clients and databases give."""
        if gives == "same":
            yield thing
        elif gives == "client":
            yield Client(driver=thing.driver)
        elif gives == "database":
            dotted = family(self.index.files[place.path].language) == "python" or (
                isinstance(thing, Database) and thing.dotted
            )
            given = argument(value, 0, "name")
            name = self.preset(Place(given, place.path, place.frame)) if given is not None else ""
            yield Database(dotted=dotted, driver=thing.driver, name=name)
        else:
            yield from self._collection(value, thing, place)

    def _collection(self, value: CallValue, home: Client | Database, place: Place) -> Iterator[Thing]:
        driver, database = home.driver, home.name if isinstance(home, Database) else ""
        given = argument(value, 0, "name")
        names = self.texts(Place(given, place.path, place.frame)) if given is not None else ()
        for name in names:
            yield Collection(name, driver=driver, database=database)
        if not names:
            yield Collection(None, "computed-collection", driver, database)

    def _of_model_method(
        self, thing: ModelOf, model: DocumentModel, path: str, name: str, value: CallValue, place: Place
    ) -> Iterator[Thing]:
        meaning = table().model_method(model.framework, name)
        if meaning is not None:
            many = name in ("find", "find_many", "find_all", "all", "insertMany", "insert_many", "aggregate")
            if meaning.effect in ("select", "insert", "update"):
                yield Document(model, path, many=many)
        elif name in ("discriminator", "setOptions", "$where"):
            yield thing
        elif name in ("hydrate", "parse_obj", "model_validate", "construct"):
            yield Document(model, path)
        else:
            yield from self._run_all(self.member(thing, name, place), value, place)

    def run(self, thing: Thing, call: CallValue | None, place: Place) -> Iterator[Thing]:
        """What a function gives, or the object that a class makes."""
        match thing:
            case Method():
                yield from self._ran_method(thing, call, place)
            case ClassOf(owner=owner, path=path):
                yield self.made_by(owner, path, call, place) if call is not None else self.any_of(owner, path)
            case ModelOf(model=model, path=path):
                given = call.arguments[0] if call is not None and call.arguments else None
                yield Document(model, path, Place(given, place.path, place.frame) if given is not None else None)
            case Data() if call is not None and isinstance(thing.place.value, NameValue):
                return

    def _ran_method(self, thing: Method, call: CallValue | None, place: Place) -> Iterator[Thing]:
        frame = self.frame(thing, call, place)
        for result in self.index.results.get(thing.function.span, ())[:_CALLERS]:
            # What nobody can read is one of the results as well.
            yield from self.of(Place(result, thing.path, frame)) or (Data(Place(result, thing.path, frame)),)

    def frame(self, thing: Method, call: CallValue | None, place: Place) -> Frame:
        """A function as a call runs it."""
        key = (id(call) if call is not None else 0, id(place.frame), thing.function.span, id(thing.of))
        if key not in self._ran:
            self._ran[key] = Frame(thing.function.span, call, place.frame, place.path, thing.of)
        return self._ran[key]

    def _object(self, thing: Thing) -> Iterator[Thing]:
        if isinstance(thing, ClassOf):
            yield self.any_of(thing.owner, thing.path)


def class_of(thing: Thing) -> Thing:
    """What an object is made of."""
    match thing:
        case Instance(owner=owner, path=path):
            return ClassOf(owner, path)
        case Document(model=model, path=path):
            return ModelOf(model, path)
        case Data(place=Place(value=CallValue(callee=NameValue() as callee), path=path, frame=frame)):
            # A class of a library.
            return Data(Place(callee, path, frame)) if callee.name[:1].isupper() else thing
        case _:
            return thing


def argument(call: CallValue, index: int, name: str) -> Value | None:
    """What a call passes in the place of a parameter."""
    if index < len(call.arguments) and not (call.open and index >= len(call.arguments) - 1):
        return call.arguments[index]
    return next((word.value for word in call.keywords if word.name == name and name), None)
