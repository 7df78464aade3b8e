"""One expression's text -> its tree, with the precedence of its engine.

What comes in: a text and a dialect. What goes out: a Node, or UnreadableError for what is no plain expression (a subquery, a window). Nothing is
rewritten here but the spelling of operators. This module does not know columns or types' meanings.
"""

from analyzer.facts.source import Dialect
from analyzer.sql.canonical import levels
from analyzer.sql.canonical.levels import AND, AT, COLLATE, COMPARISON, IS, NOT, OR, OTHER, UNARY, XOR
from analyzer.sql.canonical.primary import read_primary
from analyzer.sql.canonical.tokens import Tokens, UnreadableError
from analyzer.sql.canonical.tree import Node, call, operation
from analyzer.sql.canonical.types import read_type

_MATCHES = {
    "like": "like", "ilike": "ilike", "glob": "glob", "regexp": "regexp", "rlike": "regexp", "match": "match", "in": "in", "between": "between",
    "similar": "similar",
}  # fmt: skip
_SPELLED = {
    "!=": "<>", "==": "=", "~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike", "~~~": "like",
}  # fmt: skip
_TESTS = ("null", "true", "false", "unknown", "document", "normalized", "json")


def parse_expression(text: str, dialect: Dialect) -> Node:
    """The tree of the whole text. Raises UnreadableError where it is not all read, RecursionError where it is nested too deeply."""
    tokens = Tokens(text, dialect)
    node = expression(tokens)
    if not tokens.done:
        raise UnreadableError(tokens.peek().text)
    return node


def expression(tokens: Tokens, least: int = 0) -> Node:
    """An expression of operators that bind at least so tightly."""
    left = _prefix(tokens)
    while (found := _next_level(tokens)) >= max(least, OR):
        left = _infix(left, tokens, found)
    return left


def _prefix(tokens: Tokens) -> Node:
    if tokens.accept("not") or (tokens.dialect == "mysql" and tokens.accept("!")):
        return operation("not", expression(tokens, NOT))
    for sign in ("-", "+", "~", "@", "|/", "||/", "!!"):
        if tokens.sees(sign):
            tokens.expect(sign)
            level = UNARY if sign in "-+~" else OTHER + 1
            operand = expression(tokens, level if tokens.dialect != "postgres" or sign in "-+" else OTHER + 1)
            if sign == "-" and operand.kind == "number":
                return Node("number", operand.text[1:] if operand.text.startswith("-") else f"-{operand.text}")
            return operation("neg" if sign == "-" else sign, operand)
    if tokens.dialect == "mysql" and tokens.accept("binary"):
        return Node("cast", "binary", (expression(tokens, UNARY),))
    return _postfix(read_primary(tokens, expression), tokens)


def _postfix(node: Node, tokens: Tokens) -> Node:
    """Casts, subscripts and fields bind more tightly than any operator."""
    while True:
        if tokens.accept("::"):
            node = Node("cast", read_type(tokens), (node,))
        elif tokens.dialect == "postgres" and tokens.accept("["):
            node = _subscript(node, tokens)
        elif tokens.dialect == "postgres" and node.kind != "number" and tokens.accept("."):
            node = operation(f".{tokens.take().text}", node)
        else:
            return node


def _subscript(node: Node, tokens: Tokens) -> Node:
    ends = []
    while not tokens.accept("]"):
        ends.append(Node("word", ":") if tokens.accept(":") else expression(tokens))
    return operation("[]", node, *ends)


def _next_level(tokens: Tokens) -> int:
    """The level of the operator that comes next, -1 where none does."""
    lexeme, dialect = tokens.peek(), tokens.dialect
    if lexeme.kind == "sign":
        return levels.level(lexeme.text, dialect) or -1
    if lexeme.kind != "word":
        return -1
    word = tokens.peek(1).text if lexeme.text == "not" else lexeme.text
    if word in _MATCHES:
        return levels.predicate_level(dialect)
    match lexeme.text:
        case "and":
            return AND
        case "or":
            return OR
        case "xor" if dialect == "mysql":
            return XOR
        case "is":
            return IS if dialect == "postgres" else COMPARISON
        case "isnull" | "notnull":
            return IS if dialect == "postgres" else COMPARISON
        case "not" if word == "null" and dialect == "sqlite":
            return COMPARISON
        case "collate":
            return COLLATE
        case "at" if dialect == "postgres":
            return AT
        case "operator" if dialect == "postgres":
            return OTHER
        case "div" | "mod" if dialect == "mysql":
            return levels.PRODUCT
        case _:
            return -1


