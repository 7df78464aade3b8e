"""A literal as PostgreSQL prints it where it is a value of a type.

What comes in: a "constant" node. What goes out: a text; UnreadableError for a type of which the engine may print another spelling. Source:
`get_const_expr` of `ruleutils.c`. This module does not know expressions.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal

from analyzer.sql.canonical.literals import literal
from analyzer.sql.canonical.moments import interval_parts
from analyzer.sql.canonical.tokens import UnreadableError
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.types import split_type
from analyzer.sql.signatures.overloads import category

_INTEGER = re.compile(r"-?\d{1,19}")
_FLOAT = re.compile(r"[+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})(?:[eE][+-]?\d{1,2})?")
_NUMERIC = re.compile(r"-?\d{1,100}(?:\.\d{1,100})?")
# What needs no quotes inside an array.
_ELEMENTS = re.compile(r"\{(?:(?!null)[a-z0-9_]{1,60}(?:,(?!null)[a-z0-9_]{1,60}){0,50})?\}", re.IGNORECASE)
_DIGITS = 100
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TEXTS = frozenset({"text", "character varying", "bpchar", "name", "json", "regconfig", "xml", "citext"})


def quoted_string(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def constant(node: Node) -> str:
    """The text with its type, which integers and booleans do without."""
    (inner,) = node.items
    name, _, array = split_type(node.text)
    if inner.kind == "word" and inner.text == "null":
        return f"NULL::{node.text}"
    if name == "boolean" and not array:
        return _boolean(inner)
    if array:
        if not _ELEMENTS.fullmatch(inner.text) or (name not in _TEXTS and inner.text != "{}"):
            raise UnreadableError(inner.text)
        return f"'{inner.text}'::{node.text}"
    if category(name) == "N" and name not in _TEXTS:
        return _number(inner, name, node.text)
    reading = _READINGS.get(name)
    if reading is not None:
        return f"{quoted_string(reading(inner.text))}::{node.text}"
    if name not in _TEXTS and category(name) != "E":
        raise UnreadableError(name)
    return f"{quoted_string(inner.text)}::{node.text}"


def bare_constant(node: Node) -> str:
    """Without its type, where a cast to the same with a length stands around it."""
    return constant(node).removesuffix(f"::{node.text}")


def _boolean(inner: Node) -> str:
    found = inner if inner.kind == "word" else literal(inner, "boolean", "postgres")
    if found.kind != "word":
        raise UnreadableError(inner.text)
    return found.text


def _number(inner: Node, name: str, shown: str) -> str:
    """Only an integer that is not negative, and a number with a fraction, stand without their type."""
    text = inner.text.strip()
    if _FLOAT.fullmatch(text):
        text = f"{Decimal(text):f}"
        text = text.lstrip("-") if not Decimal(text) else text
    if name == "integer" and _INTEGER.fullmatch(text):
        return str(int(text)) if not text.startswith("-") else f"'{int(text)}'::integer"
    if name in ("bigint", "smallint") and _INTEGER.fullmatch(text):
        return f"'{int(text)}'::{name}"
    if name == "numeric" and _NUMERIC.fullmatch(text):
        return text if "." in text and not text.startswith("-") and shown == name else f"'{text}'::{shown}"
    if name in ("double precision", "real") and _INTEGER.fullmatch(text):
        return f"'{int(text)}'::{name}"
    raise UnreadableError(text)


def _exactly(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise UnreadableError(text)
        return text

    return read


def _moment(text: str) -> str:
    return f"{text} 00:00:00" if _DATE.fullmatch(text) else _exactly(_MOMENT)(text)


def _json(text: str) -> str:
    """The engine's own order, shorter keys first, and spacing."""
    return _json_value(json.loads(text, parse_float=Decimal, parse_int=Decimal))


def _json_value(value: object) -> str:
    match value:
        case dict():
            pairs = {str(key): _json_value(inner) for key, inner in value.items()}
            keys = sorted(pairs, key=lambda key: (len(key.encode()), key.encode()))
            return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {pairs[key]}" for key in keys) + "}"
        case list():
            return f"[{', '.join(map(_json_value, value))}]"
        case Decimal() if abs(value.adjusted()) < _DIGITS:
            return f"{value:f}"
        case Decimal():
            raise UnreadableError(str(value))
        case _:
            return json.dumps(value, ensure_ascii=False)


def _span(text: str) -> str:
    """`1 year 2 mons 3 days 04:05:06`."""
    parts = interval_parts(text)
    if parts is None or min(parts) < 0 or parts[2] % 1:
        raise UnreadableError(text)
    months, days, seconds = map(int, parts)
    amounts = ((months // 12, "year"), (months % 12, "mon"), (days, "day"))
    words = [f"{amount} {unit}{'' if amount == 1 else 's'}" for amount, unit in amounts if amount]
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return " ".join([*words, *([clock] if seconds or not words else [])])


_READINGS: dict[str, Callable[[str], str]] = {
    "date": _exactly(_DATE), "timestamp without time zone": _moment, "uuid": _exactly(_UUID), "jsonb": _json, "interval": _span,
}  # fmt: skip
