"""Assignments: SET in UPDATE, ON CONFLICT and MERGE.

What comes in: the items of a SET clause and the relation that is written. What goes out: write references, and types for the
placeholders that are assigned. This module does not know statements.
"""

from sqlglot import exp

from analyzer.sql.binder import postgres
from analyzer.sql.binder.expressions import bind
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import bind_in, key_of
from analyzer.sql.binder.scopes import Context, Relation, Scope, Value


def assigned(assignments: list[exp.Expr], ctx: Context) -> set[str]:
    columns = [column for each in assignments if isinstance(each, exp.EQ) for column in columns_of(each.this)]
    return {key_of(column.this, ctx.dialect) for column in columns if isinstance(column.this, exp.Identifier)}


def columns_of(target: exp.Expr) -> list[exp.Column]:
    parts = target.expressions if isinstance(target, exp.Tuple) else [target.unnest()]
    return [part for part in parts if isinstance(part, exp.Column)]


def assign(assignments: list[exp.Expr], target: Relation | None, scope: Scope, ctx: Context) -> None:
    """SET a = x, (b, c) = (y, z): what stands on the left is the target's, however many relations there are."""
    for each in assignments:
        if not isinstance(each, exp.EQ):
            ctx.ledger.dynamic_columns = True  # SET ?: the driver writes the assignments
            bind(each, scope, ctx, "write")
            continue
        columns = columns_of(each.this)
        written = [write_column(column, target, scope, ctx) for column in columns]
        if not columns:
            bind(each.this, scope, ctx, "write")
        sources = each.expression.expressions if isinstance(each.expression, exp.Tuple) else [each.expression]
        values = [bind(source, scope, ctx, "read") for source in sources]
        for column, value in zip(written, values, strict=False):
            if ctx.dialect == "postgres":
                postgres.assign(value, column, ctx, each)
            elif value.parameter >= 0:
                ctx.learn(value.parameter, column)


def write_column(column: exp.Column, target: Relation | None, scope: Scope, ctx: Context) -> Value:
    name, qualifier = column.this, column.args.get("table")
    if not isinstance(name, exp.Identifier) or is_hole(name.name):
        ctx.ledger.dynamic_columns = True
        return Value()
    owner = target
    if isinstance(qualifier, exp.Identifier):
        owner = scope.relation(key_of(qualifier, ctx.dialect)) or owner
    elif ctx.dialect == "mysql" and len(scope.relations) > 1:
        owner = next((each for each in scope.relations if each.column(key_of(name, ctx.dialect))), target)
    if owner is None:
        return Value()
    bare = Scope(scope.dialect, None, [owner], open=scope.open)
    return bind_in(name, owner, bare, ctx, "write")
