"""What operators stand between: literals, names, calls, CASE, arrays and rows.

What comes in: tokens at the beginning of an operand. What goes out: a Node. Functions with a grammar of their own (EXTRACT, SUBSTRING, TRIM)
become plain calls with the arguments in the engine's order. This module does not know precedence.
"""

from collections.abc import Callable

from analyzer.sql.canonical.tokens import Lexeme, Tokens, UnreadableError
from analyzer.sql.canonical.tree import Node, call, operation
from analyzer.sql.canonical.types import read_type

Read = Callable[[Tokens], Node]
_VALUES = frozenset({"null", "true", "false", "default"})
# Functions that are called without parentheses.
_BARE = frozenset({
    "current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "current_user", "session_user", "user", "current_role",
    "current_schema", "current_catalog", "utc_timestamp", "utc_date", "utc_time",
})  # fmt: skip
# `date '2024-01-31'`: a type in front of a string.
_TYPES = frozenset({
    "date", "time", "timestamp", "timestamptz", "interval", "bool", "boolean", "int", "integer", "numeric", "json", "jsonb", "point", "uuid", "inet",
    "bit", "float8", "text", "bigint", "timetz", "cidr", "bytea",
})  # fmt: skip
_UNREAD = frozenset({"select", "exists", "with", "values", "over", "filter", "within"})
_UNITS = frozenset({"year", "quarter", "month", "week", "day", "hour", "minute", "second", "microsecond"})


def read_primary(tokens: Tokens, expression: Read) -> Node:
    """The operand that comes next. Raises UnreadableError where none does."""
    lexeme = tokens.peek()
    match lexeme.kind:
        case "number":
            return Node("number", tokens.take().text)
        case "bits" if lexeme.text.startswith("x"):
            return Node("word", f"0{tokens.take().text}")
        case "string" | "bits":
            return _string(tokens)
        case "sign" if tokens.accept("("):
            return _grouped(tokens, expression)
        case "word":
            return _worded(lexeme.text, tokens, expression)
        case "name":
            return _named(tokens, expression)
        case _:
            raise UnreadableError(lexeme.text)


def _string(tokens: Tokens) -> Node:
    """Strings side by side are one."""
    value = tokens.take().text
    while tokens.peek().kind == "string":
        value += tokens.take().text
    return Node("string", value)


def _grouped(tokens: Tokens, expression: Read) -> Node:
    items = _until(")", tokens, expression)
    return items[0] if len(items) == 1 else Node("row", "", tuple(items))


def _until(end: str, tokens: Tokens, expression: Read) -> list[Node]:
    items: list[Node] = []
    while not tokens.accept(end):
        tokens.accept("variadic")
        items.append(expression(tokens))
        if not tokens.sees(end):
            tokens.expect(",")
    return items


def _worded(word: str, tokens: Tokens, expression: Read) -> Node:
    after = tokens.peek(1)
    if word in _UNREAD:
        raise UnreadableError(word)
    if word in _VALUES:
        tokens.take()
        return Node("word", word)
    if word in _BARE and after.text != "(":
        tokens.take()
        return call(word)
    if word == "interval" and tokens.dialect == "mysql" and after.text != "(":
        return _mysql_interval(tokens, expression)
    if tokens.dialect == "mysql" and word.startswith("_") and after.kind == "string":
        tokens.take()
        return _string(tokens)
    if word in _TYPES and (after.kind == "string" or after.text in ("with", "without", "(")):
        found = _typed_literal(tokens)
        if found is not None:
            return found
    match word:
        case "case":
            return _case(tokens, expression)
        case "cast" | "try_cast" if after.text == "(":
            return _cast(tokens, expression)
        case "array" if after.text == "[":
            tokens.expect("array", "[")
            return _array(tokens, expression)
        case "row" if after.text == "(":
            tokens.expect("row", "(")
            return Node("row", "", tuple(_until(")", tokens, expression)))
        case _:
            return _named(tokens, expression)


def _typed_literal(tokens: Tokens) -> Node | None:
    """`interval '1 day'`, `timestamp (3) with time zone '..'`; None where it is something else, with nothing taken."""
    at = tokens.at
    try:
        type_ = read_type(tokens)
    except UnreadableError:
        type_ = ""
    if not type_ or tokens.peek().kind != "string":
        tokens.at = at
        return None
    value = _string(tokens)
    fields = []
    while type_.startswith("interval") and tokens.peek().kind == "word" and tokens.peek().text in (*_UNITS, "to"):
        fields.append(tokens.take().text)
    return Node("cast", " ".join([type_, *fields]), (value,))


def _mysql_interval(tokens: Tokens, expression: Read) -> Node:
    tokens.expect("interval")
    amount = expression(tokens)
    return call("interval", amount, Node("string", tokens.take().text))


def _case(tokens: Tokens, expression: Read) -> Node:
    tokens.expect("case")
    operand = [] if tokens.sees("when") else [expression(tokens)]
    items = list(operand)
    while tokens.accept("when"):
        items.append(expression(tokens))
        tokens.expect("then")
        items.append(expression(tokens))
    otherwise = expression(tokens) if tokens.accept("else") else Node("word", "null")
    tokens.expect("end")
    return Node("case", "operand" if operand else "", (*items, otherwise))


