"""Random expressions of SQLite.

What comes in: draws of hypothesis, the relations in reach. What goes out: SQL. Sources: sqlite.org/lang_expr.html, lang_corefunc.html, lang_aggfunc.html,
lang_datefunc.html, json1.html, lang_mathfunc.html, windowfunctions.html. This module does not know statements: a subquery is asked for.
"""

import re
from collections.abc import Callable

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import Draw, chance, pick

_LITERALS = {
    "int": ("1", "2", "0", "-3", "TRUE", "0x10", "9223372036854775808"),
    "real": ("1.5", "2e3", ".5"),
    "text": ("'a'", "'it''s'", "''", "'12'", "'{\"a\": [1, null]}'", "'now'"),
    "blob": ("x'00ff'", "X''"),
    "any": ("NULL", "1", "'a'", "2.5", "CURRENT_TIMESTAMP", "FALSE"),
}
_PARAMETERS = ("?", "?1", "?2", ":x", "@x", "$x")
# Calls by what they give, {} for an operand; `{t}` for a text.
_CALLS = {
    "int": ("length({})", "instr({t}, {t})", "unicode({t})", "abs({i})", "sign({})", "json_valid({t})", "json_array_length('[1]')", "random()", "changes()",
            "last_insert_rowid()", "glob({t}, {t})", "like({t}, {t})", "unixepoch('now')", "ifnull({i}, {i})", "max({i}, {i})", "min({i}, {i}, 3)", "total_changes()",
            "json_array_length({j}, '$.a')", "octet_length({t})", "iif({}, {i}, {i})", "nullif({i}, {i})"),
    "real": ("round({}, 1)", "round({})", "julianday({t})", "abs({r})", "sqrt({})", "pow({}, {})", "pi()", "floor({r})", "ceil({})", "ln({})", "log({}, {})", "mod({}, {})", "trunc({r})",
             "exp({i})", "degrees({})", "sin({})"),
    "text": ("lower({t})", "upper({})", "trim({t})", "trim({t}, {t})", "ltrim({t})", "substr({t}, 1, {i})", "substr({t}, 2)", "replace({t}, {t}, {t})", "hex({})", "quote({})", "typeof({})",
             "printf('%d-%s', {}, {})", "format('%s', {})", "char(65, {i})", "date({t})", "datetime('now', '-1 day')", "strftime('%Y', {t})", "json({j})", "json_array({}, {t})", "json_object('a', {t})",
             "json_quote({t})", "json_type({j})", "json_set({j}, '$.a', {t})", "coalesce({t}, {t}, 'z')", "ifnull({t}, 'x')", "time('now')", "json_remove({j}, '$.a')", "json_patch({j}, {j})",
             "json_insert({j}, '$.b', {t})", "sqlite_version()", "concat({}, {t})", "concat_ws(',', {}, {t})", "substring({t}, 1)", "json_group_array_no({})", "likely({t})"),
    "blob": ("zeroblob(2)", "randomblob(4)", "jsonb({j})", "unhex('00')", "substr({b}, 1)"),
    "any": ("coalesce({}, {})", "nullif({}, {})", "iif({}, {}, {})", "ifnull({}, {})", "max({}, {})", "min({}, {})", "json_extract({j}, '$.a')", "likely({})", "unlikely({})", "lower()", "abs({}, {})",
            "nonesuch({})", "iif({}, {})", "json_extract({j}, '$.a', '$.b')", "substr({})", "if({}, {}, {})"),
}  # fmt: skip
_AGGREGATES = (
    "count(*)", "count({})", "count(DISTINCT {})", "sum({i})", "sum({})", "total({})", "avg({})", "min({})", "max({t})", "group_concat({t})", "group_concat({t}, '-')", "group_concat(DISTINCT {t})",
    "json_group_array({t})", "json_group_object({t}, {t})", "count({}) FILTER (WHERE {})", "sum({r}) FILTER (WHERE {} > 1)", "string_agg({t}, ',')", "max({i}) + 1", "coalesce(sum({i}), 0)", "group_concat({t}, ',' ORDER BY {})",
    "coalesce(max({}), min({}))", "count()", "sum()",
)  # fmt: skip
_WINDOWS = (
    "row_number() OVER ({w})", "rank() OVER ({w})", "dense_rank() OVER (ORDER BY {})", "ntile(2) OVER ({w})", "lag({}) OVER ({w})", "lead({}, 1, {}) OVER ({w})", "first_value({}) OVER ({w})", "last_value({}) OVER (PARTITION BY {})",
    "nth_value({}, 2) OVER ({w})", "sum({i}) OVER ({w})", "count(*) OVER ()", "percent_rank() OVER ({w})", "cume_dist() OVER ({w})", "avg({}) OVER ({w} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)", "max({}) FILTER (WHERE {}) OVER ({w})",
    "count({}) OVER named", "sum({}) OVER (named ORDER BY {})",
)  # fmt: skip
_BINARY = ("+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>")
_TESTS = (
    "=",
    "==",
    "<>",
    "!=",
    "<",
    ">=",
    "IS",
    "IS NOT",
    "LIKE",
    "GLOB",
    "NOT LIKE",
    "IS DISTINCT FROM",
    "IS NOT DISTINCT FROM",
)
_CASTS = ("INTEGER", "TEXT", "REAL", "BLOB", "NUMERIC", "VARCHAR(10)", "DECIMAL(4, 1)")
_KINDS = ("int", "real", "text", "blob", "any", "any")


