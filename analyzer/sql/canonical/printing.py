"""A tree with types -> the text that PostgreSQL prints of it.

What comes in: an expression's text, a dialect and the types of the columns. What goes out: what `pg_get_expr` and `pg_get_indexdef` print, or the text
as it was written where a part of it is not known; the other engines keep what was written. Source: `ruleutils.c` of PostgreSQL 18, without
pretty-printing of parentheses. This module does not know which types follow from what.
"""

import re
from collections.abc import Mapping

from analyzer.facts.source import Dialect
from analyzer.sql.canonical.constants import bare_constant, constant, quoted_string
from analyzer.sql.canonical.parse import parse_expression
from analyzer.sql.canonical.tokens import UnreadableError
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.typed import coerced, plain_type, typed
from analyzer.sql.canonical.types import split_type
from analyzer.sql.canonical.words import RESERVED
from analyzer.sql.signatures.overloads import UNKNOWN

_BREAK = "\x1f"
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_SUBSTRING, _OVERLAY = ("", "FROM ", "FOR "), ("", "PLACING ", "FROM ", "FOR ")
# Arguments between words are printed without the casts that nobody wrote; these have an upper-case name only.
_ARGUED = frozenset({"COALESCE", "GREATEST", "LEAST", "NULLIF"})
_SPOKEN = frozenset({"current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "current_user", "session_user", "user", "current_role", "current_schema", "current_catalog"})  # fmt: skip


def printed(expression: str, dialect: Dialect, types: Mapping[str, str], target: str = "") -> str:
    """As `pg_get_expr` prints it. `types` are the columns' types as `format_type` prints them; `target` is the type of what a default is stored in."""
    node = _tree(expression, dialect, types, target)
    return expression if node is None else _line(node)


def printed_index(expression: str, dialect: Dialect, types: Mapping[str, str]) -> str:
    """As `pg_get_indexdef` prints one column of an index that is an expression: what is no call stands in parentheses of its own."""
    node = _tree(expression, dialect, types, "")
    if node is None:
        return expression
    while node.kind == "operation" and node.text.startswith("collate "):
        (node,) = node.items
    text = _line(node)
    return text if node.kind in ("call", "name") else f"({text})"


def _tree(expression: str, dialect: Dialect, types: Mapping[str, str], target: str) -> Node | None:
    if dialect != "postgres":
        return None
    try:
        found = typed(parse_expression(expression, dialect), types)
        node = coerced(found, plain_type(target) or ("text" if found.type == UNKNOWN else found.type))
        _text(node, shown=False)
    except (UnreadableError, RecursionError, ValueError):
        return None
    return node


def _line(node: Node) -> str:
    """Lines are broken by `_BREAK` up to here: a newline inside a string is no line's end."""
    return _text(node, shown=False).replace(f" {_BREAK}", _BREAK).replace(_BREAK, "\n")


def _text(node: Node, *, shown: bool) -> str:
    """`shown` is True where casts that nobody wrote are printed too: in arguments, not at the top."""
    match node.kind:
        case "name":
            return quoted_name(node.text)
        case "constant":
            return constant(node)
        case "string":
            return quoted_string(node.text)
        case "coercion" if not shown:
            return _text(node.items[0], shown=False)
        case "cast" if node.items[0].kind == "constant" and node.items[0].text == split_type(node.text)[0]:
            return f"{bare_constant(node.items[0])}::{node.text}"
        case "cast" | "coercion" | "conversion":
            return f"({_text(node.items[0], shown=False)})::{node.text}"
        case "array":
            items = ", ".join(_text(item, shown=True) for item in node.items)
            return f"ARRAY[{items}]" + (f"::{node.text}" if node.text else "")
        case "call":
            return _call(node)
        case "case":
            return _case(node)
        case "operation":
            return _operation(node)
        case _:
            raise UnreadableError(node.text)


def quoted_name(name: str) -> str:
    """Quoted where PostgreSQL needs it."""
    return name if _PLAIN.fullmatch(name) and name not in RESERVED else '"' + name.replace('"', '""') + '"'


def _call(node: Node) -> str:
    if node.text in _SPOKEN:
        return node.text.upper()
    items = [_text(item, shown=not node.text.isupper() or node.text in _ARGUED) for item in node.items]
    match node.text:
        case "extract":
            return f"EXTRACT({node.items[0].items[0].text} FROM {_text(node.items[1], shown=False)})"
        case "TIMEZONE" if len(items) > 1:
            return f"({items[1]} AT TIME ZONE {items[0]})"
        case "SUBSTRING":
            return f"SUBSTRING({' '.join(map(''.join, zip(_SUBSTRING, items, strict=False)))})"
        case "BTRIM" | "LTRIM" | "RTRIM":
            side = {"B": "BOTH", "L": "LEADING", "R": "TRAILING"}[node.text[0]]
            what = f"{items[1]} " if len(items) > 1 else ""
            return f"TRIM({side} {what}FROM {items[0]})"
        case "POSITION":
            return f"POSITION(({items[1]}) IN ({items[0]}))"
        case "OVERLAY":
            return f"OVERLAY({' '.join(map(''.join, zip(_OVERLAY, items, strict=False)))})"
        case _:
            name = node.text if node.text.isupper() or "." in node.text else quoted_name(node.text)
            return f"{name}({', '.join(items)})"


def _case(node: Node) -> str:
    """Begins on a line of its own; one inside another is indented."""
    lines = []
    pairs = node.items[:-1]
    for condition, value in zip(pairs[::2], pairs[1::2], strict=True):
        lines.append(f"WHEN {_text(condition, shown=False)} THEN {_text(value, shown=True)}")
    lines.append(f"ELSE {_text(node.items[-1], shown=True)}")
    inside = "".join(f"{_BREAK}{line}" for line in lines).replace(f" {_BREAK}", _BREAK).replace(_BREAK, f"{_BREAK}    ")
    return f"{_BREAK}CASE{inside}{_BREAK}END"


def _operation(node: Node) -> str:
    match node.text:
        case "AND" | "OR":
            return f"({f' {node.text} '.join(_text(item, shown=False) for item in node.items)})"
        case "and" | "or":
            return f"({f' {node.text.upper()} '.join(_text(item, shown=False) for item in _flat(node))})"
        case "not":
            return f"(NOT {_text(node.items[0], shown=False)})"
        case "is not distinct from":
            left, right = (_text(item, shown=True) for item in node.items)
            return f"(NOT ({left} IS DISTINCT FROM {right}))"
        case "[]":
            base = _text(node.items[0], shown=True)
            inner = base if node.items[0].kind == "name" else f"({base})"
            return f"{inner}[{_text(node.items[1], shown=False)}]"
        case text if text.startswith("collate "):
            return f"({_text(node.items[0], shown=True)} COLLATE {quoted_name(text.removeprefix('collate '))})"
        case text if text.endswith((" any", " all")):
            left, right = (_text(item, shown=True) for item in node.items)
            return f"({left} {text[:-4]} {text[-3:].upper()} ({right}))"
        case text if len(node.items) == 1:
            item = _text(node.items[0], shown=True)
            return f"({item} {text.upper()})" if text.startswith("is ") else f"({text} {item})"
        case text:
            left, right = (_text(item, shown=True) for item in node.items)
            return f"({left} {text.upper() if text.startswith('is ') else text} {right})"


def _flat(node: Node) -> list[Node]:
    """`a AND b AND c` is one list, and so is what parentheses hold on the left."""
    left = node.items[0]
    inner = _flat(left) if left.kind == "operation" and left.text == node.text else [left]
    return [*inner, *node.items[1:]]


__all__ = ["printed", "printed_index", "quoted_name", "quoted_string"]