def _infix(left: Node, tokens: Tokens, found: int) -> Node:
    lexeme = tokens.take()
    if lexeme.kind == "sign":
        return _signed(left, lexeme.text, tokens, found)
    match lexeme.text:
        case "and" | "or" | "xor" | "div" | "mod" as word:
            return operation("%" if word == "mod" else word, left, expression(tokens, found + 1))
        case "is":
            return _test(left, tokens)
        case "isnull":
            return operation("is null", left)
        case "notnull":
            return operation("is not null", left)
        case "collate":
            return operation(f"collate {_name(tokens)}", left)
        case "at":
            if tokens.accept("local"):
                return call("TIMEZONE", left)
            tokens.expect("time", "zone")
            return call("TIMEZONE", expression(tokens, AT + 1), left)
        case "operator":
            return _signed(left, _operator(tokens), tokens, found)
        case "not" if tokens.accept("null"):
            return operation("is not null", left)
        case "not":
            matched = _match(left, tokens.take().text, tokens, found)
            return operation(f"not {matched.text}", *matched.items)
        case word:
            return _match(left, word, tokens, found)


def _signed(left: Node, sign: str, tokens: Tokens, found: int) -> Node:
    if tokens.dialect == "mysql":
        sign = {"||": "or", "&&": "and"}.get(sign, sign)
    sign = _SPELLED.get(sign, sign) if tokens.dialect != "mysql" or sign == "!=" else sign
    if tokens.peek().text in ("any", "some", "all") and tokens.peek(1).text == "(":
        quantifier = "all" if tokens.take().text == "all" else "any"
        tokens.expect("(")
        inner = expression(tokens)
        tokens.expect(")")
        return operation(f"{sign} {quantifier}", left, inner)
    return operation(sign, left, expression(tokens, found + 1))


def _operator(tokens: Tokens) -> str:
    """`OPERATOR(pg_catalog.=)`."""
    tokens.expect("(")
    sign = ""
    while not tokens.accept(")"):
        lexeme = tokens.take()
        if not lexeme.kind:
            raise UnreadableError("(")
        sign = lexeme.text
    return sign


def _test(left: Node, tokens: Tokens) -> Node:
    """IS [NOT] NULL, TRUE, DISTINCT FROM; in SQLite IS stands between any two."""
    head = "is not" if tokens.accept("not") else "is"
    if tokens.accept("distinct", "from"):
        return operation(f"{head} distinct from", left, expression(tokens, IS + 1))
    if tokens.peek().kind == "word" and tokens.peek().text in _TESTS:
        found = f"{head} {tokens.take().text}"
        if found.endswith("json") and tokens.peek().text in ("value", "object", "array", "scalar"):
            found = f"{found} {tokens.take().text}"
        return operation(found, left)
    if tokens.dialect != "sqlite":
        raise UnreadableError("is")
    # `a IS b` is `a IS NOT DISTINCT FROM b`.
    opposite = "is distinct from" if head == "is not" else "is not distinct from"
    return operation(opposite, left, expression(tokens, COMPARISON + 1))


def _match(left: Node, word: str, tokens: Tokens, found: int) -> Node:
    if word == "in":
        return operation("in", left, *_listed(tokens))
    if word == "between":
        symmetric = tokens.accept("symmetric")
        tokens.accept("asymmetric")
        low = expression(tokens, found + 1)
        tokens.expect("and")
        high = expression(tokens, found + 1)
        return operation("between symmetric" if symmetric else "between", left, low, high)
    if word == "similar":
        tokens.expect("to")
    right = expression(tokens, found + 1)
    escape = (expression(tokens, found + 1),) if tokens.accept("escape") else ()
    if word == "similar":
        return operation("~", left, call("similar_to_escape", right, *escape))
    return operation(_MATCHES[word], left, call("like_escape", right, *escape) if escape else right)


def _listed(tokens: Tokens) -> list[Node]:
    tokens.expect("(")
    items: list[Node] = []
    while not tokens.accept(")"):
        items.append(expression(tokens))
        if not tokens.sees(")"):
            tokens.expect(",")
    return items


def _name(tokens: Tokens) -> str:
    name = tokens.take().text
    while tokens.accept("."):
        name = tokens.take().text
    return name.lower() if tokens.dialect != "postgres" else name