def _cast(tokens: Tokens, expression: Read) -> Node:
    tokens.take()
    tokens.expect("(")
    inner = expression(tokens)
    tokens.expect("as")
    type_ = read_type(tokens)
    tokens.expect(")")
    return Node("cast", type_, (inner,))


def _array(tokens: Tokens, expression: Read) -> Node:
    """Inside ARRAY[...] a bracket is an array too."""
    items: list[Node] = []
    while not tokens.accept("]"):
        items.append(_array(tokens, expression) if tokens.accept("[") else expression(tokens))
        if not tokens.sees("]"):
            tokens.expect(",")
    return Node("array", "", tuple(items))


def _named(tokens: Tokens, expression: Read) -> Node:
    """A column, or a call; what stands in front of a dot is a table, or pg_catalog and public, which are on every path."""
    parts = [_part(tokens.take(), tokens)]
    while tokens.sees(".") and tokens.peek(1).kind in ("word", "name"):
        tokens.expect(".")
        parts.append(_part(tokens.take(), tokens))
    if not tokens.accept("("):
        return Node("name", parts[-1])
    spaces = [part for part in parts[:-1] if part not in ("pg_catalog", "public")]
    name = ".".join([*spaces, parts[-1]])
    found = _special(name, tokens, expression)
    if found is None:
        found = call(name, *_arguments(tokens, expression))
    if tokens.peek().text in _UNREAD:
        raise UnreadableError(tokens.peek().text)
    return found


def _part(lexeme: Lexeme, tokens: Tokens) -> str:
    if lexeme.kind not in ("word", "name"):
        raise UnreadableError(lexeme.text)
    return lexeme.text.lower() if tokens.dialect != "postgres" else lexeme.text


def _arguments(tokens: Tokens, expression: Read) -> list[Node]:
    if tokens.accept("*"):
        tokens.expect(")")
        return [Node("word", "*")]
    is_distinct = tokens.accept("distinct")
    items = _until(")", tokens, expression)
    return [operation("distinct", *items)] if is_distinct else items


def _special(name: str, tokens: Tokens, expression: Read) -> Node | None:
    """Functions whose arguments stand between words; None for the others, with nothing taken."""
    match name:
        case "extract":
            field = Node("string", tokens.take().text.lower())
            if tokens.accept("from"):
                return call(name, field, _last(tokens, expression))
            tokens.expect(",")
            return call(name, field, _last(tokens, expression))
        case "trim":
            return _trim(tokens, expression)
        case "substring" | "overlay" | "position" | "convert":
            return _between_words(name, tokens, expression)
        case _:
            return None


def _last(tokens: Tokens, expression: Read) -> Node:
    found = expression(tokens)
    tokens.expect(")")
    return found


def _trim(tokens: Tokens, expression: Read) -> Node:
    side = tokens.take().text if tokens.peek().text in ("both", "leading", "trailing") else "both"
    name = {"both": "BTRIM", "leading": "LTRIM", "trailing": "RTRIM"}[side]
    if tokens.accept("from"):
        return call(name, *_until(")", tokens, expression))
    first = expression(tokens)
    if tokens.accept("from"):
        return call(name, _last(tokens, expression), first)
    rest = _until(")", tokens, expression) if tokens.accept(",") else []
    if not rest:
        tokens.accept(")")
    return call(name, first, *rest)


def _between_words(name: str, tokens: Tokens, expression: Read) -> Node:
    """`substring(a FROM 2 FOR 3)`, `overlay(a PLACING b FROM 2)`, `position(a IN b)`, `convert(a USING utf8)`."""
    if name == "position":
        first, second = _postponed(tokens, expression)
        return call("POSITION", second, first)
    if name == "convert" and tokens.peek(1).text == ",":
        first = expression(tokens)
        tokens.expect(",")
        type_ = read_type(tokens)
        tokens.expect(")")
        return Node("cast", type_, (first,))
    items, words = [expression(tokens)], []
    while not tokens.accept(")"):
        word = tokens.take().text
        if word not in ("from", "for", "placing", "using", ",", "similar"):
            raise UnreadableError(word)
        words.append(word)
        items.append(Node("string", tokens.take().text) if word == "using" else expression(tokens))
    if words == ["for"]:
        items.insert(1, Node("number", "1"))
    return call(name.upper() if "," not in words and words else name, *items)


def _postponed(tokens: Tokens, expression: Read) -> tuple[Node, Node]:
    """`x IN y)`: IN is no operator here."""
    for at in range(tokens.at, len(tokens.lexemes)):
        if tokens.lexemes[at].kind == "word" and tokens.lexemes[at].text == "in":
            tokens.lexemes[at] = Lexeme("sign", ",")
            break
    first = expression(tokens)
    tokens.expect(",")
    second = expression(tokens)
    tokens.expect(")")
    return first, second
