"""Predicates of several operands: IN, BETWEEN, rows side by side, a text search.

What comes in: sqlglot's nodes and the caller's `bind`. What goes out: booleans; what they compare goes to the ledger. This module does not know
comparisons of two values.
"""

from sqlglot import exp

from analyzer.facts.reference import Role
from analyzer.sql.binder import postgres, types
from analyzer.sql.binder.comparisons import note_value
from analyzer.sql.binder.functions import Bind
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.operators import compare
from analyzer.sql.binder.scopes import NOTHING, Context, Scope, Value
from analyzer.sql.binder.widths import check_member


def member(node: exp.In, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    left = bind(node.this, scope, ctx, role)
    values = [left, *(bind(item, scope, ctx, role) for item in node.expressions)]
    for item, value in zip(node.expressions, values[1:], strict=True):
        note_value(left, "IN", item, value, ctx)
    if (
        ctx.dialect == "postgres"
        and all(each.parameter >= 0 or each.literal for each in values[1:])
        and len(values) > 2
    ):
        # Of several values PostgreSQL makes an array: they share a type with what is looked for.
        if not isinstance(node.this, exp.Tuple):
            postgres.common(values, ctx, node, "IN types")
    else:
        for value in values[1:]:
            compare(left, value, ctx, node)
    if isinstance(query := node.args.get("query"), exp.Expr):
        found = ctx.query(query, scope)
        check_member(node, found, ctx)
        columns = found or ()
        if len(columns) == 1:
            compare(left, Value(columns[0].type, columns[0].nullable), ctx, node)
        values += [Value(nullable=column.nullable) for column in columns] or [NOTHING]
    field = node.args.get("field")
    if (
        ctx.dialect == "sqlite"
        and isinstance(field, exp.Column)
        and isinstance(field.this, exp.Identifier)
        and not is_hole(field.name)
    ):
        ctx.query(exp.Table(this=field.this.copy()), scope)  # `a IN orders`: a table's name stands for its rows
        field = None
    if isinstance(field, exp.Placeholder):
        compare(left, bind(field, scope, ctx, role), ctx, node)
    elif isinstance(field, exp.Expr):
        bind(field, scope, ctx, role)
    unnest = node.args.get("unnest")
    for each in unnest if isinstance(unnest, list) else [unnest]:
        if isinstance(each, exp.Expr):
            for child in each.iter_expressions():
                bind(child, scope, ctx, role)
    return types.boolean(ctx.dialect, types.strict(values))


def between(node: exp.Between, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    values = [bind(node.args.get(part), scope, ctx, role) for part in ("this", "low", "high")]
    for sign, end in ((">=", values[1]), ("<=", values[2])):
        compare(values[0], end, ctx, node, sign)
    if ctx.dialect != "postgres":
        compare(values[1], values[2], ctx, node)
    return types.boolean(ctx.dialect, types.strict(values))


def match(node: exp.MatchAgainst, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    """`a @@ b`, whose sides the parser swaps."""
    left = bind(node.expressions[0], scope, ctx, role) if node.expressions else NOTHING
    right = bind(node.this, scope, ctx, role)
    postgres.operator("@@", left, right, ctx, node)
    return types.boolean(ctx.dialect, types.strict((left, right)))


def rows(node: exp.Binary, scope: Scope, ctx: Context, role: Role, bind: Bind) -> Value:
    """`(a, b) = (c, d)`: side by side."""
    pairs = [
        (bind(left, scope, ctx, role), bind(right, scope, ctx, role))
        for left, right in zip(node.this.expressions, node.expression.expressions, strict=False)
    ]
    for left, right in pairs:
        compare(left, right, ctx, node, postgres.SIGNS.get(type(node), "="))
    return types.boolean(ctx.dialect, types.strict([value for pair in pairs for value in pair]))