class Source(Struct):
    """A relation of FROM. `merged` are columns of it that a join made one of several."""

    alias: str
    columns: list[str]
    rowid: bool = False


class Reach(Struct):
    """What an expression may name. `outputs` are names of the select list, where a clause sees them."""

    sources: list[Source] = field(default_factory=list)
    outer: "Reach | None" = None
    outputs: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    windows: bool = False
    aggregates: bool = False


class Pen(Struct):
    """Draws, what asks for a subquery, and how many faults may still be made."""

    draw: Draw
    subquery: Callable[[Reach, int], str]
    faults: int = 0
    number: int = 0
    parameters: bool = True

    def fresh(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}{self.number}"

    def slip(self, one_in: int) -> bool:
        """True where a fault is to be made now."""
        if self.faults and chance(self.draw, one_in):
            self.faults -= 1
            return True
        return False


def name(pen: Pen, text: str) -> str:
    """A name in one of the quotings, now and then in another case."""
    if text.isascii() and chance(pen.draw, 12):
        text = text.swapcase()
    quote = pick(pen.draw, ' "`[')
    if quote == " " and text.isidentifier() and text.lower() not in _RESERVED:
        return text
    return {"`": f"`{text}`", "[": f"[{text}]"}.get(quote, f'"{text}"')


def column(pen: Pen, reach: Reach) -> str:
    """A column in reach, qualified where it must be and sometimes where it need not."""
    while reach.outer is not None and (not reach.sources or chance(pen.draw, 6)):
        reach = reach.outer
    if not reach.sources:
        return pick(pen.draw, _LITERALS["any"])
    if pen.slip(6):
        return _wrong_column(pen, reach)
    if reach.outputs and chance(pen.draw, 5):
        return name(pen, pick(pen.draw, reach.outputs))
    source = pick(pen.draw, reach.sources)
    if source.rowid and chance(pen.draw, 15):
        return f"{name(pen, source.alias)}.{pick(pen.draw, ('rowid', 'oid', '_rowid_'))}"
    column = pick(pen.draw, source.columns)
    owners = sum(column.lower() in [each.lower() for each in other.columns] for other in reach.sources)
    bare = owners == 1 or column.lower() in reach.merged
    if bare and chance(pen.draw, 2):
        return name(pen, column)
    return f"{name(pen, source.alias)}.{name(pen, column)}"


def _wrong_column(pen: Pen, reach: Reach) -> str:
    source = pick(pen.draw, reach.sources)
    other = pick(pen.draw, source.columns)
    return pick(
        pen.draw,
        (
            "nonesuch",
            f"{name(pen, source.alias)}.nonesuch",
            f"nobody.{name(pen, other)}",
            name(pen, other),
            '"no such"',
            "[nonesuch]",
            f'{name(pen, source.alias)}."no such"',
        ),
    )


def expression(pen: Pen, reach: Reach, depth: int = 2, kind: str = "") -> str:
    """An expression that mostly gives a kind of value."""
    draw = pen.draw
    kind = kind or pick(draw, _KINDS)
    if depth <= 0 or chance(draw, 3):
        return (
            pick(draw, _PARAMETERS)
            if pen.parameters and chance(draw, 14)
            else pick(draw, _LITERALS[kind])
            if chance(draw, 4)
            else column(pen, reach)
        )
    form = draw(_forms(reach))
    match form:
        case "call":
            return _filled(pen, reach, depth, pick(draw, _CALLS[kind]))
        case "aggregate":
            inner = Reach(reach.sources, reach.outer, [], reach.merged)
            return _filled(pen, inner, depth - 1, pick(draw, _AGGREGATES))
        case "window":
            return _filled(pen, Reach(reach.sources, reach.outer, [], reach.merged), depth - 1, pick(draw, _WINDOWS))
        case "subquery":
            return f"({pen.subquery(reach, 1)})"
        case "test":
            return f"({condition(pen, reach, depth)})"
        case "cast":
            return f"CAST({expression(pen, reach, depth - 1)} AS {pick(draw, _CASTS)})"
        case "case":
            return _case(pen, reach, depth, kind)
        case "unary":
            return f"({pick(draw, ('-', '~', 'NOT '))}({expression(pen, reach, depth - 1, kind)}))"
        case "collate":
            return f"({expression(pen, reach, depth - 1, 'text')} COLLATE {pick(draw, ('NOCASE', 'BINARY', 'RTRIM'))})"
        case "arrow":
            return f"({pick(draw, _JSON)} {pick(draw, ('->', '->>'))} {pick(draw, ('0', QUOTED_A, QUOTED_PATH))})"
        case "paren":
            return f"({expression(pen, reach, depth - 1, kind)})"
        case _:
            return f"({expression(pen, reach, depth - 1, kind)} {pick(draw, _BINARY)} {expression(pen, reach, depth - 1, kind)})"


