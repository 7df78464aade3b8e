"""Values as they are when a call runs: names, parameters and attributes of other files put in, objects that classes list spelled out.

What comes in: a Place. What goes out: a Value that stands for itself; what stays a name or a parameter is not known. An object of a class that lists its
fields is an object with an entry each, typed. This module does not know what the value is for.
"""

from analyzer.facts.model import Field, Model
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    ElementValue,
    Entry,
    ItemValue,
    Keyword,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TextValue,
    TypedValue,
    UnknownValue,
    Value,
)
from analyzer.program.documents.evaluation.extras import keeps_more
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import last_name
from analyzer.program.documents.evaluation.things import Data, Document, Instance, Place, Shape, Thing, home

_DEPTH, _BASES = 14, 8
# How far the walks for one value may go together: each of them is bounded, their number is not.
_STEPS = 20_000
# What gives a dict or a plain object of what it is asked of, or is given; those that leave out what was not set.
_DUMPS = frozenset(
    {
        "dict",
        "model_dump",
        "to_dict",
        "toObject",
        "toJSON",
        "asdict",
        "jsonable_encoder",
        "serialize",
        "lean",
        "as_dict",
        "to_mongo",
        "json",
        "copy",
    }
)
# What stands for something of another place.
_ROOTS = (ParameterValue, ElementValue, MemberValue, ItemValue, TypedValue)
_PARTLY = frozenset({"exclude_unset", "exclude_none", "exclude_defaults", "exclude", "include"})


class Closing:
    """Values closed over a program."""

    def __init__(self, handles: Handles) -> None:
        self.handles = handles
        self._known: dict[tuple[int, int], tuple[Place, Value]] = {}
        self._open: set[tuple[int, int]] = set()
        self._started = 0

    def whole(self, place: Place) -> Value:
        """The value with everything put in that is known."""
        key = (id(place.value), id(place.frame))
        if key in self._known:
            return self._known[key][1]
        if not self._open:
            self._started = self.handles.walked
        if key in self._open or len(self._open) > _DEPTH or self.handles.walked - self._started > _STEPS:
            return place.value
        self._open.add(key)
        try:
            found = self._whole(place)
        finally:
            self._open.discard(key)
        self._known[key] = place, found
        return found

    def _whole(self, place: Place) -> Value:
        value = place.value
        match value:
            case ObjectValue():
                return self._object(value, place)
            case ListValue(span=span, items=items, open=opened):
                return ListValue(span, tuple(self._at(place, item) for item in items), opened)
            case TextValue(span=span, pieces=pieces):
                return _joined(TextValue(span, tuple(self._at(place, piece) for piece in pieces)))
            case EitherValue(span=span, options=options):
                return EitherValue(span, tuple(self._at(place, option) for option in options))
            case CallValue():
                return self._call(value, place)
            case LiteralValue() | UnknownValue():
                return value
            case _:
                return self._meant(value, place)

    def _at(self, place: Place, value: Value) -> Value:
        return self.whole(Place(value, place.path, place.frame))

    def _object(self, value: ObjectValue, place: Place) -> Value:
        entries: list[Entry] = []
        opened = value.open
        for entry in value.entries:
            inner = self._at(place, entry.value)
            if entry.is_spread:
                more = _spread(inner)
                if isinstance(more, ObjectValue):
                    entries += [_under(one, entry) for one in more.entries]
                    opened = opened or more.open
                    continue
            computed = self._at(place, entry.computed) if entry.computed is not None else None
            if isinstance(computed, LiteralValue) and computed.kind == "string":
                entries.append(Entry(entry.span, computed.text, inner, None, entry.certain))
            else:
                entries.append(Entry(entry.span, entry.key, inner, computed, entry.certain))
        return ObjectValue(value.span, tuple(entries), opened)

    def _call(self, value: CallValue, place: Place) -> Value:
        """A call that gives an object of known fields; else itself, with what it is given."""
        name = last_name(value.callee)
        if name in _DUMPS:
            asked = value.callee.of if isinstance(value.callee, MemberValue) and not value.arguments else None
            given = asked if asked is not None else (value.arguments[0] if value.arguments else None)
            shape = self._at(place, given) if given is not None else None
            if isinstance(shape, ObjectValue) and not self._dumps_itself(asked, name, place):
                partly = any(word.name in _PARTLY for word in value.keywords)
                return _partly(shape) if partly else shape
        for thing in self.handles.of(place):
            found = self._of_thing(thing, value)
            if found is not None:
                return found
        arguments = tuple(one if self.handles.is_field(one, place) else self._at(place, one) for one in value.arguments)
        keywords = tuple(Keyword(word.name, self._at(place, word.value)) for word in value.keywords)
        return CallValue(value.span, value.callee, arguments, keywords, value.made, value.open)

    def _dumps_itself(self, asked: Value | None, name: str, place: Place) -> bool:
        """Whether the class of what is asked has a method of its own that makes the dict."""
        index = self.handles.index
        return asked is not None and any(
            (there, f"{owner}.{name}") in index.functions
            for thing in self.handles.of(Place(asked, place.path, place.frame))
            for there, owner in [home(thing)]
        )

    def _meant(self, value: Value, place: Place) -> Value:
        """What a name, a parameter or a part of something is."""
        given = self.handles.given(value, place) if isinstance(value, ParameterValue) else None
        if given is not None:
            return self.whole(given)
        found = [one for thing in self.handles.of(place) if (one := self._of_thing(thing, value)) is not None]
        if isinstance(value, TypedValue):
            inner = self._at(place, value.of)
            if not isinstance(inner, NameValue | MemberValue | UnknownValue) or not found:
                return (
                    inner
                    if isinstance(inner, ObjectValue | ListValue | LiteralValue)
                    else TypedValue(value.span, value.declared, inner)
                )
        if not found and isinstance(value, ParameterValue):
            return self._declared(value)
        if not found:
            return self._part(value, place)
        return _still(found[0], value) if len(found) == 1 else EitherValue(value.span, tuple(found))

    def _part(self, value: Value, place: Place) -> Value:
        """A part of what a caller passes is a part of it there."""
        if not isinstance(value, MemberValue | ItemValue):
            return value
        inner = self._at(place, value.of)
        if not isinstance(inner, _ROOTS):
            return value
        if isinstance(value, ItemValue):
            return ItemValue(value.span, inner, value.key)
        return MemberValue(value.span, inner, value.name)

    def _declared(self, value: ParameterValue) -> Value:
        """A parameter with the type that its function gives it."""
        function = self.handles.index.by_span.get(value.function)
        known = function.parameters[value.index] if function and value.index < len(function.parameters) else None
        return TypedValue(value.span, known.type, value) if known is not None and known.name and known.type else value

    def _of_thing(self, thing: Thing, value: Value) -> Value | None:
        match thing:
            case Data(place=other) if other.value is not value:
                return self.whole(other)
            case Shape(model=model, path=path):
                return self._shape(model, path, value)
            case Instance():
                return self._instance(thing, value)
            case Document(made=Place() as made):
                return self.whole(made)
            case _:
                return None

    def _instance(self, thing: Instance, value: Value) -> Value | None:
        """An object of a class that lists its fields, with what its maker passed."""
        model = self.handles.index.types.get((thing.path, thing.owner.name))
        if model is None or (not model.fields and not model.bases):
            return None
        shape = self._shape(model, thing.path, value)
        if thing.call is None:
            return shape
        given = {word.name: word.value for word in thing.call.keywords if word.name}
        entries = tuple(
            Entry(one.span, one.key, self.whole(Place(given[one.key], thing.called, thing.around)), None, one.certain)
            if one.key in given
            else one
            for one in shape.entries
        )
        return ObjectValue(shape.span, entries, shape.open)

    def _shape(self, model: Model, path: str, value: Value) -> ObjectValue:
        fields: dict[str, Field] = {}
        complete = self._fields(model, path, fields, 0)
        entries = tuple(
            Entry(
                one.span,
                one.column or one.name,
                TypedValue(one.span, one.type.text, UnknownValue(one.span, "field")),
                None,
                True,
            )
            for one in fields.values()
        )
        if isinstance(value, ParameterValue) and not complete:
            # Its type does not say it all: what it is its callers know.
            entries = (Entry(value.span, None, value), *entries)
        return ObjectValue(value.span, entries, not complete)

    def _fields(self, model: Model, path: str, into: dict[str, Field], depth: int) -> bool:
        """Fields of a type and what it takes from, the nearest wins; whether all of them are known."""
        complete = depth < _BASES and not keeps_more(self.handles.index, path, model)
        for field in model.fields:
            into.setdefault(field.name, field)
        for base in model.bases if depth < _BASES else ():
            found = [one for one in self.handles.named(path, base) if not isinstance(one, Data)]
            inner = [
                (shape, there)
                for one in found
                for there, name in [home(one)]
                if (shape := self.handles.index.types.get((there, name))) is not None
            ]
            if inner:
                complete = self._fields(inner[0][0], inner[0][1], into, depth + 1) and complete
            elif base.rpartition(".")[2] not in _PLAIN:
                complete = False
        return complete


