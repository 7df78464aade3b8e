"""What a value of the program may be: a handle of a database, something of the code, or plain data.

What comes in: nothing. What goes out: frozen values. A Frame says what a function was called with where its body is read for one call of it; frames
and instances are compared by identity, which the maker of them keeps unique. This module does not know how a thing is found.
"""

from msgspec import Struct

from analyzer.facts.call import Function
from analyzer.facts.document import DocumentModel
from analyzer.facts.model import Model
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, Class, Value


class Frame(Struct, frozen=True, eq=False):
    """A function as one call runs it: `path` and `around` are the file and the frame of the call, which is None where only its object is known.

    `of` is the object whose method it is.
    """

    function: Span
    call: "CallValue | None" = None
    around: "Frame | None" = None
    path: str = ""
    of: "Instance | None" = None


class Place(Struct, frozen=True, eq=False):
    """A value with what its names and parameters mean: the file it stands in, the frame of the function around."""

    value: Value
    path: str
    frame: Frame | None = None

    def at(self, value: Value) -> "Place":
        """Another value of the same function."""
        return Place(value, self.path, self.frame)


class Client(Struct, frozen=True):
    """A connection to a server. One of mongoose is a database as well. `driver` is the library that made it, "" where nobody knows."""

    is_database: bool = False
    driver: str = ""


class Database(Struct, frozen=True):
    """A database; `dotted` where collections are its attributes: in Python and in the shell. `name` is "" where only the environment says it."""

    dotted: bool = False
    driver: str = ""
    name: str = ""


class Collection(Struct, frozen=True):
    """A collection; `name` is None where it is not known, `why` then says why."""

    name: str | None
    why: str = ""
    driver: str = ""
    database: str = ""


class ModelOf(Struct, frozen=True):
    """A model of documents, by the file that declares it."""

    model: DocumentModel
    path: str


class Instance(Struct, frozen=True, eq=False):
    """An object of a class; `call` made it, in the file `called` and the frame `around`; None where any object of the class is meant."""

    owner: Class
    path: str
    call: CallValue | None = None
    around: "Frame | None" = None
    called: str = ""


class ClassOf(Struct, frozen=True):
    owner: Class
    path: str


class Document(Struct, frozen=True):
    """A document in memory, of a model."""

    model: DocumentModel
    path: str
    made: Place | None = None
    many: bool = False


class Method(Struct, frozen=True):
    """A function, with the object it is asked of."""

    function: Function
    path: str
    of: Instance | None = None


class Module(Struct, frozen=True):
    path: str


class Shape(Struct, frozen=True):
    """Any value of a type that lists its fields."""

    model: Model
    path: str


class Data(Struct, frozen=True):
    """A value that is none of these."""

    place: Place


Thing = Client | Database | Collection | ModelOf | Instance | ClassOf | Document | Method | Module | Shape | Data


def identity(thing: Thing) -> object:
    """What makes two things one: equality, without comparing the values inside."""
    match thing:
        case ModelOf(model=model, path=path) | Shape(model=model, path=path):
            return type(thing), path, model.span
        case Document(model=model, path=path, many=many):
            return type(thing), path, model.span, many
        case ClassOf(owner=owner, path=path):
            return type(thing), path, owner.span
        case Method(function=function, of=of):
            return type(thing), function.span, id(of)
        case Collection(name=str(name), driver=driver):
            return type(thing), name, driver
        case Data(place=place):
            return type(thing), id(place.value), id(place.frame)
        case _:
            return thing


def home(thing: Thing) -> tuple[str, str]:
    owner = getattr(thing, "owner", None) or getattr(thing, "model", None)
    return (getattr(thing, "path", ""), owner.name) if owner is not None else ("", "")
