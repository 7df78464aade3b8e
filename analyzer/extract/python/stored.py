"""What a Python type is in a stored document.

What comes in: the text of an annotation. What goes out: kinds of BSON, and the class or the model it names. Source: the documentation of `typing`, PyMongo's
table of types (https://pymongo.readthedocs.io/en/stable/api/bson/index.html) and Beanie's encoder. This module does not know classes of the project.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from analyzer.facts.document import BsonKind

_KINDS: dict[str, tuple[BsonKind, ...]] = {
    "str": ("string",), "int": ("int", "long"), "float": ("double",), "bool": ("bool",), "bytes": ("binData",), "datetime": ("date",), "date": ("date",),
    "AwareDatetime": ("date",), "NaiveDatetime": ("date",), "PastDatetime": ("date",), "FutureDatetime": ("date",), "timedelta": ("double",),
    "Decimal": ("decimal",), "Decimal128": ("decimal",), "Int64": ("long",), "UUID": ("uuid",), "UUID1": ("uuid",), "UUID4": ("uuid",), "UUID5": ("uuid",),
    "ObjectId": ("objectId",), "PydanticObjectId": ("objectId",), "Binary": ("binData",), "Regex": ("regex",), "Pattern": ("regex",), "None": ("null",),
    "EmailStr": ("string",), "NameEmail": ("string",), "AnyUrl": ("string",), "AnyHttpUrl": ("string",), "HttpUrl": ("string",), "SecretStr": ("string",),
    "constr": ("string",), "conint": ("int", "long"), "confloat": ("double",), "StrictStr": ("string",), "StrictInt": ("int", "long"),
    "StrictFloat": ("double",), "StrictBool": ("bool",), "PositiveInt": ("int", "long"), "NonNegativeInt": ("int", "long"), "NegativeInt": ("int", "long"),
    "PositiveFloat": ("double",), "NonNegativeFloat": ("double",), "IPv4Address": ("string",), "IPv6Address": ("string",), "Path": ("string",),
    "Timestamp": ("timestamp",), "Any": ("mixed",), "object": ("mixed",),
    "dict": ("map",), "Dict": ("map",), "Mapping": ("map",), "MutableMapping": ("map",), "OrderedDict": ("map",), "defaultdict": ("map",),
    "DefaultDict": ("map",),
}  # fmt: skip
_MANY = frozenset(
    {
        "list",
        "List",
        "set",
        "Set",
        "frozenset",
        "FrozenSet",
        "tuple",
        "Tuple",
        "Sequence",
        "Iterable",
        "deque",
        "Deque",
        "Collection",
    }
)
_THROUGH = frozenset({"Annotated", "Indexed", "Final", "Required", "NotRequired", "ReadOnly"})
_LINKS, _BACK = frozenset({"Link"}), frozenset({"BackLink"})
_QUOTED = re.compile(r"""[rRbBuU]?(['"])(.*)\1""", re.DOTALL)
_DEPTH = 8


class Stored(Struct, frozen=True):
    """`shape` is the class it names where that is none that is known, `refers` the model a link leads to; `back` says that nothing is stored."""

    kinds: tuple[BsonKind, ...] = ()
    many: bool = False
    optional: bool = False
    shape: str = ""
    refers: str = ""
    back: bool = False
    members: tuple[str, ...] | None = None


def stored(text: str, depth: int = 0) -> Stored:
    text = text.strip()
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        text = quoted[2].strip()
    if depth > _DEPTH or not text:
        return Stored()
    options = split(text, "|")
    if len(options) > 1:
        return _union(options, depth)
    head, arguments = generic(text)
    name = head.rpartition(".")[2]
    if name == "Optional" and arguments:
        return _union([arguments[0], "None"], depth)
    if name == "Union":
        return _union(arguments, depth)
    if name in _THROUGH:
        return stored(arguments[0], depth + 1) if arguments else Stored()
    if name == "Literal":
        return _literal(arguments)
    if name in _MANY:
        inner = _union(arguments[:1], depth) if arguments else Stored()
        return Stored(inner.kinds, True, False, inner.shape, inner.refers, inner.back, inner.members)
    if name in _LINKS | _BACK:
        refers = stored(arguments[0], depth + 1).shape if arguments else ""
        return Stored(("object",), refers=refers, back=name in _BACK)
    kinds = _KINDS.get(name, ())
    return Stored(kinds, optional=kinds == ("null",), shape="" if kinds else head)


def _literal(arguments: list[str]) -> Stored:
    quoted = [_QUOTED.fullmatch(one) for one in arguments]
    texts = tuple(one[2] for one in quoted if one is not None)
    return Stored(("string",), members=texts) if len(texts) == len(arguments) else Stored()


def _union(parts: Iterable[str], depth: int) -> Stored:
    found = [stored(part, depth + 1) for part in parts]
    plain = [one for one in found if one.kinds != ("null",)]
    optional = len(plain) < len(found) or any(one.optional for one in plain)
    if len(plain) == 1:
        one = plain[0]
        return Stored(one.kinds, one.many, optional, one.shape, one.refers, one.back, one.members)
    known = plain and all(one.kinds and not one.many and not one.refers for one in plain)
    kinds = tuple(dict.fromkeys(kind for one in plain for kind in one.kinds)) if known else ()
    return Stored(kinds, optional=optional)


def generic(text: str) -> tuple[str, list[str]]:
    """`Dict[str, int]` and `Indexed(str, unique=True)`: the name before the brackets, and what is in them."""
    match = re.fullmatch(r"([\w.]+)\s*(?:\[(.*)\]|\((.*)\))?", text, re.DOTALL)
    if match is None:
        return "", []
    inside = match[2] if match[2] is not None else match[3]
    parts = split(inside, ",") if inside else []
    return match[1], [part for part in parts if part and not re.match(r"\w+\s*=[^=]", part)]


def split(text: str, by: str) -> list[str]:
    """The parts of a text between a sign that stands in no brackets and no quotes."""
    parts, level, quote, start = [], 0, "", 0
    for index, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "[({":
            level += 1
        elif sign in "])}":
            level -= 1
        elif sign == by and level == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]
