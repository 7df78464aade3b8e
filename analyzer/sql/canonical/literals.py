"""Literals as values: what an engine prints of one may look otherwise than what was written.

What comes in: a literal's node and the type it is cast to or stored in. What goes out: the node of that type's value. What is no known value of its
type stays a string. This module does not know expressions.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from analyzer.facts.source import Dialect
from analyzer.sql.canonical.moments import interval_parts, moment, time_of_day
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.types import INTEGERS, NUMBERS, split_type

_NUMBER = re.compile(r"[+-]?(?:\d{1,200}(?:\.\d{0,200})?|\.\d{1,200})(?:[eE][+-]?\d{1,3})?")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?")
_ELEMENT = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}\\]+))\s*(?:,|$)', re.DOTALL)
_ELEMENTS = re.compile(
    r'(?:(?:\s*"(?:[^"\\]|\\.)*"\s*|[^",{}\\]+)(?:,(?:\s*"(?:[^"\\]|\\.)*"\s*|[^",{}\\]+))*)?', re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MYSQL_NUMBERS = frozenset({"tinyint", "smallint", "mediumint", "int", "integer", "bigint", "decimal", "numeric", "double", "float", "real"})  # fmt: skip
# PostgreSQL's documentation, section 8.6.
_TRUE, _FALSE = ("true", "yes", "on", "1", "t", "y"), ("false", "no", "off", "0", "f", "n")


def is_literal(node: Node) -> bool:
    return node.kind in ("string", "number") or (node.kind == "word" and node.text in ("null", "true", "false"))


def literal(node: Node, type_: str, dialect: Dialect) -> Node:
    """The value as the type has it. A number that a cast would round keeps its cast."""
    name, _, array = split_type(type_)
    if node.text == "null" and node.kind == "word":
        return node
    if dialect == "sqlite" and node.kind != "number":
        return node
    if node.kind == "number" or (dialect == "mysql" and name.split(" ")[0] in _MYSQL_NUMBERS):
        return _number(node, name, node.text)
    if array:
        return _array(node, name, dialect)
    if name == "money":
        return _money(node)
    if name in NUMBERS and node.text.strip().lower() in ("infinity", "-infinity", "nan"):
        return Node("string", node.text.strip().lower())
    if name in NUMBERS:
        return _number(Node("number", node.text), name, node.text)
    reading = _READINGS.get(name)
    return reading(node) if reading is not None else node


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


def number_like(node: Node) -> Node:
    """A string that looks like a plain number, as that number."""
    return _number(Node("number", node.text), "numeric", node.text) if _PLAIN.fullmatch(node.text) else node


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
    parts = interval_parts(node.text)
    if parts is None:
        return node
    return Node("string", " ".join(f"{part.normalize():f}" for part in parts))


def _array(node: Node, name: str, dialect: Dialect) -> Node:
    """`'{a,"b c"}'` is ARRAY['a', 'b c'] where no element is an array."""
    text = node.text.strip()
    inside = text[1:-1]
    if not (text.startswith("{") and text.endswith("}")) or not _ELEMENTS.fullmatch(inside):
        return node
    items = []
    for match in _ELEMENT.finditer(inside):
        bare = (match[2] or "").strip()
        is_null = match[1] is None and bare.lower() == "null"
        value = _ESCAPE.sub(r"\1", match[1]) if match[1] is not None else bare
        items.append(Node("word", "null") if is_null else literal(Node("string", value), name, dialect))
    return Node("array", "", tuple(items))


def _dated(type_: str) -> Callable[[Node], Node]:
    return lambda node: Node("string", moment(node.text, type_) or node.text)


def _timed(node: Node) -> Node:
    return Node("string", time_of_day(node.text) or node.text)


def _bytes(node: Node) -> Node:
    """Without a backslash, the text's own bytes."""
    if node.text.startswith("\\x"):
        return Node("string", node.text.lower())
    return node if "\\" in node.text else Node("string", "\\x" + node.text.encode().hex())


def _money(node: Node) -> Node:
    return _number(Node("number", node.text), "money", node.text.replace("$", "").replace(",", "") or "0")


def _lower(node: Node) -> Node:
    return Node("string", node.text.strip().lower())


def _relation(node: Node) -> Node:
    return Node("string", node.text.replace('"', "").removeprefix("public."))


_READINGS: dict[str, Callable[[Node], Node]] = {
    "boolean": _boolean, "jsonb": _jsonb, "interval": _interval, "uuid": _lower, "regclass": _relation, "time without time zone": _timed,
    "bytea": _bytes, '"char"': lambda node: Node("string", node.text[:1]),
    **{name: _dated(name) for name in ("date", "timestamp without time zone", "timestamp with time zone")},
}  # fmt: skip
