"""Two spellings of one meaning -> one text.

What comes in: the text of an expression as somebody wrote it or as an engine prints it, a dialect, and what is known of types. What goes out: a text
for comparison, never for people. Engines add casts, spell operators out, and write IN and BETWEEN in full: all of it becomes comparisons joined by
AND and OR, whose operands stand in order. A text that is no plain expression is compared by its words.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from analyzer.facts.source import Dialect
from analyzer.sql.canonical import mysql
from analyzer.sql.canonical.literals import is_literal, literal, number_like
from analyzer.sql.canonical.parse import parse_expression
from analyzer.sql.canonical.tokens import Tokens, UnreadableError
from analyzer.sql.canonical.tree import Node, call, operation, printed_form, rewritten
from analyzer.sql.canonical.typed import typed
from analyzer.sql.canonical.types import INTEGERS, NUMBERS, TEXTS, split_type
from analyzer.sql.scan import scan

_NOW = frozenset({"current_timestamp", "now", "transaction_timestamp"})
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">=", "is distinct from", "like", "ilike"})
_OPPOSITE = {"=": "<>", "<>": "=", "in": "not in"}
# Widening keeps what a comparison says.
_WIDER = TEXTS | NUMBERS


def canonical(expression: str, dialect: Dialect, types: Mapping[str, str] | None = None, target: str = "") -> str:
    """The expression's meaning as a text; equal for two spellings of one. "" for an empty text.

    `types` are the declared types of the columns it may name, `target` is the type of what it is stored in; both only make more spellings equal.
    """
    named = tuple(sorted(types.items())) if types else ()
    return _canonical(expression, dialect, named, target)


def called(expression: str, dialect: Dialect) -> frozenset[str]:
    """The names of the functions that an expression calls, in lower case; none where it cannot be read."""
    try:
        return frozenset(_called(parse_expression(expression, dialect)))
    except (UnreadableError, RecursionError, ValueError):
        return frozenset()


def _called(node: Node) -> Iterator[str]:
    if node.kind == "call":
        yield node.text.rpartition(".")[2].lower()
    for item in node.items:
        yield from _called(item)


@lru_cache(maxsize=8192)
def _canonical(expression: str, dialect: Dialect, types: tuple[tuple[str, str], ...], target: str) -> str:
    if not expression.strip():
        return ""
    try:
        tree = parse_expression(expression, dialect)
        if target and dialect == "sqlite" and tree.kind == "name":
            # A default that is a name is a string ("CREATE TABLE", section 3.2; quoted or not).
            first = Tokens(expression, dialect).peek()
            tree = Node("string", first.text if first.kind == "name" else expression.strip().strip("()"))
        if types and dialect == "postgres":
            tree = _with_types(tree, dict(types))
        tree = rewritten(tree, lambda node: _plain(node, dialect))
        return printed_form(_whole(tree, target, dialect))
    except (UnreadableError, RecursionError, ValueError):
        return _words(expression, dialect)


def _with_types(tree: Node, types: Mapping[str, str]) -> Node:
    """The tree with types where all of it is known, else as it was read."""
    try:
        return typed(tree, types).node
    except (UnreadableError, ValueError):
        return tree


def _whole(tree: Node, target: str, dialect: Dialect) -> Node:
    """A default is of its column's type: a literal is that type's value, a cast to it says nothing."""
    if target and tree.kind == "cast" and split_type(tree.text)[0] == split_type(target)[0]:
        tree = tree.items[0]
    if tree.kind == "string" or (target and is_literal(tree)):
        return literal(tree, target, dialect)
    return tree


def _plain(node: Node, dialect: Dialect) -> Node:
    """One node, of which the inner ones are plain."""
    match node.kind:
        case "number":
            return literal(node, "numeric", dialect)
        case "name" if dialect != "postgres":
            return Node("name", node.text.lower())
        case "word" if dialect != "postgres" and node.text in ("true", "false"):
            return Node("number", "1" if node.text == "true" else "0")
        case "call":
            return _call(node, dialect)
        case "cast" | "coercion":
            return _cast(node, dialect)
        case "conversion":
            return (
                literal(node.items[0], node.text, dialect)
                if is_literal(node.items[0])
                else Node("cast", node.text, node.items)
            )
        case "constant":
            return literal(node.items[0], node.text, dialect)
        case "operation":
            return _operation(node, dialect)
        case _:
            return node


def _call(node: Node, dialect: Dialect) -> Node:
    name = node.text.lower() if node.text.isupper() else node.text
    if dialect == "mysql":
        return mysql.plain_call(name, node.items)
    if name == "btrim" and dialect != "postgres":
        name = "trim"
    if name in _NOW:
        return call("now", *(item for item in node.items if item.text != "6" or dialect != "postgres"))
    if name in ("nextval", "currval", "setval") and node.items and node.items[0].kind == "string":
        sequence = node.items[0].text.replace('"', "").removeprefix("public.")
        return call(name, Node("string", sequence), *node.items[1:])
    return call(name, *node.items)


def _cast(node: Node, dialect: Dialect) -> Node:
    """The cast of a literal is that literal; one to text says nothing of what a text column holds."""
    (inner,) = node.items
    name, modifiers, array = split_type(node.text)
    if is_literal(inner):
        return literal(inner, node.text, dialect)
    if inner.kind == "array" and array:
        return Node(
            "array", "", tuple(literal(item, name, dialect) if is_literal(item) else item for item in inner.items)
        )
    if dialect == "postgres" and name in TEXTS and not modifiers:
        return inner
    if inner.kind == "cast" and inner.text == node.text:
        return inner
    return Node("cast", node.text, node.items)


def _operation(node: Node, dialect: Dialect) -> Node:
    items = node.items
    match node.text:
        case "-" if len(items) == 1 and items[0].kind != "number":
            return operation("neg", *items)
        case "neg" | "-" if len(items) == 1 and items[0].kind == "number":
            text = items[0].text
            return Node("number", text[1:] if text.startswith("-") else "-" + text) if text != "0" else items[0]
        case "+" if len(items) == 1:
            return items[0]
        case "and" | "or" | "AND" | "OR":
            parts = tuple(map(mysql.condition, items)) if dialect == "mysql" else items
            return _joined(node.text.lower(), parts)
        case "not":
            return (mysql.opposite(items[0]) if dialect == "mysql" else None) or _negated(items[0])
        case "is unknown" if dialect == "mysql":
            return operation("is null", *items)
        case text if text.startswith(("not ", "is not ")):
            return _negated(_plain(operation(text.replace("not ", "", 1), *items), dialect))
        case "in":
            return _joined("or", tuple(_compared(dialect, "=", items[0], item) for item in items[1:]))
        case "= any" if items[1].kind == "array":
            return _joined("or", tuple(_compared(dialect, "=", items[0], item) for item in items[1].items))
        case "<> all" if items[1].kind == "array":
            return _joined("and", tuple(_compared(dialect, "<>", items[0], item) for item in items[1].items))
        case "between":
            return _joined(
                "and", (_compared(dialect, ">=", items[0], items[1]), _compared(dialect, "<=", items[0], items[2]))
            )
        case "between symmetric":
            one, other = ((items[1], items[2]), (items[2], items[1]))
            return _joined("or", tuple(_plain(operation("between", items[0], *ends), dialect) for ends in (one, other)))
        case "is distinct from" if Node("word", "null") in items:
            # A comparison with NULL by IS: PostgreSQL prints the test.
            rest = [item for item in items if item != Node("word", "null")] or [items[0]]
            return operation("not", operation("is null", rest[0]))
        case text if text in _COMPARISONS and len(items) == 2:
            return _compared(dialect, text, *items)
        case _:
            return operation(node.text, *items)


def _compared(dialect: Dialect, sign: str, left: Node, right: Node) -> Node:
    return operation(sign, _operand(left, dialect), _operand(right, dialect))


def _operand(node: Node, dialect: Dialect) -> Node:
    """Beside a number PostgreSQL reads a string as one, and beside a text no number may stand: `quantity = '7'` is `quantity = 7`."""
    if dialect == "postgres" and node.kind == "string":
        return number_like(node)
    return _narrow(node)


def _narrow(node: Node) -> Node:
    """What is compared, without a cast to a wider type of its kind."""
    name, modifiers, array = split_type(node.text) if node.kind == "cast" else ("", "", "")
    if name in _WIDER - INTEGERS - {"money"} and not modifiers and not array:
        return node.items[0]
    return node


def _joined(word: str, items: tuple[Node, ...]) -> Node:
    """AND and OR over several, in order and each once: neither says which comes first."""
    flat = {
        printed_form(part): part
        for item in items
        for part in (item.items if item.text == word and item.kind == "operation" else (item,))
    }
    parts = tuple(flat[form] for form in sorted(flat))
    return parts[0] if len(parts) == 1 else operation(word, *parts)


def _negated(inner: Node) -> Node:
    """NOT moves inwards: `NOT IN`, `<> ALL` and `NOT BETWEEN` are comparisons too."""
    if inner.kind == "operation":
        match inner.text:
            case "not":
                return inner.items[0]
            case "and" | "or":
                other = "or" if inner.text == "and" else "and"
                return _joined(other, tuple(_negated(item) for item in inner.items))
            case "=" | "<>":
                return operation(_OPPOSITE[inner.text], *inner.items)
            case "<" | ">" | "<=" | ">=":
                return operation({"<": ">=", ">": "<=", "<=": ">", ">=": "<"}[inner.text], *inner.items)
            case _:
                pass
    return operation("not", inner)


def _words(expression: str, dialect: Dialect) -> str:
    """The tokens of a text, without comments and case of words."""
    return " ".join(_spelled(expression, dialect))


def _spelled(expression: str, dialect: Dialect) -> Iterator[str]:
    for token in scan(expression, dialect):
        text = expression[token.start : token.end]
        if token.kind != "comment":
            yield text.lower() if token.kind == "word" else text
