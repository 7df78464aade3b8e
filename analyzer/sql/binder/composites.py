"""Values made of others by syntax alone: arrays and their elements, paths into JSON, intervals, times in a zone, signs.

What comes in: sqlglot's nodes and the caller's `bind`. What goes out: type and nullability. This module does not know functions.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, parse_type
from analyzer.facts.reference import Role
from analyzer.sql.binder import postgres, types
from analyzer.sql.binder.functions import Bind, call
from analyzer.sql.binder.operators import binary, mixture
from analyzer.sql.binder.scopes import Context, Scope, Value


def bracket(node: exp.Bracket, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    base = bind(node.this, scope, ctx, role)
    for each in node.expressions:
        bind(each, scope, ctx, role)
    if ctx.dialect == "postgres":
        postgres.subscript(base, ctx, node)
    if base.type.family == "json":
        return Value(base.type, True)
    if any(isinstance(each, exp.Slice) for each in node.expressions):
        return Value(base.type, base.nullable)
    return Value(types.element_of(base.type, ctx.dialect), True)


def interval(node: exp.Interval, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    value = bind(node.this, scope, ctx, role)
    return Value(parse_type("interval", ctx.dialect) if ctx.dialect == "postgres" else UNKNOWN, value.nullable)


def array(node: exp.Array, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Query):
        columns = ctx.query(node.expressions[0], scope) or ()
        return Value(types.array_of(types.unmodified(columns[0].type)) if columns else UNKNOWN, False)
    values = [bind(each, scope, ctx, role) for each in node.expressions]
    if not values:
        return Value(UNKNOWN, False)
    return Value(types.array_of(mixture(values, ctx, None, node, "ARRAY types").type), False)


def at_time_zone(node: exp.AtTimeZone, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    value = bind(node.this, scope, ctx, role)
    zone = bind(node.args.get("zone"), scope, ctx, role)
    if ctx.dialect == "postgres":
        return call("timezone", [zone, value], ctx, node)
    other = {"timestamptz": "timestamp", "timestamp": "timestamptz"}.get(value.type.family)
    return Value(parse_type(other, ctx.dialect) if other else UNKNOWN, value.nullable)


def json(node: exp.Expr, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    base = bind(node.this, scope, ctx, role)
    path = bind(node.args.get("expression"), scope, ctx, role)
    if ctx.dialect == "postgres" and isinstance(node, exp.Binary):
        if isinstance(node.args.get("expression"), exp.JSONPath):
            path = Value(types.text(ctx.dialect), False, literal=True)
        return binary(node, base, path, ctx)
    if path.parameter >= 0:
        ctx.learn(path.parameter, Value(types.text(ctx.dialect)))
    for each in node.expressions:
        bind(each, scope, ctx, role)
    if ctx.dialect != "postgres":
        gives_json = type(node) is exp.JSONExtract and "start" not in node.meta and ctx.dialect == "sqlite"
        return Value(types.text(ctx.dialect) if gives_json else UNKNOWN, True)
    is_text = isinstance(node, exp.JSONExtractScalar | exp.JSONBExtractScalar)
    return Value(parse_type("text", "postgres") if is_text else base.type, True)


def prefixed(node: exp.Expr, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    value = bind(node.this, scope, ctx, role)
    if ctx.dialect != "postgres" or (value.literal and value.type.family != "text"):
        return value if isinstance(node, exp.Neg) else Value(nullable=value.nullable)
    return Value(postgres.prefix("-" if isinstance(node, exp.Neg) else "~", value, ctx, node), value.nullable)
