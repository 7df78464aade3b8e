"""The name a result column gets, and what sqlx's overrides in an alias say.

What comes in: one expression of a select list. What goes out: names. Sources: PostgreSQL's FigureColname (parse_target.c);
sqlite.org/c3ref/column_name.html; docs.rs/sqlx, `query!`, "Type Overrides". This module does not know scopes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from sqlglot import exp

from analyzer.catalog.types import parse_type
from analyzer.facts.source import Dialect
from analyzer.sql.binder.functions import function_name
from analyzer.sql.binder.scopes import Context, Value
from analyzer.sql.resolution import OutputColumn
from analyzer.sql.scan import Token, scan

_OVERRIDE = re.compile(r"(?P<name>[^!?:]*)(?P<force>[!?]?)\s*(?::\s*(?P<type>.*))?", re.DOTALL)
_TYPE_NAMES = {"character varying": "varchar", "integer": "int4", "bigint": "int8", "smallint": "int2", "boolean": "bool", "real": "float4",
               "double precision": "float8", "timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp",
               "character": "bpchar", "time without time zone": "time", "time with time zone": "timetz"}  # fmt: skip
_LIST_STARTS = frozenset(("select", "distinct", "all", "returning"))
_LIST_ENDS = frozenset(
    ["from", "where", "union", "intersect", "except", "order", "group", "having", "limit", "window", "into"]
)


def output_column(node: exp.Expr, value: Value, ctx: Context) -> OutputColumn:
    """One column of a result."""
    written = alias_name(node, ctx.dialect) if isinstance(node, exp.Alias) else _unnamed(node, value, ctx)
    name, force, override = _split(written)
    untyped = value.literal and value.type.family in ("text", "unknown")
    return OutputColumn(
        name,
        value.type,
        value.nullable,
        value.source,
        force,
        override,
        value.empty,
        untyped,
        value.parameter,
        value.assumed or value.parameter >= 0,
        value.described,
    )


def alias_name(node: exp.Alias, dialect: Dialect) -> str:
    """An alias as the result shows it: PostgreSQL folds what is not quoted."""
    alias = node.args["alias"]
    folded = dialect == "postgres" and not alias.args.get("quoted")
    return str(node.alias.lower() if folded else node.alias)


def _split(written: str) -> tuple[str, str, str]:
    match = _OVERRIDE.fullmatch(written)
    if match is None or not match["name"] or not (match["force"] or match["type"]):
        return written, "", ""
    if not re.fullmatch(r"[\w$]+", match["name"]):
        return written, "", ""
    return match["name"], match["force"], match["type"] or ""


def _unnamed(node: exp.Expr, value: Value, ctx: Context) -> str:
    if ctx.dialect == "sqlite" and value.name and isinstance(node.unnest(), exp.Column):
        return value.name
    if isinstance(node, exp.Column) and not (ctx.dialect == "sqlite" and _is_string(node, value, ctx)):
        return _column_name(node, ctx.dialect)
    if ctx.dialect == "mysql" and isinstance(node, exp.Literal) and node.is_string:
        return node.name
    if ctx.dialect == "postgres":
        return _postgres(node, ctx) or "?column?"
    inner = node.unnest()
    if ctx.dialect == "sqlite" and isinstance(inner, exp.Column):
        return _column_name(inner, ctx.dialect)
    return source_text(node, ctx)


def _is_string(node: exp.Column, value: Value, ctx: Context) -> bool:
    """A word in double quotes that no column is called."""
    start = node.this.meta.get("start", 0)
    return not value.name and not value.source and ctx.sql[start : start + 1] == '"' and not node.table


def _column_name(node: exp.Column, dialect: Dialect) -> str:
    if dialect != "postgres" or node.this.args.get("quoted"):
        return node.name
    return node.name.lower()


def _postgres(node: exp.Expr, ctx: Context) -> str:
    """Empty where the node gives no name: PostgreSQL looks into casts, brackets and subqueries only."""
    match node:
        case exp.Column():
            return _column_name(node, ctx.dialect)
        case exp.Cast():
            return _postgres(node.this, ctx) or _cast_name(node)
        case exp.Subquery():
            first = node.unnest().expressions[:1]
            return (first[0].alias or _postgres(first[0], ctx)) if first else ""
        case exp.Paren() | exp.Collate() | exp.Filter() | exp.Window() | exp.WithinGroup() | exp.Alias():
            return _postgres(node.this, ctx)
        case exp.Bracket():
            return _postgres(node.this, ctx)
        case exp.Dot():
            return (
                node.expression.name if isinstance(node.expression, exp.Identifier) else _postgres(node.expression, ctx)
            )
        case exp.Case():
            default = node.args.get("default")
            inner = _postgres(default, ctx) if isinstance(default, exp.Column | exp.Cast | exp.Func) else ""
            return inner or "case"
        case exp.Exists():
            return "exists"
        case exp.Array():
            return "array"
        case exp.AtTimeZone():
            return "timezone"
        case exp.Interval():
            return "interval"
        case exp.Binary() if "start" in node.meta:  # mod(a, b) is read as an operator, but keeps its place
            return function_name(node, ctx)
        case exp.Binary() | exp.Connector() | exp.Not() | exp.Neg() | exp.In() | exp.Between():
            return ""
        case exp.Func():
            return function_name(node, ctx)
        case _:
            return ""


def _cast_name(node: exp.Cast) -> str:
    to = node.args["to"]
    if not isinstance(to, exp.DataType):
        return str(to.sql("postgres")).lower()
    if to.expressions and getattr(to.this, "value", "") == "ARRAY":
        to = to.expressions[0]
    name = parse_type(to.sql("postgres"), "postgres").name
    return _TYPE_NAMES.get(name, name)


def source_text(node: exp.Expr, ctx: Context) -> str:
    """SQLite and MySQL name an expression by its text, as it is written between commas."""
    placed = [each for each in node.walk() if "start" in each.meta]
    if not placed:
        return str(node.sql(ctx.dialect))
    leftmost = min(placed, key=lambda each: int(each.meta["start"]))
    inside = sum(1 for each in _ancestors(leftmost, node) if isinstance(each, exp.Select))
    tokens = _tokens(ctx.sql, ctx.dialect)
    index = bisect_right([token.start for token in tokens], leftmost.meta["start"]) - 1
    first = _first_of_item(ctx.sql, tokens, index, inside)
    last = _last_of_item(ctx.sql, tokens, first)
    return ctx.original(tokens[first].start, tokens[last].end).strip()


def _ancestors(node: exp.Expr, top: exp.Expr) -> Iterator[exp.Expr]:
    """From a node's parent up to and with `top`."""
    parent = node.parent
    while node is not top and parent is not None:
        yield parent
        node, parent = parent, parent.parent


