"""Operators -> values, and what they teach of the placeholders beside them.

What comes in: operands that are bound. What goes out: the result's type and nullability; placeholders learn in the ledger. Source:
PostgreSQL's documentation 10.2 (operators resolve an unknown operand to the other's type). This module does not know names.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.sql.binder import mysql, storage, types
from analyzer.sql.binder.scopes import Context, Value

_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor,
               exp.BitwiseLeftShift, exp.BitwiseRightShift)  # fmt: skip
_TEXT_MATCH = (exp.Like, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.RegexpILike, exp.Glob)


def compared(type_: ColumnType) -> ColumnType:
    """The type PostgreSQL gives a parameter compared with another: varchar has no operators but text's, cidr none but inet's."""
    shared = {"character varying": "text", "cidr": "inet"}.get(type_.name)
    return type_ if shared is None else parse_type(shared, "postgres")


def learn_from(parameter: Value, other: Value, ctx: Context) -> None:
    """A placeholder takes the type of what it is compared with."""
    if parameter.parameter >= 0 and other.parameter < 0:
        ctx.learn(parameter.parameter, Value(compared(other.type), None, other.source))


def mixture(values: list[Value], ctx: Context, nullable: bool | None) -> Value:
    """One of several values: they share a type, and placeholders among them take it."""
    type_ = types.mixed(values)
    if (
        type_ is UNKNOWN
        and ctx.dialect == "postgres"
        and all(value.parameter >= 0 or value.literal or value == Value(nullable=True) for value in values)
    ):
        type_ = types.text(ctx.dialect)
    for value in values:
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(type_))
    own = {"sqlite": storage.shared, "mysql": mysql.shared}.get(ctx.dialect)
    return Value(type_ if own is None else own(values), nullable)


def binary(node: exp.Binary, left: Value, right: Value, ctx: Context) -> Value:
    """The value of an operator with two operands."""
    nullable = types.strict((left, right))
    if isinstance(node, exp.DPipe):
        return _concatenated(left, right, ctx, nullable)
    if isinstance(node, _ARITHMETIC):
        own = {"sqlite": storage.arithmetic, "mysql": mysql.arithmetic}.get(ctx.dialect)
        type_ = own(node, left, right) if own is not None else types.arithmetic(node, left, right, ctx.dialect)
        _learn_operand(node, left, right, ctx)
        return Value(
            type_, True if isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and ctx.dialect != "postgres" else nullable
        )
    if isinstance(node, exp.Is | exp.NullSafeEQ | exp.NullSafeNEQ):
        nullable = False
    if isinstance(node.expression, exp.Any | exp.All) and right.parameter >= 0:
        ctx.learn(right.parameter, Value(types.array_of(compared(left.type)), None, left.source))
    elif isinstance(node, _TEXT_MATCH):
        for value, other in ((left, right), (right, left)):
            if value.parameter >= 0:
                ctx.learn(value.parameter, Value(types.text(ctx.dialect), None, other.source))
    elif isinstance(node, exp.Predicate | exp.Is):
        _learn_each(node, left, right, ctx)
    if not isinstance(node, exp.Predicate | exp.Is | exp.JSONBContains | exp.ArrayContainsAll | exp.ArrayOverlaps):
        return Value(nullable=nullable)
    return types.boolean(ctx.dialect, nullable)


def _learn_each(node: exp.Binary, left: Value, right: Value, ctx: Context) -> None:
    if isinstance(node.expression, exp.Any | exp.All) and right.type.family == "array":
        right = Value(types.element_of(right.type, ctx.dialect))
    if (
        isinstance(node, exp.ArrayContainsAll | exp.ArrayOverlaps)
        or left.type.family != "array"
        or right.parameter >= 0
    ):
        learn_from(left, right, ctx)
        learn_from(right, left, ctx)


def _learn_operand(node: exp.Binary, left: Value, right: Value, ctx: Context) -> None:
    for value, other in ((left, right), (right, left)):
        if value.parameter < 0 or other.parameter >= 0:
            continue
        moved = other.type.family in ("timestamp", "timestamptz") and isinstance(node, exp.Add)
        ctx.learn(value.parameter, Value(parse_type("interval", "postgres") if moved else other.type))


def _concatenated(left: Value, right: Value, ctx: Context, nullable: bool | None) -> Value:
    type_ = types.concatenation(left, right, ctx.dialect)
    for value in (left, right):
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(type_))
    return Value(type_, nullable)