def _still(found: Value, value: Value) -> Value:
    """What a value is known to be, without forgetting that it is an element of a loop, or a part of one."""
    if isinstance(found, TypedValue) and isinstance(found.of, UnknownValue):
        return TypedValue(found.span, found.declared, value)
    return value if isinstance(value, ElementValue) and isinstance(found, MemberValue | ItemValue) else found


# Bases that bring no fields.
_PLAIN = frozenset(
    {"BaseModel", "TypedDict", "object", "ABC", "Generic", "Protocol", "Document", "SQLModel", "Enum", "NamedTuple"}
)


def _spread(value: Value) -> Value:
    """What `..(x && {a})` spreads: the object of it, its entries only sometimes there."""
    if isinstance(value, TypedValue):
        return _spread(value.of)
    if not isinstance(value, EitherValue):
        return value
    options = [_spread(one) for one in value.options]
    objects = [one for one in options if isinstance(one, ObjectValue)]
    rest = [one for one in options if not isinstance(one, ObjectValue | LiteralValue)]
    if not objects or any(not isinstance(one, UnknownValue) for one in rest):
        return value
    entries = tuple(
        Entry(entry.span, entry.key, entry.value, entry.computed, False) for one in objects for entry in one.entries
    )
    return ObjectValue(value.span, entries, any(one.open for one in objects))


def _under(entry: Entry, spread: Entry) -> Entry:
    return entry if spread.certain else Entry(entry.span, entry.key, entry.value, entry.computed, False)


def _partly(value: ObjectValue) -> ObjectValue:
    entries = tuple(Entry(one.span, one.key, one.value, one.computed, False) for one in value.entries)
    return ObjectValue(value.span, entries, value.open)


def _joined(value: TextValue) -> Value:
    """A text of nothing but constants is one."""
    texts = [one.text for one in value.pieces if isinstance(one, LiteralValue)]
    return LiteralValue(value.span, "string", "".join(texts)) if len(texts) == len(value.pieces) else value