@lru_cache(maxsize=16)
def _tokens(sql: str, dialect: Dialect) -> list[Token]:
    return [token for token in scan(sql, dialect) if token.kind != "comment"]


def _first_of_item(sql: str, tokens: list[Token], index: int, inside: int) -> int:
    """The item's first token: after the keyword of its select list, or after the nearest comma at that keyword's depth.

    `inside` is how many select lists lie between the token at `index` and the item.
    """
    depth = outermost = 0
    commas: dict[int, int] = {}
    for at in range(index, -1, -1):
        word = sql[tokens[at].start : tokens[at].end].lower()
        if tokens[at].kind == "punctuation" and word in "()":
            depth += 1 if word == "(" else -1
            outermost = max(outermost, depth)
        elif word == "," and at < index:
            commas.setdefault(depth, at)
        elif tokens[at].kind == "word" and word in _LIST_STARTS and depth == outermost and at < index:
            if word in ("distinct", "all") and not _follows_select(sql, tokens, at):
                continue
            inside -= word == "select"
            if inside >= 0 and word == "select":
                continue
            return commas.get(depth, at) + 1
    return 0


def _follows_select(sql: str, tokens: list[Token], at: int) -> bool:
    """`count(DISTINCT x)` begins no list."""
    return at > 0 and sql[tokens[at - 1].start : tokens[at - 1].end].lower() == "select"


def _last_of_item(sql: str, tokens: list[Token], first: int) -> int:
    depth = 0
    for at in range(first, len(tokens)):
        word = sql[tokens[at].start : tokens[at].end].lower()
        if tokens[at].kind == "punctuation":
            depth += (word == "(") - (word == ")")
        if depth < 0 or (
            depth == 0 and at > first and (word in (",", ";") or (tokens[at].kind == "word" and word in _LIST_ENDS))
        ):
            return at - 1
    return len(tokens) - 1
