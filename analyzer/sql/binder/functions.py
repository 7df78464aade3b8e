"""A function call -> its value: aggregates, what every database has, and what only the database knows.

What comes in: sqlglot's function nodes, named or anonymous. What goes out: type and nullability; arguments are bound by the caller's
`bind`. This module does not know user-defined functions: their values are unknown, their arguments are not.
"""

import re
from collections.abc import Callable

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.facts.reference import Role
from analyzer.sql.binder import types
from analyzer.sql.binder.builtins import PARAMETERS, function_result, named_type
from analyzer.sql.binder.calls import known_call
from analyzer.sql.binder.names import extent
from analyzer.sql.binder.scopes import Context, Scope, Value

Bind = Callable[[exp.Expr | None, Scope, Context, Role], Value]
_WORD = re.compile(r"\w+\Z")
# Functions the parser renames and keeps no place of.
_NAMES = {
    exp.CurrentTimestamp: "current_timestamp", exp.CurrentDate: "current_date", exp.CurrentTime: "current_time",
    exp.CurrentUser: "current_user", exp.Localtimestamp: "localtimestamp", exp.Localtime: "localtime", exp.SessionUser: "session_user",
    exp.Extract: "extract", exp.Trim: "btrim", exp.Substring: "substring", exp.Coalesce: "coalesce", exp.If: "if",
}  # fmt: skip


def function_name(node: exp.Expr, ctx: Context) -> str:
    """The name as it is written, lower case and without a schema."""
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    start, end = extent(node)
    written = _WORD.search(ctx.sql[start:end])
    if written is not None:
        return written[0].lower()
    if ctx.dialect == "postgres" and isinstance(node, exp.GroupConcat | exp.StrPosition):
        return "string_agg" if isinstance(node, exp.GroupConcat) else "position"
    for kind, name in _NAMES.items():
        if isinstance(node, kind):
            return name
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def bind_function(node: exp.Func, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    """The value of a call, its arguments bound."""
    name = function_name(node, ctx)
    arguments = _arguments(node, scope, ctx, role, bind)
    _learn(name, arguments, ctx)
    if ctx.dialect != "postgres":
        return known_call(node, name, arguments, ctx)
    match name:
        case "coalesce" | "ifnull" | "nvl":
            return _alternatives(arguments, ctx, _all_nullable(arguments))
        case "greatest" | "least":
            nullable = _all_nullable(arguments) if ctx.dialect == "postgres" else types.strict(arguments)
            return _alternatives(arguments, ctx, nullable)
        case "nullif":
            _alternatives(arguments, ctx, True)
            return _alternatives(arguments[:1], ctx, True)
        case "iif" | "if":
            return _alternatives(arguments[1:], ctx, types.strict([*arguments[1:], Value(nullable=len(arguments) < 3)]))
        case "sum":
            return Value(types.summed(_first(arguments), ctx.dialect), True)
        case "avg":
            return Value(types.averaged(_first(arguments), ctx.dialect), True)
        case "array_agg":
            return Value(types.array_of(_first(arguments).type), True)
        case (
            "round" | "ceil" | "ceiling" | "floor" | "trunc" | "power" | "pow" | "sqrt" | "exp" | "ln" | "log" | "sign"
        ) if ctx.dialect == "postgres":
            kept = _first(arguments).type.family == "decimal"
            return Value(parse_type("numeric" if kept else "double precision", "postgres"), types.strict(arguments))
        case "unnest" | "generate_series":
            return Value(_rows(name, arguments, ctx), None)
        case _:
            return _by_table(name, arguments, ctx)


def _arguments(node: exp.Func, scope: Scope, ctx: Context, role: Role, bind: Bind) -> list[Value]:
    values = []
    for child in node.iter_expressions():
        for part in _parts(child):
            if isinstance(part, exp.Query):
                columns = ctx.query(part, scope) or ()
                values.append(Value(columns[0].type, True) if columns else Value(nullable=True))
            elif isinstance(part, exp.Ordered):
                bind(part.this, scope, ctx, "order")
            else:
                values.append(bind(part, scope, ctx, role))
    return values


def _parts(argument: exp.Expr) -> list[exp.Expr]:
    """What an aggregate's argument is made of: DISTINCT and ORDER BY are no values."""
    if isinstance(argument, exp.Distinct):
        return [part for each in argument.expressions for part in _parts(each)]
    if isinstance(argument, exp.Order):
        return (
            [*_parts(argument.this), *argument.expressions] if argument.this is not None else list(argument.expressions)
        )
    if isinstance(argument, exp.Var | exp.Identifier | exp.DataType | exp.Star):
        return []
    return [argument]


def _first(arguments: list[Value]) -> Value:
    return arguments[0] if arguments else Value()


def _all_nullable(arguments: list[Value]) -> bool | None:
    if any(value.nullable is False for value in arguments):
        return False
    return True if arguments and all(value.nullable for value in arguments) else None


def _alternatives(values: list[Value], ctx: Context, nullable: bool | None) -> Value:
    type_ = types.mixed(values)
    for value in values:
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(type_))
    return Value(types.storage_class(type_, ctx.dialect), nullable)


def _rows(name: str, arguments: list[Value], ctx: Context) -> ColumnType:
    first = _first(arguments).type
    return types.element_of(first, ctx.dialect) if name == "unnest" else types.mixed(arguments)


def _by_table(name: str, arguments: list[Value], ctx: Context) -> Value:
    known = function_result(name, ctx.dialect)
    if known is None:
        return Value(UNKNOWN, None)
    result, mark = known
    index = int(result) - 1 if result in ("1", "2") else -1
    if index == 1 and len(arguments) == 1:
        index = 0
    if index < 0:
        type_ = named_type(result, ctx.dialect)
    else:
        argument = arguments[index].type if index < len(arguments) else UNKNOWN
        type_ = types.unmodified(types.storage_class(argument, ctx.dialect))
    if type_.name == "character varying" and mark == "?":
        type_ = types.text(ctx.dialect) if name in ("min", "max") else type_
    nullable = {"n": False, "?": True}.get(mark, types.strict(arguments))
    return Value(type_, nullable)


def _learn(name: str, arguments: list[Value], ctx: Context) -> None:
    """Placeholders as arguments: the types the function declares, or for a series that of its other bounds."""
    if ctx.dialect != "postgres":
        return
    if name in ("generate_series", "explodinggenerateseries"):
        _alternatives(arguments, ctx, None)
    for value, type_ in zip(arguments, PARAMETERS.get(name, ()), strict=False):
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(parse_type(type_, ctx.dialect)))
