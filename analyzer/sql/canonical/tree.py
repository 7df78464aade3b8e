"""The tree of an expression: one node type, so that whole trees are compared, hashed and rewritten by one function each.

This module does not know any dialect.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

NodeKind = Literal[
    "name", "number", "string", "word", "call", "operation", "cast", "case", "array", "row", "constant", "coercion",
    "conversion",
]  # fmt: skip


class Node(Struct, frozen=True):
    """`text` is the name, the literal's value, the function, the operator or the type; `items` the operands.

    A "word" is null, true, false or a keyword that stands for a value. A "case" has (condition, value) pairs, an "operand" beside them where it
    compares one (then `text` is "operand"), and its ELSE last. A "cast" has one item. Only a tree with types has a "constant" (a literal that is a
    value of the type `text`), a "coercion" (a cast that nobody wrote) and a "conversion" (one that had to be written).
    """

    kind: NodeKind
    text: str
    items: tuple["Node", ...] = ()


def rewritten(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node changed, the inner ones first."""
    items = tuple(rewritten(item, change) for item in node.items)
    return change(Node(node.kind, node.text, items) if items else node)


def printed_form(node: Node) -> str:
    """The tree as a text that no other tree has."""
    match node.kind:
        case "string":
            return "'" + node.text.replace("'", "''") + "'"
        case "name":
            return node.text if node.text.isidentifier() else '"' + node.text.replace('"', '""') + '"'
        case "number" | "word":
            return node.text
        case "call":
            return f"{node.text}({', '.join(printed_form(item) for item in node.items)})"
        case _:
            head = node.text if node.kind == "operation" else f"{node.kind}:{node.text}"
            return "(" + " ".join([head, *(printed_form(item) for item in node.items)]) + ")"


def operation(text: str, *items: Node) -> Node:
    return Node("operation", text, items)


def call(text: str, *items: Node) -> Node:
    return Node("call", text, items)