QUOTED_A, QUOTED_PATH = "'a'", "'$.a'"
_JSON = ('\'{"a": 1, "b": null}\'', "'[1, 2]'")


def _forms(reach: Reach) -> st.SearchStrategy[str]:
    forms = [
        "call",
        "call",
        "call",
        "binary",
        "binary",
        "test",
        "cast",
        "case",
        "unary",
        "collate",
        "arrow",
        "paren",
        "subquery",
    ]
    if reach.aggregates:
        forms += ["aggregate"] * 3
    if reach.windows:
        forms += ["window"] * 2
    return st.sampled_from(forms)


def _filled(pen: Pen, reach: Reach, depth: int, template: str) -> str:
    """A template whose gaps are operands."""
    kinds = {"{i}": "int", "{r}": "real", "{t}": "text", "{b}": "blob", "{}": ""}
    pieces = _GAP.split(template)
    out = []
    for piece in pieces:
        if piece in kinds:
            out.append(expression(pen, reach, depth - 1, kinds[piece]))
        elif piece == "{j}":
            out.append(pick(pen.draw, _JSON))
        elif piece == "{w}":
            out.append(_window(pen, reach))
        else:
            out.append(piece)
    return "".join(out)


def _window(pen: Pen, reach: Reach) -> str:
    inner = Reach(reach.sources, reach.outer, [], reach.merged)
    partition = f"PARTITION BY {expression(pen, inner, 1)} " if chance(pen.draw, 2) else ""
    return f"{partition}ORDER BY {expression(pen, inner, 1)}{pick(pen.draw, ('', ' DESC', ' NULLS LAST'))}"


def _case(pen: Pen, reach: Reach, depth: int, kind: str) -> str:
    subject = f" {expression(pen, reach, depth - 1)}" if chance(pen.draw, 3) else ""
    whens = "".join(
        f" WHEN {expression(pen, reach, depth - 1)} THEN {expression(pen, reach, depth - 1, kind)}"
        for _ in range(1 + chance(pen.draw, 3))
    )
    default = f" ELSE {expression(pen, reach, depth - 1, kind)}" if chance(pen.draw, 2) else ""
    return f"CASE{subject}{whens}{default} END"


def condition(pen: Pen, reach: Reach, depth: int = 2) -> str:
    """What WHERE, ON and HAVING ask."""
    draw = pen.draw
    one = expression(pen, reach, depth - 1)
    match draw(_CONDITIONS):
        case "null":
            return f"{one} {pick(draw, ('IS NULL', 'IS NOT NULL', 'ISNULL', 'NOTNULL', 'NOT NULL'))}"
        case "in":
            listed = ", ".join(expression(pen, reach, depth - 1) for _ in range(draw(st.integers(0, 2))))
            return f"{one} {pick(draw, ('IN', 'NOT IN'))} ({listed})"
        case "in-query":
            return f"{one} {pick(draw, ('IN', 'NOT IN'))} ({pen.subquery(reach, 2 if pen.slip(5) else 1)})"
        case "exists":
            return f"{pick(draw, ('', 'NOT '))}EXISTS ({pen.subquery(reach, 0)})"
        case "between":
            return f"{one} {pick(draw, ('', 'NOT '))}BETWEEN {expression(pen, reach, depth - 1)} AND {expression(pen, reach, depth - 1)}"
        case "both":
            return f"{condition(pen, reach, depth - 1) if depth > 0 else one} {pick(draw, ('AND', 'OR'))} {expression(pen, reach, depth - 1)}"
        case "row":
            return f"({one}, 1) = ({expression(pen, reach, depth - 1)}, {expression(pen, reach, 0)}{', 2' if pen.slip(4) else ''})"
        case "escape":
            return f"{one} LIKE {expression(pen, reach, 0, 'text')} ESCAPE '!'"
        case _:
            return f"{one} {pick(draw, _TESTS)} {expression(pen, reach, depth - 1)}"


_RESERVED = ("from", "key", "order", "notnull", "unique", "isnull")
_GAP = re.compile(r"(\{\w?\})")
_CONDITIONS = st.sampled_from(
    ("test", "test", "test", "null", "in", "in-query", "exists", "between", "both", "row", "escape")
)
