"""What values are: evaluation over files, names, parameters, objects and what functions give.

What comes in: an Index. What goes out: Things of a Place, () where nobody knows. A parameter is what its function's calls pass, what its default or its type
says; an attribute what its object keeps. The walk is bounded: what is too far is unknown. This module does not know what a query is.
"""

from collections.abc import Iterator

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
from analyzer.program.documents.evaluation.index import Index, is_nothing
from analyzer.program.documents.evaluation.parts import Parts
from analyzer.program.documents.evaluation.things import (
    Data,
    Document,
    Instance,
    Method,
    ModelOf,
    Place,
    Thing,
    identity,
)

_DEPTH, _STEPS, _OPTIONS = 36, 3000, 32
_SELF = ("self", "this", "cls")


class Handles(Parts):
    """Evaluation; what it once found it keeps."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._known: dict[tuple[int, int], tuple[Thing, ...]] = {}
        self._open: set[tuple[int, int]] = set()
        self._steps = 0
        self.walked = 0

    def of(self, place: Place) -> tuple[Thing, ...]:
        """What a value may be."""
        key = (id(place.value), id(place.frame))
        if key in self._known:
            return self._known[key]
        if not self._open:
            self._steps = 0
        self._steps += 1
        self.walked += 1
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

    def is_field(self, value: Value, place: Place) -> bool:
        """`User.email` in `User.email == email`: the field of a model, not what its class gives it."""
        if not isinstance(value, MemberValue):
            return False
        inner = value.of
        while isinstance(inner, MemberValue):
            inner = inner.of
        things = self.of(place.at(inner)) if isinstance(inner, NameValue) else ()
        return bool(things) and all(isinstance(one, ModelOf) and one.model.framework == "beanie" for one in things)

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
                    if not is_nothing(option):
                        yield from self.of(place.at(option))
            case TypedValue(declared=declared, of=inner):
                found = self.of(place.at(inner))
                told = tuple(self.typed(declared, place.path)) if all(map(_is_untold, found)) else ()
                yield from told or found
            case ElementValue(of=inner):
                yield from self._element(inner, place)
            case FunctionValue(span=span) if span in self.index.by_span:
                yield Method(self.index.by_span[span], span.path, self._self(place))
            case ObjectValue(entries=(Entry(key=None, computed=None, value=inner), *_)) if inner.span == value.span:
                # What came from elsewhere, with more put in.
                yield from tuple(one for one in self.of(place.at(inner)) if not isinstance(one, Data)) or (Data(place),)
            case UnknownValue():
                pass
            case _:
                yield Data(place)

    def _name(self, name: str, place: Place) -> Iterator[Thing]:
        if name in _SELF:
            found = self._self(place)
            if found is not None:
                yield self._as_document(found, name) or found
            elif name == "this":
                yield from self._bound(place)
            return
        yield from self.named(place.path, name) or (Data(place),)

    def _bound(self, place: Place) -> Iterator[Thing]:
        """What `this` is in a function of a schema."""
        bound = self.bindings.around(place.path, place.value.span)
        for model, path in self.bindings.models(bound) if bound is not None else ():
            yield ModelOf(model, path) if bound is not None and bound.static else Document(model, path)

    def _as_document(self, found: Instance, name: str) -> Thing | None:
        """An object of a class that is a model of documents."""
        model = self.index.models.get((found.path, found.owner.name))
        if model is None:
            return None
        return ModelOf(model, found.path) if name == "cls" else Document(model, found.path)


def _is_untold(thing: Thing) -> bool:
    """Whether a type says more: a value that is written out says itself what it is."""
    return isinstance(thing, Data) and not isinstance(thing.place.value, ObjectValue | ListValue | LiteralValue)
