"""Parts: what an attribute, an entry, a subscript, an element of something is.

What comes in: Things and Places. What goes out: Things. This module does not know what a query is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from analyzer.facts.document import DocumentModel
from analyzer.facts.value import (
    CallValue,
    Entry,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    Value,
)
from analyzer.program.documents.evaluation.bound import Bindings
from analyzer.program.documents.evaluation.index import WHOLE, Index, last_name
from analyzer.program.documents.evaluation.names import Names
from analyzer.program.documents.evaluation.running import class_of
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
)
from analyzer.program.documents.libraries.methods import family, table

# What people call a database of documents, or the function that gives it.
_DATABASE = re.compile(r"(?:^|_)(?:db|database|mongo|mongodb)(?:_?conn|_?handle)?$", re.IGNORECASE)
_OPTIONS = 32


class Parts(Names):
    """Look-ups of parts."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._spreading: set[tuple[int, int]] = set()
        self._held: list[Any] = []
        self.bindings = Bindings(index)

    def _member_of(self, inner: Value, name: str, place: Place) -> Iterator[Thing]:
        if _is_above(inner):
            yield from self._above(name, place)
            return
        owners = self.of(place.at(inner))
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
            case Document(model=model, path=path) if name == "constructor":
                return (ModelOf(model, path),)
            case Document(model=model, path=path):
                return self._of_model(None, model, path, name) or (Data(place),)
            case Module(path=path):
                return self._exported(path, name)
            case Data(place=Place(value=ObjectValue() as value)):
                return self._entry(value, name, thing.place)
            case Data(place=Place(value=ListValue(items=items))) if name.isdigit() and int(name) < len(items):
                return self.of(thing.place.at(items[int(name)]))
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
        if function is not None:
            return (Method(function, path),)
        bound = self.bindings.function(declared, path, name, static=model is not None)
        found = self.index.by_span.get(bound[0]) if bound is not None else None
        return (Method(found, bound[1]),) if found is not None and bound is not None else ()

    def _exported(self, path: str, name: str) -> Iterator[Thing]:
        own = self.named(path, name)
        yield from own or self._submodule(path, name)
        for word in WHOLE:
            yield from self.named(path, f"{word}.{name}")
            for kept in self.index.kept.get((path, word), ()):
                for thing in self.of(Place(kept.value, path, None)):
                    if isinstance(thing, Data) and isinstance(thing.place.value, ObjectValue):
                        yield from self._entry(thing.place.value, name, thing.place)

    def _submodule(self, path: str, name: str) -> Iterator[Thing]:
        """`shop.db` after `import shop`: a package of Python has its modules, once anyone imported them."""
        folder = path.removesuffix("__init__.py")
        for there in (f"{folder}{name}.py", f"{folder}{name}/__init__.py") if folder != path else ():
            if there in self.index.files:
                yield Module(there)

    def _entry(self, value: ObjectValue, name: str, place: Place) -> Iterator[Thing]:
        """An entry by its name, the last one; what is spread may have it too. What an object surely lacks is null."""
        if not value.open and all(entry.key not in (None, name) for entry in value.entries):
            yield Data(place.at(self._hold(LiteralValue(value.span, "null"))))
            return
        for entry in reversed(value.entries):
            if entry.key == name:
                yield from self.of(place.at(entry.value))
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
            return tuple(one for thing in self.of(place.at(entry.value)) for one in self.member(thing, name, place))
        finally:
            self._spreading.discard(key)

    def _part(self, place: Place, name: str) -> Place:
        return place.at(self._hold(MemberValue(place.value.span, place.value, name)))

    def _hold(self, value: Value) -> Value:
        """A value that no file keeps: what is found of it is known by its identity."""
        self._held.append(value)
        return value

    def _item(self, value: ItemValue, place: Place) -> Iterator[Thing]:
        owners, names = self.of(place.at(value.of)), self.texts(place.at(value.key))
        for thing in owners:
            if names:
                for name in names:
                    yield from self._subscript(thing, name, place)
            elif isinstance(thing, Data) and isinstance(thing.place.value, ObjectValue):
                yield from self._keyed(thing.place.value, thing.place, place.at(value.key))
            elif isinstance(thing, Database):
                yield Collection(None, "computed-collection", thing.driver, thing.name)
            elif isinstance(thing, Client):
                yield Database(dotted=True, driver=thing.driver, name=self.preset(place.at(value.key)))
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
            and not wanted.isdisjoint({_name_of(one) for one in self.of(home.at(entry.computed))} - {""})
        ]
        for entry in found if known and found else (entries or value.entries):
            yield from self.of(home.at(entry.value))

    def _subscript(self, thing: Thing, name: str, place: Place) -> Iterable[Thing]:
        if isinstance(thing, Database):
            return (Collection(name, driver=thing.driver, database=thing.name),)
        return self._member(thing, name, place)

    def _element(self, inner: Value, place: Place) -> Iterator[Thing]:
        for thing in self.of(place.at(inner)):
            match thing:
                case Data(place=Place(value=ListValue(items=items))):
                    for item in items[:_OPTIONS]:
                        yield from self.of(thing.place.at(item))
                case Data(place=Place(value=ObjectValue(entries=entries))):
                    for entry in entries[:_OPTIONS]:
                        if entry.computed is not None:
                            yield from self.of(thing.place.at(entry.computed))
                        elif entry.key is not None:
                            yield Data(thing.place.at(LiteralValue(entry.span, "string", entry.key)))
                case Document():
                    yield thing
                case _:
                    yield Data(place)


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
