"""What MySQL and MariaDB print of functions and conditions: one spelling for several.

What comes in: one node of which the inner ones are plain. What goes out: the node as the engine has it. Source: what MariaDB 10.11 prints of CHECK
constraints. This module does not know literals or parentheses.
"""

from analyzer.sql.canonical.tree import Node, call, operation

_NOW = frozenset({"current_timestamp", "now", "localtime", "localtimestamp"})
_NAMES = {
    "lcase": "lower", "ucase": "upper", "length": "octet_length", "character_length": "char_length", "mid": "substring", "substr": "substring",
    "pow": "power", "curdate": "current_date", "curtime": "current_time", "ceil": "ceiling", "btrim": "trim",
}  # fmt: skip
_MOVED = {"date_add": "+", "adddate": "+", "date_sub": "-", "subdate": "-"}


def plain_call(name: str, items: tuple[Node, ...]) -> Node:
    """A call by the name that is printed, or the operator."""
    match name, items:
        case _ if name in _NOW:
            return call("now", *items)
        case "mod", (_, _):
            return operation("%", *items)
        case "isnull", (_,):
            return operation("is null", *items)
        case "position", (whole, part):
            return call("locate", part, whole)
        case "date", (_,):
            return Node("cast", "date", items)
        case "datediff", (one, other):
            return operation("-", call("to_days", one), call("to_days", other))
        case _ if name in _MOVED and len(items) > 1 and items[1].text == "interval":
            return operation(_MOVED[name], *items)
        case _:
            return call(_NAMES.get(name, name), *items)


def condition(node: Node) -> Node:
    """A column where a condition stands is compared with 0."""
    return operation("<>", node, Node("number", "0")) if node.kind == "name" else node


def opposite(node: Node) -> Node | None:
    """NOT of a column; None for what is a condition already."""
    return operation("=", node, Node("number", "0")) if node.kind == "name" else None
