"""A query -> its result columns, with everything it mentions recorded: SELECT, VALUES, set operations and their CTEs.

What comes in: sqlglot's query nodes and the scope around them. What goes out: result columns, None where the shape is unknown. This
module does not know texts: offsets and holes are the context's.
"""

from collections.abc import Callable

from msgspec.structs import replace
from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, parse_type
from analyzer.facts.source import Dialect
from analyzer.sql.binder import postgres, storage, types
from analyzer.sql.binder.expressions import bind, bind_window, condition
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.joins import prove
from analyzer.sql.binder.misuse import check_filtered, check_grouped, gathers
from analyzer.sql.binder.names import bind_column, key_of
from analyzer.sql.binder.operators import mixture
from analyzer.sql.binder.outputs import alias_name, output_column
from analyzer.sql.binder.relations import add_from, table_relation
from analyzer.sql.binder.scopes import Columns, Context, Relation, Scope, Value, as_scope_columns, column_key
from analyzer.sql.binder.stars import expand, is_star, of_relation
from analyzer.sql.binder.tables import renamed
from analyzer.sql.binder.widths import check_positions
from analyzer.sql.binder.writes import bind_write
from analyzer.sql.resolution import OutputColumn, Problem

_OnLeft = Callable[[Columns], None]


def bind_query(node: exp.Expr, parent: Scope, ctx: Context, on_left: _OnLeft | None = None) -> Columns:
    """Columns of a query that sees the names of `parent`. `on_left` hears of the first branch of a set operation."""
    match node:
        case exp.Subquery():
            return _bracketed(node, parent, ctx)
        case exp.SetOperation():
            return _set_operation(node, parent, ctx, on_left)
        case exp.Values():
            return _values(node, parent, ctx)
        case exp.Insert() | exp.Update() | exp.Delete() | exp.Merge():
            scope = Scope(ctx.dialect, parent)
            add_ctes(node, scope, ctx)
            return bind_write(node, scope, ctx)
        case exp.Select():
            return _select(node, parent, ctx)
        case exp.Table():
            relation = table_relation(node, parent, ctx)
            return of_relation(relation, parent) if relation.closed else None
        case _:
            bind(node, parent, ctx, "read")
            return None


def _bracketed(node: exp.Subquery, parent: Scope, ctx: Context) -> Columns:
    scope = Scope(ctx.dialect, parent)
    add_ctes(node, scope, ctx)
    columns = bind_query(node.this, scope, ctx)
    _order_by_outputs(node, columns, scope, ctx)
    return columns


