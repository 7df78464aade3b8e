"""INSERT, UPDATE, DELETE and MERGE: what is written, with which values, and what RETURNING gives.

What comes in: sqlglot's statement nodes; their CTEs already stand in the scope. What goes out: the columns RETURNING gives, () without
one. This module does not know how expressions are bound.
"""

from sqlglot import exp

from analyzer.facts.reference import Role
from analyzer.sql.binder.assignments import assign, assigned, columns_of, write_column
from analyzer.sql.binder.expressions import bind, condition
from analyzer.sql.binder.inserts import bind_insert
from analyzer.sql.binder.joins import prove
from analyzer.sql.binder.recording import Insertion, record_branch, record_delete, record_insert, record_update
from analyzer.sql.binder.relations import add_item, add_joins, bind_pending, table_relation
from analyzer.sql.binder.returning import returned
from analyzer.sql.binder.scopes import Columns, Context, Relation, Scope
from analyzer.sql.binder.written import value_of


def bind_write(node: exp.Expr, scope: Scope, ctx: Context) -> Columns:
    """Binds one writing statement in a fresh scope."""
    scope.open = ctx.hidden_relations
    match node:
        case exp.Insert():
            return bind_insert(node, scope, ctx)
        case exp.Update():
            return _update(node, scope, ctx)
        case exp.Delete():
            return _delete(node, scope, ctx)
        case exp.Merge():
            return _merge(node, scope, ctx)
        case _:
            return None


def _target(node: exp.Expr | None, scope: Scope, ctx: Context) -> Relation | None:
    if not isinstance(node, exp.Table) or isinstance(node.this, exp.Func):
        if isinstance(node, exp.Expr):
            add_item(node, scope, ctx, "write")
        return scope.relations[0] if scope.relations else None
    relation = table_relation(node, scope, ctx, "write")
    scope.relations.append(relation)
    return relation


def _update(node: exp.Update, scope: Scope, ctx: Context) -> Columns:
    target = _target(node.this, scope, ctx)
    if isinstance(node.this, exp.Expr):
        add_joins(node.this, scope, ctx)
    source = node.args.get("from_")
    if isinstance(source, exp.From):
        _add_sources(source, scope, ctx)
    where = node.args.get("where")
    prove(where, scope, ctx)
    # PostgreSQL makes the values the columns' types last: a placeholder in WHERE has its say before.
    if ctx.dialect == "postgres":
        _where(where, scope, ctx)
    made = assign(node.expressions, target, scope, ctx)
    record_update(node, made, target, scope, ctx)
    if ctx.dialect != "postgres":
        _where(where, scope, ctx)
    _rest(node, scope, ctx)
    written = assigned(node.expressions, ctx)
    if target is not None:
        scope.proven = {key for key in scope.proven if key[0] != target.alias or key[1] not in written}
    return returned(node, target, scope, ctx)


def _add_sources(source: exp.From, scope: Scope, ctx: Context) -> None:
    """What FROM joins: in SQLite the table that is written does not stand in reach of its conditions."""
    reach = scope if ctx.dialect != "sqlite" else Scope(ctx.dialect, scope.parent, ctes=scope.ctes, open=scope.open)
    add_item(source.this, reach, ctx)
    add_joins(source, reach, ctx)
    bind_pending(reach, ctx)
    if reach is not scope:
        scope.relations += reach.relations
        scope.nulled |= reach.nulled
        scope.proven |= reach.proven
        scope.merged |= reach.merged
        scope.joined |= reach.joined


def _where(where: exp.Expr | None, scope: Scope, ctx: Context) -> None:
    if isinstance(where, exp.Where):
        condition(where.this, scope, ctx, "filter", "WHERE")


def _rest(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    """ORDER BY and LIMIT of a writing statement (MySQL, and SQLite where it is compiled in)."""
    order = node.args.get("order")
    if isinstance(order, exp.Order):
        for each in order.expressions:
            bind(each.this, scope, ctx, "order")
    limit = node.args.get("limit")
    if isinstance(limit, exp.Limit):
        bind(limit.expression, scope, ctx, "filter")


def _delete(node: exp.Delete, scope: Scope, ctx: Context) -> Columns:
    targets = node.args.get("tables") or ()
    role: Role = "read" if targets else "write"
    if isinstance(node.this, exp.Expr):
        add_item(node.this, scope, ctx, role)
    target = scope.relations[0] if scope.relations else None
    using = node.args.get("using")
    for each in using if isinstance(using, list) else ():
        add_item(each, scope, ctx)
    record_delete(node, target, ctx)
    where = node.args.get("where")
    prove(where, scope, ctx)
    _where(where, scope, ctx)
    _rest(node, scope, ctx)
    return returned(node, target, scope, ctx)


def _merge(node: exp.Merge, scope: Scope, ctx: Context) -> Columns:
    target = _target(node.this, scope, ctx)
    source = node.args.get("using")
    if isinstance(source, exp.Expr):
        add_item(source, scope, ctx)
    bind(node.args.get("on"), scope, ctx, "join")
    whens = node.args.get("whens")
    for when in whens.expressions if isinstance(whens, exp.Expr) else ():
        bind(when.args.get("condition"), scope, ctx, "filter")
        then = when.args.get("then")
        if isinstance(then, exp.Update):
            record_branch(node, assign(then.expressions, target, scope, ctx), target, ctx)
        elif isinstance(then, exp.Insert):
            _merge_insert(node, then, target, scope, ctx)
    return returned(node, target, scope, ctx)


def _merge_insert(node: exp.Merge, then: exp.Insert, target: Relation | None, scope: Scope, ctx: Context) -> None:
    columns = columns_of(then.this) if isinstance(then.this, exp.Expr) else []
    written = [write_column(column, target, scope, ctx) for column in columns]
    values = then.expression
    sources = values.expressions if isinstance(values, exp.Tuple) else []
    row = []
    for index, source in enumerate(sources):
        value = bind(source, scope, ctx, "read")
        row.append(value_of(source, value, ctx))
        if value.parameter >= 0 and index < len(written):
            ctx.learn(value.parameter, written[index])
    names = tuple(column.this for column in columns)
    if target is not None and isinstance(node.this, exp.Table):
        record_insert(node, Insertion(node.this, target, names, (tuple(row),) if row else (), ()), ctx)
