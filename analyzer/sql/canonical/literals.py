"""Literals as values: what an engine prints of one may look otherwise than what was written.

What comes in: a literal's node and the type it is cast to or stored in. What goes out: the node of that type's value. What is no known value of its
type stays a string. This module does not know expressions.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from analyzer.facts.source import Dialect
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.types import INTEGERS, NUMBERS, split_type

_NUMBER = re.compile(r"[+-]?(?:\d{1,200}(?:\.\d{0,200})?|\.\d{1,200})(?:[eE][+-]?\d{1,3})?")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?")
# PostgreSQL's documentation, section 8.6.
_TRUE, _FALSE = ("true", "yes", "on", "1", "t", "y"), ("false", "no", "off", "0", "f", "n")
_SPAN = re.compile(
    r"([+-]?\d{1,9}(?:\.\d{1,9})?)\s*([a-z]{1,12})|([+-]?)(\d{1,6}):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,6})?))?"
)
_MONTHS = {"year": 12, "yr": 12, "y": 12, "decade": 120, "century": 1200, "month": 1, "mon": 1}
_DAYS = {"week": 7, "w": 7, "day": 1, "d": 1}
_SECONDS = {"hour": 3600, "hr": 3600, "h": 3600, "minute": 60, "min": 60, "m": 60, "second": 1, "sec": 1, "s": 1}


def is_literal(node: Node) -> bool:
    return node.kind in ("string", "number") or (node.kind == "word" and node.text in ("null", "true", "false"))


def literal(node: Node, type_: str, dialect: Dialect) -> Node:
    """The value as the type has it. A number that a cast would round keeps its cast."""
    name, _, array = split_type(type_)
    if node.text == "null" and node.kind == "word":
        return node
    if dialect == "sqlite" and node.kind != "number":
        return node
    if node.kind == "number":
        return _number(node, name, node.text)
    if array:
        return _array(node, name, dialect)
    if name in NUMBERS:
        return _number(Node("number", node.text), name, node.text)
    reading = _READINGS.get(name)
    return reading(node) if reading is not None else _number_like(node)


def _number(node: Node, name: str, text: str) -> Node:
    if not _NUMBER.fullmatch(text.strip()):
        return node if node.kind == "number" and text[:1].isdigit() else Node("string", text)
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return node
    plain = Node("number", f"{value.normalize():f}" if value else "0")
    if name in INTEGERS and value != value.to_integral_value():
        return Node("cast", name, (plain,))
    return plain


def _number_like(node: Node) -> Node:
    """A string that stands for itself and looks like a number may be stored in one."""
    return node


def _boolean(node: Node) -> Node:
    text = node.text.strip().lower()
    for word, spellings in (("true", _TRUE), ("false", _FALSE)):
        if text in spellings or (len(text) > 1 and spellings[0].startswith(text)):
            return Node("word", word)
    return node


def _jsonb(node: Node) -> Node:
    try:
        value = json.loads(node.text, parse_float=_json_number, parse_int=_json_number)
    except ValueError:
        return node
    return Node("string", json.dumps(value, sort_keys=True, separators=(",", ":")))


def _json_number(text: str) -> str:
    return f"#{_number(Node('number', text), 'numeric', text).text}"


def _interval(node: Node) -> Node:
    """Months, days and seconds: what PostgreSQL keeps of an interval."""
    text = node.text.strip().lower()
    months, days, seconds = Decimal(0), Decimal(0), Decimal(0)
    at = 0
    for match in _SPAN.finditer(text):
        if text[at : match.start()].strip(" @"):
            return node
        at = match.end()
        if match[2]:
            unit, amount = match[2], Decimal(match[1])
            unit = unit if unit in ("s", "century") else unit.removesuffix("s")
            months += amount * _MONTHS.get(unit, 0)
            days += amount * _DAYS.get(unit, 0)
            seconds += amount * _SECONDS.get(unit, 0)
            if unit not in _MONTHS and unit not in _DAYS and unit not in _SECONDS:
                return node
        else:
            amount = Decimal(match[4]) * 3600 + Decimal(match[5]) * 60 + Decimal(match[6] or 0)
            seconds += -amount if match[3] == "-" else amount
    if text[at:].strip() or not text or months % 1 or days % 1:
        return node
    return Node("string", f"{months.normalize():f} months {days.normalize():f} days {seconds.normalize():f} seconds")


def _array(node: Node, name: str, dialect: Dialect) -> Node:
    """`'{a,b}'` is ARRAY['a', 'b'] where no element is quoted or an array."""
    text = node.text.strip()
    inside = text[1:-1]
    if not (text.startswith("{") and text.endswith("}")) or any(sign in inside for sign in '{}"\\'):
        return node
    parts = [part.strip() for part in inside.split(",")] if inside.strip() else []
    items = (Node("word", "null") if part.lower() == "null" else literal(Node("string", part), name, dialect) for part in parts)  # fmt: skip
    return Node("array", "", tuple(items))


def _lower(node: Node) -> Node:
    return Node("string", node.text.strip().lower())


def _relation(node: Node) -> Node:
    return Node("string", node.text.replace('"', "").removeprefix("public."))


_READINGS: dict[str, Callable[[Node], Node]] = {
    "boolean": _boolean, "jsonb": _jsonb, "interval": _interval, "uuid": _lower, "regclass": _relation,
}  # fmt: skip
