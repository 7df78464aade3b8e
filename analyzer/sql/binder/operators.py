"""Operators -> values, and what they teach of the placeholders beside them.

What comes in: operands that are bound. What goes out: the result's type and nullability; placeholders learn in the ledger. Source:
PostgreSQL's documentation 10.2 (operators resolve an unknown operand to the other's type). This module does not know names.
"""

from sqlglot import exp

from analyzer.catalog.types import ColumnType, parse_type
from analyzer.sql.binder import mysql, postgres, storage, types
from analyzer.sql.binder.comparisons import note_comparison
from analyzer.sql.binder.scopes import Context, Value

_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor,
               exp.BitwiseLeftShift, exp.BitwiseRightShift)  # fmt: skip
_TEXT_MATCH = (exp.Like, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.RegexpILike, exp.Glob)


def compared(type_: ColumnType) -> ColumnType:
    """The type PostgreSQL gives a parameter compared with another: varchar has no operators but text's, cidr none but inet's."""
    shared = {"character varying": "text", "cidr": "inet"}.get(type_.name)
    return type_ if shared is None else parse_type(shared, "postgres")


def compare(left: Value, right: Value, ctx: Context, place: exp.Expr, sign: str = "=") -> None:
    """Two values are compared: placeholders learn, and in PostgreSQL there must be such an operator."""
    if ctx.dialect == "postgres":
        postgres.operator(sign, left, right, ctx, place)
    else:
        learn_from(left, right, ctx)
        learn_from(right, left, ctx)


def learn_from(parameter: Value, other: Value, ctx: Context) -> None:
    """A placeholder takes the type of what it is compared with."""
    if parameter.parameter >= 0 and other.parameter < 0:
        ctx.learn(parameter.parameter, Value(compared(other.type), None, other.source))


def mixture(values: list[Value], ctx: Context, nullable: bool | None, place: exp.Expr, what: str) -> Value:
    """One of several values: they share a type, and placeholders among them take it. `what` is for PostgreSQL's refusal."""
    if ctx.dialect == "postgres":
        return Value(postgres.common(values, ctx, place, what), nullable)
    type_ = types.mixed(values)
    for value in values:
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(type_))
    own = {"sqlite": storage.shared, "mysql": mysql.shared}.get(ctx.dialect)
    return Value(type_ if own is None else own(values), nullable)


def binary(node: exp.Binary, left: Value, right: Value, ctx: Context) -> Value:
    """The value of an operator with two operands."""
    note_comparison(node, left, right, ctx)
    nullable = types.strict((left, right))
    if ctx.dialect == "postgres":
        return _postgres(node, left, right, ctx, nullable)
    if isinstance(node, exp.DPipe):
        return _concatenated(left, right, ctx, nullable)
    if isinstance(node, _ARITHMETIC):
        own = {"sqlite": storage.arithmetic, "mysql": mysql.arithmetic}.get(ctx.dialect)
        type_ = own(node, left, right) if own is not None else types.arithmetic(node, left, right, ctx.dialect)
        _learn_operand(node, left, right, ctx)
        by_zero = isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not _is_nonzero(node.expression)
        return Value(type_, True if by_zero else nullable)
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


def _postgres(node: exp.Binary, left: Value, right: Value, ctx: Context, nullable: bool | None) -> Value:
    sign = postgres.SIGNS.get(type(node))
    if isinstance(node, exp.Is):
        nullable = False
        if isinstance(node.expression, exp.Boolean):
            postgres.take(left, "boolean", ctx)
    elif isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
        nullable = False
    if sign is not None and _is_quantified(node.expression):
        postgres.quantified(sign, left, right, ctx, node)
    elif sign is not None:
        type_ = postgres.operator(sign, left, right, ctx, node)
        if not isinstance(node, exp.Predicate):
            return Value(type_, True if sign in ("->", "->>", "#>", "#>>") else nullable)
    elif isinstance(node, exp.SimilarTo):
        for value in (left, right):
            postgres.take(value, "text", ctx)
    if isinstance(node, exp.Predicate | exp.Is | exp.SimilarTo):
        return types.boolean(ctx.dialect, nullable)
    return Value(nullable=nullable)


def is_all(node: exp.Expr) -> bool:
    """`ALL (array)`, which the parser takes for a call."""
    return isinstance(node, exp.Anonymous) and node.name.lower() == "all" and len(node.expressions) == 1


def _is_quantified(node: exp.Expr) -> bool:
    return is_all(node) or (isinstance(node, exp.Any | exp.All) and not _is_subquery(node))


def _is_subquery(node: exp.Expr) -> bool:
    return isinstance(node.this, exp.Query) or (
        isinstance(node.this, exp.Paren) and isinstance(node.this.this, exp.Query)
    )


def _is_nonzero(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and node.name.strip("0.") != ""


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
