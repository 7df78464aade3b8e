"""A literal as PostgreSQL prints it where it is a value of a type.

What comes in: a "constant" node. What goes out: a text; UnreadableError for a type of which the engine may print another spelling. Source:
`get_const_expr` of `ruleutils.c`. This module does not know expressions.
"""

import re
from collections.abc import Callable

from analyzer.sql.canonical.literals import literal
from analyzer.sql.canonical.overloads import category
from analyzer.sql.canonical.tokens import UnreadableError
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.types import split_type

_INTEGER = re.compile(r"-?\d{1,19}")
_NUMERIC = re.compile(r"-?\d{1,100}(?:\.\d{1,100})?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SPAN = re.compile(r"(\d{1,6}) (day|mon|year)s?")
_TEXTS = frozenset({"text", "character varying", "bpchar", "name", "json", "regconfig", "xml", "citext"})


def quoted_string(value: str) -> str:
    if "\\" in value:
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
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
        if inner.text.strip() != "{}":
            raise UnreadableError(inner.text)
        return f"'{{}}'::{node.text}"
    if category(name) == "N" and name not in _TEXTS:
        return _number(inner, name, node.text)
    reading = _READINGS.get(name)
    if reading is not None:
        return f"{quoted_string(reading(inner.text))}::{node.text}"
    if name not in _TEXTS and category(name) != "E":
        raise UnreadableError(name)
    return f"{quoted_string(inner.text)}::{node.text}"


def _boolean(inner: Node) -> str:
    found = inner if inner.kind == "word" else literal(inner, "boolean", "postgres")
    if found.kind != "word":
        raise UnreadableError(inner.text)
    return found.text


def _number(inner: Node, name: str, shown: str) -> str:
    """Only an integer that is not negative, and a number with a fraction, stand without their type."""
    text = inner.text.strip()
    if inner.kind == "number" and text.startswith("."):
        text = f"0{text}"
    if name == "integer" and _INTEGER.fullmatch(text):
        return str(int(text)) if not text.startswith("-") else f"'{int(text)}'::integer"
    if name in ("bigint", "smallint") and _INTEGER.fullmatch(text):
        return f"'{int(text)}'::{name}"
    if name == "numeric" and _NUMERIC.fullmatch(text):
        return text if "." in text and not text.startswith("-") and shown == name else f"'{text}'::{shown}"
    if name == "double precision" and _INTEGER.fullmatch(text):
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
    """Of what is not empty the engine prints its own order and spacing."""
    bare = "".join(text.split())
    if bare not in ("{}", "[]", "null", "true", "false") and not bare.isdigit():
        raise UnreadableError(text)
    return bare


def _span(text: str) -> str:
    found = _SPAN.fullmatch(text)
    if found is None or (found[2] == "mon" and int(found[1]) >= 12):
        raise UnreadableError(text)
    return f"{int(found[1])} {found[2]}{'' if int(found[1]) == 1 else 's'}"


_READINGS: dict[str, Callable[[str], str]] = {
    "date": _exactly(_DATE), "timestamp without time zone": _moment, "uuid": _exactly(_UUID), "jsonb": _json, "interval": _span,
}  # fmt: skip
