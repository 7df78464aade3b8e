"""Values of one file as a library of documents reads its declarations: the types taken off, names of the file put in.

What comes in: Objects. What goes out: values and plain constants of them. This module does not know any library.
"""

from collections.abc import Iterator

from analyzer.facts.value import (
    CallValue,
    Class,
    EitherValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    Objects,
    ObjectValue,
    TypedValue,
    Value,
)

_STEPS = 6


class DeclaredValues:
    """Look-ups over the values of one file."""

    def __init__(self, objects: Objects) -> None:
        self.classes: dict[str, Class] = {one.name: one for one in objects.classes}
        self._kept: dict[str, list[Value]] = {}
        for one in objects.kept:
            if one.function is None:
                self._kept.setdefault(one.name, []).append(one.value)

    def kept(self, name: str) -> Value | None:
        """What the module or a class keeps under a name that it sets once."""
        found = self._kept.get(name, ())
        return self.plain(found[0]) if len(found) == 1 else None

    def members(self, owner: str) -> Iterator[tuple[str, Value]]:
        """What a class keeps, by name, in the order of the source."""
        for name, values in self._kept.items():
            before, _, last = name.rpartition(".")
            if before == owner:
                yield last, self.plain(values[-1])

    def plain(self, value: Value) -> Value:
        """The value behind types and behind names of this file."""
        for _ in range(_STEPS):
            if isinstance(value, TypedValue):
                value = value.of
            elif isinstance(value, NameValue) and len(self._kept.get(value.name, ())) == 1:
                value = self._kept[value.name][0]
            else:
                break
        return value

    def bases(self, one: Class) -> tuple[str, ...]:
        """Dotted names of what a class takes from."""
        return tuple(name for base in one.bases if (name := dotted(base)))

    def entry(self, value: Value | None, name: str) -> Value | None:
        """An entry of an object, or what a call is given by name."""
        match value:
            case ObjectValue(entries=entries):
                found = next((one.value for one in reversed(entries) if one.key == name), None)
            case CallValue(keywords=keywords):
                found = next((one.value for one in keywords if one.name == name), None)
            case _:
                return None
        return self.plain(found) if found is not None else None

    def items(self, value: Value | None) -> tuple[Value, ...]:
        return tuple(self.plain(one) for one in value.items) if isinstance(value, ListValue) else ()

    def is_true(self, value: Value | None, name: str) -> bool:
        return is_literal(self.entry(value, name), "true")


def is_literal(value: Value | None, text: str) -> bool:
    return isinstance(value, LiteralValue) and value.text == text


def text(value: Value | None) -> str:
    """The characters of a string, "" for anything else."""
    return value.text if isinstance(value, LiteralValue) and value.kind == "string" else ""


def dotted(value: Value | None) -> str:
    """`db.Document` of a name or member; "" for anything else."""
    match value:
        case NameValue(name=name):
            return name
        case MemberValue(of=inner, name=name):
            before = dotted(inner)
            return f"{before}.{name}" if before else ""
        case TypedValue(of=inner):
            return dotted(inner)
        case _:
            return ""


def called(value: Value | None) -> str:
    """The last name of what a call calls: `Field` of `pydantic.Field(..)`."""
    match value:
        case CallValue(callee=NameValue(name=name) | MemberValue(name=name)):
            return name
        case TypedValue(of=inner):
            return called(inner)
        case EitherValue(options=options):
            return called(options[0]) if options else ""
        case _:
            return ""
