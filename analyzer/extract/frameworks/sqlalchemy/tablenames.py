"""Names of tables as classes give them: a text, or a manner of deriving it from the class's own name.

What comes in: what `__tablename__` is or returns. What goes out: a Text or a manner. This module does not know classes.
"""

import re

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.names import call_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.text import Text

_LOWER = re.compile(r"cls\.__name__\.lower\(\)|str\.lower\(cls\.__name__\)")
_SAME = re.compile(r"cls\.__name__")
_SNAKE = re.compile(r"snake|underscore|decamel", re.IGNORECASE)
_AFFIX = re.compile(r"(?P<before>[\w]*)\{(?P<inner>.+)\}(?P<after>[\w]*)")
# A manner that nobody follows.
UNKNOWN = "?"


def table_text(node: Node, scope: Scope) -> Text:
    return scope.text(node)


def manner_of(node: Node | None, scope: Scope, depth: int = 0) -> str:
    """How a function of the class derives the name; "" where it gives one name to all."""
    if node is None or depth > 4:
        return UNKNOWN
    text = folded(node, 400)
    if _LOWER.fullmatch(text):
        return "lower"
    if _SAME.fullmatch(text):
        return "same"
    if node.type == "call":
        function = node.child_by_field_name("function")
        given = call_of(node).positional
        if function is not None and _SNAKE.search(text_of(function)) and given and "__name__" in text:
            return "snake_case"
        if text.endswith(".lower()") and "re.sub" in text and "__name__" in text:
            return "snake_case"
    if node.type == "binary_operator" and text.count("+") == 1:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return _around(left, right, scope, depth)
    if node.type == "string" and "{" in text:
        return _spliced(text, node, scope, depth)
    if node.type == "identifier":
        bound = scope.bound(node)
        if bound is not None and bound[0] != node:
            return manner_of(bound[0], scope, depth + 1)
    return "" if "cls" not in text and node.type in ("string", "attribute", "identifier") else UNKNOWN


def _around(left: Node | None, right: Node | None, scope: Scope, depth: int) -> str:
    """`"app_" + cls.__name__.lower()`."""
    if left is None or right is None:
        return UNKNOWN
    if right.type == "string":
        inner, after = manner_of(left, scope, depth + 1), text_of(right).strip("'\"")
        return f"{{{inner}}}{after}" if inner and inner != UNKNOWN and "{" not in inner else UNKNOWN
    if left.type == "string":
        inner, before = manner_of(right, scope, depth + 1), text_of(left).strip("'\"")
        return f"{before}{{{inner}}}" if inner and inner != UNKNOWN and "{" not in inner else UNKNOWN
    return UNKNOWN


def _spliced(text: str, node: Node, scope: Scope, depth: int) -> str:
    """An f-string around the class's name."""
    match = _AFFIX.fullmatch(text.lstrip("fF").strip("'\""))
    inner = next(
        (child.child_by_field_name("expression") for child in node.children if child.type == "interpolation"), None
    )
    manner = manner_of(inner, scope, depth + 1) if match is not None and inner is not None else UNKNOWN
    if match is None or not manner or manner == UNKNOWN or "{" in manner:
        return UNKNOWN
    return f"{match['before']}{{{manner}}}{match['after']}"
