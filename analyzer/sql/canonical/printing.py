"""A tree with types -> the text that PostgreSQL prints of it.

What comes in: an expression's text, a dialect and the types of the columns. What goes out: what `pg_get_expr` and `pg_get_indexdef` print, or the text
as it was written where a part of it is not known; the other engines keep what was written. Source: `ruleutils.c` of PostgreSQL 18, without
pretty-printing of parentheses. This module does not know which types follow from what.
"""

import re
from collections.abc import Mapping

from analyzer.facts.source import Dialect
from analyzer.sql.canonical.constants import constant, quoted_string
from analyzer.sql.canonical.overloads import UNKNOWN
from analyzer.sql.canonical.parse import parse_expression
from analyzer.sql.canonical.tokens import UnreadableError
from analyzer.sql.canonical.tree import Node
from analyzer.sql.canonical.typed import coerced, typed
from analyzer.sql.canonical.words import RESERVED

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
# What the grammar reads as a call needs no parentheses of its own in an index.
_SPOKEN = frozenset({"current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "current_user", "session_user", "user", "current_role", "current_schema", "current_catalog"})  # fmt: skip


def printed(expression: str, dialect: Dialect, types: Mapping[str, str], target: str = "") -> str:
    """As `pg_get_expr` prints it. `types` are the columns' types as `format_type` prints them; `target` is the type of what a default is stored in."""
    node = _tree(expression, dialect, types, target)
    return expression if node is None else _text(node, shown=False)


def printed_index(expression: str, dialect: Dialect, types: Mapping[str, str]) -> str:
    """As `pg_get_indexdef` prints one column of an index that is an expression."""
    node = _tree(expression, dialect, types, "")
    if node is None:
        return expression
    text = _text(node, shown=False)
    return text if node.kind == "call" else f"({text})"


def _tree(expression: str, dialect: Dialect, types: Mapping[str, str], target: str) -> Node | None:
    if dialect != "postgres":
        return None
    try:
        found = typed(parse_expression(expression, dialect), types)
        node = coerced(found, target or ("text" if found.type == UNKNOWN else found.type))
        _text(node, shown=False)
    except (UnreadableError, RecursionError, ValueError):
        return None
    return node


def _text(node: Node, *, shown: bool) -> str:
    """`shown` is True where casts that nobody wrote are printed too: in arguments, not at the top."""
    match node.kind:
        case "name":
            return quoted_name(node.text)
        case "constant":
            return constant(node)
        case "coercion" if not shown:
            return _text(node.items[0], shown=False)
        case "cast" | "coercion":
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
    items = [_text(item, shown=True) for item in node.items]
    match node.text:
        case "extract":
            return f"EXTRACT({node.items[0].items[0].text} FROM {items[1]})"
        case "TIMEZONE" if len(items) > 1:
            return f"({items[1]} AT TIME ZONE {items[0]})"
        case "SUBSTRING":
            return f"SUBSTRING({' '.join(part for pair in zip(('', 'FROM ', 'FOR '), items, strict=False) for part in (''.join(pair),))})"
        case "BTRIM" | "LTRIM" | "RTRIM":
            side = {"B": "BOTH", "L": "LEADING", "R": "TRAILING"}[node.text[0]]
            what = f"{items[1]} " if len(items) > 1 else ""
            return f"TRIM({side} {what}FROM {items[0]})"
        case "POSITION":
            return f"POSITION(({items[1]}) IN ({items[0]}))"
        case "OVERLAY":
            words = ("", "PLACING ", "FROM ", "FOR ")
            return f"OVERLAY({' '.join(map(''.join, zip(words, items, strict=False)))})"
        case _:
            name = node.text if node.text.isupper() or "." in node.text else quoted_name(node.text)
            return f"{name}({', '.join(items)})"


def _case(node: Node) -> str:
    lines = ["CASE"]
    pairs = node.items[:-1]
    for condition, value in zip(pairs[::2], pairs[1::2], strict=True):
        lines.append(f"    WHEN {_text(condition, shown=False)} THEN {_text(value, shown=True)}")
    lines += [f"    ELSE {_text(node.items[-1], shown=True)}", "END"]
    return "\n".join(lines)


def _operation(node: Node) -> str:
    match node.text:
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
