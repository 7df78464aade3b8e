"""SQLite's expressions where they mean another thing than PostgreSQL's: constants, casts, functions that the parser takes for operators.

What comes in: sqlglot's nodes and the caller's `bind`. What goes out: values with storage classes. Source: sqlite.org/lang_expr.html. This module does not
know statements.
"""

from collections.abc import Callable

from sqlglot import exp

from analyzer.facts.reference import Role
from analyzer.sql.binder import storage, types
from analyzer.sql.binder.calls import known_call
from analyzer.sql.binder.functions import function_name
from analyzer.sql.binder.scopes import Context, Scope, Value

Bind = Callable[[exp.Expr | None, Scope, Context, Role], Value]


def is_own(node: exp.Expr, ctx: Context) -> bool:
    """True for what `bind_own` binds."""
    if ctx.dialect != "sqlite":
        return False
    return isinstance(node, exp.HexString | exp.Neg | exp.BitwiseNot | exp.Collate | exp.Cast | exp.Escape) or _is_call(
        node
    )


def _is_call(node: exp.Expr) -> bool:
    """`mod(a, b)` and `glob(a, b)` are read as operators, but keep their place."""
    return isinstance(node, exp.Binary) and not isinstance(node, exp.Func) and "start" in node.meta


def bind_own(node: exp.Expr, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    if isinstance(node, exp.HexString):
        return Value(storage.named("BLOB"), False, literal=True)
    if _is_call(node):
        values = [bind(part, scope, ctx, role) for part in (node.this, node.args.get("expression")) if part is not None]
        return known_call(node, function_name(node, ctx), values, ctx)
    inner = bind(node.this, scope, ctx, role)
    match node:
        case exp.Cast():
            to = types.declared(node.args["to"], "sqlite")
            if inner.parameter >= 0:
                ctx.learn(inner.parameter, Value(to))
            # The parser takes NUMERIC for REAL.
            exact = isinstance(node.args["to"], exp.DataType) and node.args["to"].is_type("decimal")
            return Value(storage.named("") if exact else storage.cast(to.raw), inner.nullable)
        case exp.Neg():
            return Value(storage.number(inner), inner.nullable, literal=inner.literal)
        case exp.BitwiseNot():
            return Value(storage.named("INTEGER"), inner.nullable)
        case exp.Escape():
            sign = bind(node.args.get("expression"), scope, ctx, role)
            return Value(storage.named("INTEGER"), types.strict((inner, sign)))
        case _:
            return Value(storage.plain(inner), inner.nullable, parameter=inner.parameter, literal=inner.literal)
