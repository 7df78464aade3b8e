"""The name a result column gets, and what sqlx's overrides in an alias say.

What comes in: one expression of a select list. What goes out: names. Sources: PostgreSQL's FigureColname (parse_target.c);
sqlite.org/c3ref/column_name.html; docs.rs/sqlx, `query!`, "Type Overrides". This module does not know scopes.
"""

import re

from sqlglot import exp

from analyzer.catalog.types import parse_type
from analyzer.facts.source import Dialect
from analyzer.sql.functions import function_name
from analyzer.sql.resolution import OutputColumn
from analyzer.sql.scopes import Context, Value

_OVERRIDE = re.compile(r"(?P<name>[^!?:]*)(?P<force>[!?]?)\s*(?::\s*(?P<type>.*))?", re.DOTALL)
_TYPE_NAMES = {"character varying": "varchar", "integer": "int4", "bigint": "int8", "smallint": "int2", "boolean": "bool", "real": "float4",
               "double precision": "float8", "timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp",
               "character": "bpchar", "time without time zone": "time", "time with time zone": "timetz"}  # fmt: skip
_SELECT = re.compile(r"\b(?:select|distinct|returning)\s\Z", re.IGNORECASE)
_FROM = re.compile(r"\s(?:from|where|union|order|group|limit)\b", re.IGNORECASE)
_MOST = 8  # brackets an item can open before its first name


def output_column(node: exp.Expr, value: Value, ctx: Context) -> OutputColumn:
    """One column of a result."""
    written = node.alias if isinstance(node, exp.Alias) else _unnamed(node, ctx)
    name, force, override = _split(written)
    return OutputColumn(name, value.type, value.nullable, value.source, force, override)


def _split(written: str) -> tuple[str, str, str]:
    match = _OVERRIDE.fullmatch(written)
    if match is None or not match["name"] or not (match["force"] or match["type"]):
        return written, "", ""
    if not re.fullmatch(r"[\w$]+", match["name"]):
        return written, "", ""
    return match["name"], match["force"], match["type"] or ""


def _unnamed(node: exp.Expr, ctx: Context) -> str:
    if isinstance(node, exp.Column):
        return _column_name(node, ctx.dialect)
    if ctx.dialect == "postgres":
        return _postgres(node, ctx) or "?column?"
    return source_text(node, ctx)


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
    places = [each.meta for each in node.walk() if "start" in each.meta]
    if not places:
        return str(node.sql(ctx.dialect))
    low, high = min(place["start"] for place in places), max(place["end"] for place in places) + 1
    low, high = _widen(ctx.sql, low, high)
    return ctx.original(low, high).strip()


def _widen(sql: str, low: int, high: int) -> tuple[int, int]:
    """The text around [low, high) up to the commas or keywords that end an item of a select list."""
    return _back(sql, low), _forth(sql, high, sql[low:high].count("(") - sql[low:high].count(")"))


def _back(sql: str, at: int) -> int:
    depth = 0
    while at > 0:
        character = sql[at - 1]
        depth += (character == ")") - (character == "(")
        if (character == "," and depth == 0) or depth < -_MOST or _SELECT.search(sql[max(0, at - 9) : at]):
            break
        at -= 1
    return at


def _forth(sql: str, at: int, depth: int) -> int:
    while at < len(sql):
        character = sql[at]
        depth += (character == "(") - (character == ")")
        if depth < 0 or (depth == 0 and (character in ",;" or _FROM.match(sql, at))):
            break
        at += 1
    return at
