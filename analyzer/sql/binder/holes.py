"""Holes in a text: what each may stand for, so that the rest can be parsed.

What comes in: a canonical text whose holes are written as names. What goes out: texts of the same length, the likeliest first, in
which every hole is a name, a row, an assignment, an operator or nothing. This module does not parse.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

from msgspec import Struct
from sqlglot import exp

from analyzer.facts.source import Dialect
from analyzer.sql.placeholders import HOLE
from analyzer.sql.scan import Token, scan

SHORT = "slh_"
_LIMIT = 24
_SHORTEST = 3  # characters of a name's end that say which name it is
_LONG = 20_000  # characters: each try is parsed
_NAME = re.compile(f"(?:{HOLE}[0-9]+)+")  # holes that touch are one word
_EXPECT_NAME = frozenset((
    "select", "from", "join", "into", "update", "table", "where", "and", "or", "not", "on", "having", "by",
    "distinct", "all", "set", "values", "limit", "offset", "in", "like", "ilike", "as", "with", "when", "then",
    "else", "case", "between", "is", "using", "any", "returning", "exists", "delete", "recursive", "lateral", "only",
    "interval",
))  # fmt: skip
_FROM_LIKE = frozenset((
    "from", "join", "on", "using", "update", "into", "cross", "left", "right", "inner", "outer", "full", "natural",
    "lateral",
))  # fmt: skip
_BRINGS_RELATIONS = _FROM_LIKE | {"", "with", "("}
_CLAUSES = frozenset((
    "select", "from", "join", "on", "using", "where", "group", "having", "order", "limit", "offset", "set", "values",
    "returning", "update", "into", "union", "with",
))  # fmt: skip


def is_hole(name: str) -> bool:
    return HOLE in name or name.startswith(SHORT)


def end_of(name: str) -> str:
    """What a name with holes ends with: its hole is a prefix glued to it. "" where that says too little."""
    end = _NAME.match(name)
    rest = name[end.end() :].lstrip("_") if end is not None else ""
    return rest if len(rest) >= _SHORTEST and not is_hole(rest) else ""


def is_value_position(node: object) -> bool:
    """True where a hole read as a column can only be a value: compared, inserted, listed or passed to a function."""
    parent = getattr(node, "parent", None)
    if isinstance(parent, exp.Predicate | exp.Binary) and not isinstance(parent, exp.Connector):
        return parent.this is not node or isinstance(parent, exp.Like)
    return isinstance(
        parent, exp.Tuple | exp.In | exp.Func | exp.Limit | exp.Offset | exp.Between | exp.Interval | exp.Cast
    )


def has_holes(sql: str) -> bool:
    return HOLE in sql


class Reading(Struct, frozen=True):
    """A text without holes, and what the holes that vanished from it may have held: relations, items of a select list, any name."""

    text: str
    relations: bool = False
    items: bool = False
    names: bool = False


def variants(sql: str, dialect: Dialect) -> Iterator[Reading]:
    """Texts to try, the likeliest first."""
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment"]
    holes = [index for index, token in enumerate(tokens) if _is_whole_hole(sql, token)]
    # Each hole multiplies the tries: those that follow another one are read as its part.
    choices = [
        (tokens[at], [""] if at - 1 in holes else _choices(sql, tokens, at, _run_end(holes, at))) for at in holes
    ]
    tries = _LIMIT if len(sql) < _LONG else 3
    for picks in islice(product(*(pick for _, pick in choices)), tries):
        out: list[str] = []
        gone: list[str] = []
        at = 0
        for (token, _), pick in zip(choices, picks, strict=True):
            out += (sql[at : token.start], pick.ljust(token.end - token.start))
            gone += [] if pick.strip(",") else [_clause_of(sql, tokens, token)]
            at = token.end
        yield Reading(
            "".join(out) + sql[at:],
            relations=any(clause in _BRINGS_RELATIONS for clause in gone),
            items=any(clause in ("select", "returning", "(", "") for clause in gone),
            names=any(clause not in ("order", "limit", "offset") for clause in gone),
        )


def _is_whole_hole(sql: str, token: Token) -> bool:
    is_hole_word = token.kind == "word" and sql.startswith(HOLE, token.start)
    return is_hole_word and _NAME.fullmatch(sql, token.start, token.end) is not None


def _run_end(holes: list[int], at: int) -> int:
    """The index behind the holes that stand side by side from `at` on."""
    known = set(holes)
    while at in known:
        at += 1
    return at


def _clause_of(sql: str, tokens: list[Token], token: Token) -> str:
    return _clause(sql, tokens, next(at for at, other in enumerate(tokens) if other.start == token.start))


def _choices(sql: str, tokens: list[Token], index: int, end: int) -> list[str]:
    token = tokens[index]
    name = sql[token.start : token.end]
    short = SHORT + name.removeprefix(HOLE)
    before = _word(sql, tokens, index - 1)
    after = _word(sql, tokens, end)
    row, assign = f"({short})", f"{short}={short}"
    if before == "values":
        return [row, name]
    if _clause(sql, tokens, index) == "values" and before == ",":
        return [row, name]
    if (
        _clause(sql, tokens, index) == "set"
        and before in ("set", ",")
        and after in ("", "where", ",", "returning", "from")
    ):
        return [assign, name, ""]
    if before in ("limit", "offset"):
        return ["1", ""]
    if after == ".":
        return [name]
    if _ends_operand(sql, tokens, index - 1):
        operator = ["="] if _starts_operand(sql, tokens, end) else []
        return [*operator, "", ",", name]
    if not before:
        return ["", name]
    return [name, "", "1"]


def _word(sql: str, tokens: list[Token], index: int) -> str:
    return sql[tokens[index].start : tokens[index].end].lower() if 0 <= index < len(tokens) else ""


def _clause(sql: str, tokens: list[Token], index: int) -> str:
    """The keyword whose clause this token is in; brackets that closed before it are passed over."""
    depth = 0
    for at in range(index - 1, -1, -1):
        word = _word(sql, tokens, at)
        if word == ")":
            depth += 1
        elif word == "(":
            if depth == 0:
                return "("
            depth -= 1
        elif depth == 0 and word in _CLAUSES and tokens[at].kind == "word":
            return word
    return ""


def _ends_operand(sql: str, tokens: list[Token], index: int) -> bool:
    if index < 0:
        return False
    token, word = tokens[index], _word(sql, tokens, index)
    if token.kind == "word":
        return word not in _EXPECT_NAME
    return token.kind in ("quoted", "string", "number", "placeholder") or word in (")", "]", "*")


def _starts_operand(sql: str, tokens: list[Token], index: int) -> bool:
    if index >= len(tokens):
        return False
    token, word = tokens[index], _word(sql, tokens, index)
    return token.kind in ("string", "number", "placeholder") or word.startswith((HOLE, "("))
