"""What a value is, once it is stored: kinds of BSON, and the fields of objects.

What comes in: Values that are closed over the program, and a way to find types by name. What goes out: Stored values. This module does not know collections.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from analyzer.facts.document import BsonKind
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Model
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    TextValue,
    TypedValue,
    Value,
)
from analyzer.program.documents.evaluation.type_texts import parts_of

_DEPTH = 6
_TYPE = re.compile(r"[A-Za-z_$][\w$.]*")
_LITERALS: dict[str, BsonKind] = {
    "string": "string", "int": "int", "float": "double", "bool": "bool", "null": "null", "regex": "regex", "bytes": "binData",
}  # fmt: skip
# Of numbers the languages know less than the database.
_NUMBERS = frozenset({"int", "long", "double", "decimal", "number"})


class Part(Struct, frozen=True):
    """A field inside an object. `certain` is False where it is only there sometimes."""

    span: Span
    name: str
    stored: "Stored"
    certain: bool = True


class Stored(Struct, frozen=True):
    """`kinds` are what the value may be, () where nobody knows; of an array (`many`) what its elements are. `parts` are those of an object.

    `open` is True where an object may hold more than these.
    """

    kinds: tuple[BsonKind, ...] = ()
    many: bool = False
    parts: tuple[Part, ...] = ()
    open: bool = True


UNKNOWN = Stored()

Types = Callable[[str, Span], Model | None]


def stored(value: Value, types: Types, depth: int = 0) -> Stored:
    """What a value is. `types` finds a type by the name that a place gives it."""
    if depth > _DEPTH:
        return UNKNOWN
    match value:
        case LiteralValue(kind=kind):
            return Stored((_LITERALS[kind],), open=False)
        case TextValue():
            return Stored(("string",), open=False)
        case ObjectValue():
            return _object(value, types, depth)
        case ListValue(items=items, open=opened):
            inner = united([stored(item, types, depth + 1) for item in items[:20]])
            return Stored(inner.kinds if not opened else (), True, inner.parts, inner.open or opened)
        case EitherValue(options=options):
            return united([stored(option, types, depth + 1) for option in options])
        case TypedValue(declared=declared, of=inner, span=span):
            found = stored(inner, types, depth + 1)
            return found if found.kinds else typed(declared, span, types, depth + 1)
        case CallValue(callee=MemberValue(of=NameValue(name="Date"), name="now")):
            return Stored(("number",), open=False)
        case CallValue(callee=callee):
            kind = _table()["calls"].get(_last(callee))
            return Stored((kind,), open=False) if kind is not None else UNKNOWN
        case _:
            return UNKNOWN


def _object(value: ObjectValue, types: Types, depth: int) -> Stored:
    parts = tuple(
        Part(entry.span, entry.key, stored(entry.value, types, depth + 1), entry.certain)
        for entry in value.entries
        if entry.key is not None and not entry.key.startswith("$")
    )
    if not parts and value.entries and all((entry.key or "").startswith("$") for entry in value.entries):
        # An expression: what it gives is not known.
        return UNKNOWN
    return Stored(("object",), False, parts, value.open or any(entry.key is None for entry in value.entries))


def typed(text: str, span: Span, types: Types, depth: int = 0) -> Stored:
    """What a value of a type is, by the type's text."""
    if depth > _DEPTH:
        return UNKNOWN
    options = [part.strip().strip("\"'") for part in parts_of(text, "|")]
    found = [_typed(part, span, types, depth) for part in options if part not in ("None", "null", "undefined", "")]
    return united(found) if found else UNKNOWN


def _typed(text: str, span: Span, types: Types, depth: int) -> Stored:
    if text.endswith("[]"):
        inner = typed(text[:-2].strip("()"), span, types, depth + 1)
        return Stored(inner.kinds, True, inner.parts, inner.open)
    name = _TYPE.match(text)
    if name is None:
        return Stored(("string",), open=False) if text[:1] in "\"'`" else UNKNOWN
    last, rest = name[0].rpartition(".")[2], text[name.end() :].strip()
    inside = rest[1:-1] if rest[:1] in ("[", "<") and rest[-1:] in ("]", ">") else ""
    if last == "Literal":
        return Stored(("string",), open=False) if inside[:1] in "\"'" else UNKNOWN
    if last in _table()["lists"]["types"]:
        inner = typed(parts_of(inside, ",")[0], span, types, depth + 1) if inside else UNKNOWN
        return Stored(inner.kinds, True, inner.parts, inner.open)
    if last in _table()["wraps"]["types"]:
        several = parts_of(inside, ",") if last == "Union" else parts_of(inside, ",")[:1]
        return united([typed(part, span, types, depth + 1) for part in several]) if inside else UNKNOWN
    kind = _table()["types"].get(last)
    if kind is not None:
        return UNKNOWN if kind == "mixed" else Stored((kind,), open=False)
    model = types(name[0], span)
    return _modelled(model, types, depth) if model is not None else UNKNOWN


def _modelled(model: Model, types: Types, depth: int) -> Stored:
    parts = tuple(
        Part(field.span, field.column or field.name, typed(field.type.text, field.span, types, depth + 1))
        for field in model.fields
    )
    return Stored(("object",), False, parts, bool(model.bases) or not parts)


def united(several: list[Stored]) -> Stored:
    """What one of several is. Where any of them is unknown, so are the kinds."""
    real = [one for one in several if one.kinds != ("null",)]
    if len(real) == 1:
        return real[0]
    if not real:
        return several[0] if several else Stored((), open=False)
    known = all(one.kinds for one in real)
    kinds = tuple(dict.fromkeys(kind for one in real for kind in one.kinds)) if known else ()
    parts: dict[str, Part] = {}
    for one in real:
        for part in one.parts:
            parts.setdefault(part.name, part)
    return Stored(kinds, any(one.many for one in real), tuple(parts.values()), any(one.open for one in real))


def are_one(first: str, second: str) -> bool:
    """Whether two kinds compare as equal: numbers do, whatever their width."""
    return first == second or (first in _NUMBERS and second in _NUMBERS) or "mixed" in (first, second)


def _last(callee: Value) -> str:
    return callee.name if isinstance(callee, NameValue | MemberValue) else ""


def types_of(files: Callable[[str], FileFacts | None], find: Callable[[str, FileFacts], Model | None]) -> Types:
    """Types by the name that a place gives them."""

    def found(name: str, span: Span) -> Model | None:
        file = files(span.path)
        return find(name, file) if file is not None else None

    return found


def leaves(stored_: Stored, prefix: str = "") -> Iterator[tuple[str, Part]]:
    """The parts of an object with their dotted paths, outermost first."""
    for part in stored_.parts:
        path = f"{prefix}.{part.name}" if prefix else part.name
        yield path, part
        yield from leaves(part.stored, path)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "kinds.toml").read_text(encoding="utf-8"))