def add_ctes(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    """The WITH clause of a statement: each CTE sees those before it, a recursive one itself."""
    clause = node.args.get("with_")
    if not isinstance(clause, exp.With):
        return
    recursive = bool(clause.args.get("recursive")) or ctx.dialect == "sqlite"
    for cte in clause.expressions:
        _add_cte(cte, scope, ctx, recursive=recursive)
        if clause.args.get("search") or clause.args.get("cycle"):  # either adds columns to what it walks
            scope.ctes = {
                key: replace(relation, closed=False, reason="open-table") for key, relation in scope.ctes.items()
            }


def _add_cte(cte: exp.CTE, scope: Scope, ctx: Context, *, recursive: bool) -> None:
    name = cte.args["alias"].this
    if not isinstance(name, exp.Identifier):
        return
    key = key_of(name, ctx.dialect)

    def register(columns: Columns) -> None:
        scope.ctes[key] = Relation(
            key, "", renamed(as_scope_columns(columns), cte), ctx.dialect, "derived", closed=columns is not None,
            reason="" if columns is not None else "open-table",
        )  # fmt: skip

    register(bind_query(cte.this, Scope(ctx.dialect, scope), ctx, register if recursive else None))


def _select(node: exp.Select, parent: Scope, ctx: Context) -> Columns:
    scope = Scope(ctx.dialect, parent, open=ctx.hidden_relations)
    add_ctes(node, scope, ctx)
    add_from(node, scope, ctx)
    where = node.args.get("where")
    prove(where, scope, ctx)
    scope.clause = "select"
    scope.maybe_empty = ctx.dialect != "postgres" and node.args.get("group") is None and _aggregates(node, ctx.dialect)
    columns = project(node.expressions, scope, ctx)
    scope.maybe_empty = False
    if where is not None:
        scope.clause = "where"
        condition(where.this, scope, ctx, "filter", "WHERE")
    for window in node.args.get("windows") or ():
        bind_window(window, scope, ctx)
    distinct = node.args.get("distinct")
    if isinstance(distinct, exp.Distinct) and distinct.args.get("on") is not None:
        _items(_tuple(distinct.args["on"]), scope, ctx, clause="order")
    elif distinct is not None and ctx.dialect == "postgres":
        postgres.check_comparable(columns or (), ctx, node)
        columns = columns and tuple(replace(each, untyped=False, parameter=-1) for each in columns)
    _group(node, scope, ctx)
    _order(node, scope, ctx)
    check_positions(node, columns, ctx)
    if ctx.dialect != "postgres":
        check_grouped(node, ctx)
    if ctx.dialect == "sqlite":
        check_filtered(node, scope, ctx)
    _limit(node, scope, ctx)
    return columns


def _aggregates(node: exp.Select, dialect: Dialect) -> bool:
    """SQLite and MySQL let plain columns stand beside an aggregate: without rows they are NULL."""
    having = node.args.get("having")
    items = [*node.expressions, *([having] if isinstance(having, exp.Having) else [])]
    return any(gathers(item, dialect) for item in items)


def _tuple(node: exp.Expr) -> list[exp.Expr]:
    return (
        list(node.expressions)
        if isinstance(node, exp.Tuple)
        else [node.unnest() if isinstance(node, exp.Paren) else node]
    )


def project(items: list[exp.Expr], scope: Scope, ctx: Context) -> Columns:
    """The select list: binds it, names its columns in the scope, and expands stars."""
    out: list[OutputColumn] = []
    shaped = True
    for item in items:
        star = expand(item, scope, ctx)
        if star is not None or is_star(item):
            shaped = shaped and star is not None
            out += star or ()
            continue
        value = bind(item, scope, ctx, "read")
        if _is_unshaped(item):
            shaped = False
            ctx.ledger.dynamic_columns = ctx.ledger.dynamic_columns or not isinstance(item, exp.Dot)
        column = output_column(item, value, ctx)
        shaped = shaped and not is_hole(column.name)
        if value.parameter >= 0 and ctx.dialect == "postgres" and not value.type.name:
            value = Value(parse_type("text", "postgres"))
        out.append(column)
        if isinstance(item, exp.Alias | exp.Column) or ctx.dialect == "postgres":
            name = alias_name(item, ctx.dialect) if isinstance(item, exp.Alias) else column.name
            scope.outputs.setdefault(column_key(name, ctx.dialect), value)
    scope.shaped = shaped
    return tuple(out) if shaped else None


def _is_unshaped(item: exp.Expr) -> bool:
    """True for a hole, which may stand for several columns, and for `(row).*`."""
    if isinstance(item, exp.Dot) and isinstance(item.expression, exp.Star):
        return True
    return (isinstance(item.unalias(), exp.Column) and is_hole(item.unalias().name)) or is_hole(item.alias)


def _group(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    group = node.args.get("group")
    if isinstance(group, exp.Group):
        items = list(group.expressions)
        for kind in ("grouping_sets", "cube", "rollup"):
            for each in group.args.get(kind) or ():
                items += each.expressions if isinstance(each, exp.Expr) else ()
        _items(items, scope, ctx, clause="group")
    having = node.args.get("having")
    if isinstance(having, exp.Having):
        scope.clause = "having"
        condition(having.this, scope, ctx, "filter", "HAVING")


def _order(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    order = node.args.get("order")
    if isinstance(order, exp.Order):
        _items(
            [each.this if isinstance(each, exp.Ordered) else each for each in order.expressions],
            scope,
            ctx,
            clause="order",
        )


def _items(items: list[exp.Expr], scope: Scope, ctx: Context, *, clause: str) -> None:
    """Items of GROUP BY or ORDER BY: a bare name may be one of the select list."""
    scope.clause = "order" if clause == "order" else "group"
    for item in items:
        bare = item.this if isinstance(item, exp.Collate) else item
        if isinstance(bare, exp.Column) and bare.args.get("table") is None and isinstance(bare.this, exp.Identifier):
            key = key_of(bare.this, ctx.dialect)
            in_relations = any(relation.column(key) for relation in scope.relations)
            if key in scope.outputs and (clause == "order" or not in_relations or ctx.dialect == "mysql"):
                continue
            value = bind_column(bare, scope, ctx, "order" if clause == "order" else "group")
        else:
            value = bind(item, scope, ctx, "order" if clause == "order" else "group")
        if ctx.dialect == "postgres":
            postgres.check_comparable([value], ctx, item)


def _limit(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    """LIMIT and OFFSET take a count; columns of the query are not in reach there."""
    outside = Scope(ctx.dialect, scope.parent)
    for key in ("limit", "offset"):
        clause = node.args.get(key)
        if not isinstance(clause, exp.Expr):
            continue
        for part in clause.iter_expressions():
            value = bind(part, outside, ctx, "filter")
            if value.parameter >= 0:
                ctx.learn(
                    value.parameter, Value(parse_type("INTEGER" if ctx.dialect == "sqlite" else "bigint", ctx.dialect))
                )


def _set_operation(node: exp.SetOperation, parent: Scope, ctx: Context, on_left: _OnLeft | None) -> Columns:
    scope = Scope(ctx.dialect, parent)
    add_ctes(node, scope, ctx)
    left = bind_query(node.this, scope, ctx, on_left)
    if on_left is not None and not isinstance(node.this, exp.SetOperation):
        on_left(left)
    right = bind_query(node.expression, scope, ctx)
    columns = None if left is None or right is None else _combined(left, right, node, ctx)
    _order_by_outputs(node, columns, scope, ctx)
    check_positions(node, columns, ctx)
    if ctx.dialect == "postgres" and node.args.get("distinct"):
        postgres.check_comparable(columns or (), ctx, node)
    if left is not None and right is not None and len(left) != len(right):
        ctx.doubt("column-count")
    _limit(node, scope, ctx)
    return columns


def _combined(
    left: tuple[OutputColumn, ...], right: tuple[OutputColumn, ...], node: exp.SetOperation, ctx: Context
) -> tuple[OutputColumn, ...]:
    if len(left) != len(right):
        place = ctx.place(*postgres.stretch(node.expression))
        ctx.complain(Problem("column-count", *place, name="", counts=(len(left), len(right))))
        return left
    return tuple(_either(one, two, node, ctx) for one, two in zip(left, right, strict=True))


def _either(one: OutputColumn, two: OutputColumn, node: exp.SetOperation, ctx: Context) -> OutputColumn:
    values = [Value(each.type, each.nullable, parameter=each.parameter, literal=each.untyped) for each in (one, two)]
    if isinstance(node, exp.Intersect):
        nullable = False if any(value.nullable is False for value in values) else types.strict(values)
    else:
        nullable = one.nullable if isinstance(node, exp.Except) else types.strict(values)
    source = one.source if one.source == two.source else ""
    found = mixture(values, ctx, nullable, node, f"{type(node).__name__.upper()} types")
    if ctx.dialect == "sqlite":
        found = replace(
            found, type=one.type if source or storage.class_of(values[0]) == storage.class_of(values[1]) else UNKNOWN
        )
    return OutputColumn(
        one.name, found.type, found.nullable, source, one.force, one.override_type, untyped=one.untyped and two.untyped,
        assumed=one.assumed or two.assumed,
    )  # fmt: skip


def _order_by_outputs(node: exp.Expr, columns: Columns, parent: Scope, ctx: Context) -> None:
    """ORDER BY after a set operation sees its result; SQLite also takes names of its later branches."""
    order = node.args.get("order")
    if not isinstance(order, exp.Order):
        return
    result = Relation(
        "", "", as_scope_columns(columns), ctx.dialect, "derived",
        closed=columns is not None and ctx.dialect != "sqlite", reason="open-table",
    )  # fmt: skip
    scope = Scope(ctx.dialect, parent, [result])
    _order(node, scope, ctx)


def _values(node: exp.Values, parent: Scope, ctx: Context) -> Columns:
    rows = [[bind(each, parent, ctx, "read") for each in _tuple(row)] for row in node.expressions]
    if not rows or len({len(row) for row in rows}) != 1:
        ctx.doubt("column-count")
        return None
    return tuple(_values_column(index, [row[index] for row in rows], node, ctx) for index in range(len(rows[0])))


def _values_column(index: int, values: list[Value], node: exp.Values, ctx: Context) -> OutputColumn:
    found = mixture(values, ctx, types.strict(values), node, "VALUES types")
    assumed = any(value.parameter >= 0 or value.assumed for value in values)
    return OutputColumn(f"column{index + 1}", found.type, found.nullable, assumed=assumed)
