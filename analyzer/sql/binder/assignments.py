"""Assignments: SET in UPDATE, ON CONFLICT and MERGE.

What comes in: the items of a SET clause and the relation that is written. What goes out: write references, types for the
placeholders that are assigned, and what is assigned. This module does not know statements.
"""

from msgspec import Struct
from sqlglot import exp

from analyzer.sql.binder.expressions import bind
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import bind_in, key_of
from analyzer.sql.binder.scopes import Context, Relation, Scope, Value
from analyzer.sql.binder.written import column_of, value_of
from analyzer.sql.resolution import SqlValue, WrittenColumn


def assigned(assignments: list[exp.Expr], ctx: Context) -> set[str]:
    columns = [column for each in assignments if isinstance(each, exp.EQ) for column in columns_of(each.this)]
    return {key_of(column.this, ctx.dialect) for column in columns if isinstance(column.this, exp.Identifier)}


def columns_of(target: exp.Expr) -> list[exp.Column]:
    parts = target.expressions if isinstance(target, exp.Tuple) else [target.unnest()]
    return [part for part in parts if isinstance(part, exp.Column)]


class Assigned(Struct, frozen=True):
    """One column and its value. `owner` is the alias of the relation it is written to, "" where a hole or a composite's field is."""

    owner: str
    column: WrittenColumn
    value: SqlValue


def assign(assignments: list[exp.Expr], target: Relation | None, scope: Scope, ctx: Context) -> tuple[Assigned, ...]:
    """SET a = x, (b, c) = (y, z): what stands on the left is the target's, however many relations there are."""
    found: list[Assigned] = []
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
            if value.parameter >= 0:
                ctx.learn(value.parameter, column)
        for index, name in enumerate(columns):
            one = len(sources) == len(columns)
            given = value_of(sources[index], values[index], ctx) if one else SqlValue(0, 0, "expression")
            found.append(_assigned(name, given, target, scope, ctx))
    return tuple(found)


def _assigned(column: exp.Column, value: SqlValue, target: Relation | None, scope: Scope, ctx: Context) -> Assigned:
    name, qualifier = column.this, column.args.get("table")
    nowhere = Assigned("", WrittenColumn(0, 0, ""), value)
    if not isinstance(name, exp.Identifier) or is_hole(name.name):
        return nowhere
    if isinstance(qualifier, exp.Identifier) and ctx.dialect != "mysql":
        return nowhere  # the field of a composite column
    owner = _owner(column, target, scope, ctx)
    return Assigned(owner.alias, column_of(name, owner, ctx), value) if owner is not None else nowhere


def _owner(column: exp.Column, target: Relation | None, scope: Scope, ctx: Context) -> Relation | None:
    """The relation that an assignment writes: MySQL's UPDATE may write several."""
    name, qualifier = column.this, column.args.get("table")
    if isinstance(qualifier, exp.Identifier):
        return scope.relation(key_of(qualifier, ctx.dialect)) or target
    if ctx.dialect == "mysql" and len(scope.relations) > 1:
        return next((each for each in scope.relations if each.column(key_of(name, ctx.dialect))), target)
    return target


def write_column(column: exp.Column, target: Relation | None, scope: Scope, ctx: Context) -> Value:
    name = column.this
    if not isinstance(name, exp.Identifier) or is_hole(name.name):
        ctx.ledger.dynamic_columns = True
        return Value()
    owner = _owner(column, target, scope, ctx)
    if owner is None:
        return Value()
    bare = Scope(scope.dialect, None, [owner], open=scope.open)
    return bind_in(name, owner, bare, ctx, "write")
