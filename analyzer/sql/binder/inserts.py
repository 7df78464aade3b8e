"""INSERT: its column list, its rows, its conflict clause; and whether rows and columns agree in number.

What comes in: sqlglot's Insert. What goes out: the columns RETURNING gives. This module does not know constraints: whether a conflict
target has an index is a rule's question.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from sqlglot import exp

from analyzer.sql.binder.assignments import Assigned, assign
from analyzer.sql.binder.expressions import bind
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import bind_in, extent, key_of
from analyzer.sql.binder.recording import Insertion, Rows, record_insert, selected
from analyzer.sql.binder.relations import table_relation
from analyzer.sql.binder.returning import returned, row_as
from analyzer.sql.binder.scopes import NOTHING, Columns, Context, Relation, Scope, Value
from analyzer.sql.binder.written import value_of
from analyzer.sql.resolution import Problem, SqlValue


class _Target(Struct, frozen=True):
    """Where an INSERT writes: the mention, the relation, the column list as written, and what each value is written to."""

    mention: exp.Table
    relation: Relation
    names: tuple[exp.Expr, ...]
    written: tuple[Value, ...]


def bind_insert(node: exp.Insert, scope: Scope, ctx: Context) -> Columns:
    """Binds an INSERT; `scope` holds its CTEs and nothing else."""
    listed = node.this.expressions if isinstance(node.this, exp.Schema) else []
    table = node.this.this if isinstance(node.this, exp.Schema) else node.this
    if not isinstance(table, exp.Table):
        return None
    relation = table_relation(table, scope, ctx, "write")
    names = tuple(each.this if isinstance(each, exp.Column) else each for each in listed)
    inside = Scope(ctx.dialect, scope, [relation], open=scope.open)
    written = tuple(_written(name, relation, inside, ctx) for name in names) if listed else _every(relation)
    rows = _source(node.expression, _Target(table, relation, names, written), scope, ctx)
    conflict = _conflict(node, inside, scope, ctx)
    record_insert(node, Insertion(table, relation, tuple(listed), rows, conflict), ctx)
    return returned(node, relation, inside, ctx)


def _written(name: exp.Expr, relation: Relation, inside: Scope, ctx: Context) -> Value:
    if not isinstance(name, exp.Identifier) or is_hole(name.name):
        ctx.ledger.dynamic_columns = True
        return NOTHING
    return bind_in(name, relation, inside, ctx, "write")


def _every(relation: Relation) -> tuple[Value, ...]:
    columns = relation.columns if relation.closed else ()
    return tuple(Value(column.type, column.nullable, column.source) for column in columns)


def _source(source: exp.Expr | None, target: _Target, scope: Scope, ctx: Context) -> Rows:
    """Binds what is inserted; the rows of VALUES, or the select list of a plain SELECT, as values."""
    found: list[tuple[SqlValue, ...]] = []
    if isinstance(source, exp.Values):
        rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in source.expressions]
        for row in rows:
            values = _row(row, () if _is_spread(row, ctx) else target.written, scope, ctx)
            if not _is_spread(row, ctx) and not any(_is_open(item) for item in row):
                found.append(values)
        for row in rows:
            if (
                not _is_spread(row, ctx)
                and not any(_is_open(item) for item in row)
                and _counts_differ(target, len(row), ctx)
            ):
                _complain(target, len(row), ctx)
                break
    elif isinstance(source, exp.Query):
        _learn_selected(source, target.written, ctx)
        columns = ctx.query(source, scope)
        found += selected(source, ctx)
        if columns and _counts_differ(target, len(columns), ctx):
            _complain(target, len(columns), ctx)
    elif isinstance(source, exp.Expr):
        bind(source, scope, ctx, "read")
    return tuple(found)


def _is_spread(row: list[exp.Expr], ctx: Context) -> bool:
    """`VALUES ?`: some drivers write whole rows in the place of one placeholder without brackets."""
    if len(row) != 1 or not isinstance(row[0], exp.Placeholder):
        return False
    return not ctx.sql[: max(0, ctx.sql.find(f" :{row[0].name} "))].rstrip().endswith("(")


def _row(row: list[exp.Expr], written: tuple[Value, ...], scope: Scope, ctx: Context) -> tuple[SqlValue, ...]:
    values = []
    for index, item in enumerate(row):
        value = bind(item, scope, ctx, "read")
        values.append(value_of(item, value, ctx))
        if value.parameter >= 0 and index < len(written):
            ctx.learn(value.parameter, written[index])
    return tuple(values)


def _learn_selected(source: exp.Expr, written: tuple[Value, ...], ctx: Context) -> None:
    """`INSERT ... SELECT $1`: a bare placeholder in the select list takes the column's type."""
    query = source.unnest() if isinstance(source, exp.Subquery) else source
    if not isinstance(query, exp.Select):
        return
    for item, value in zip(query.expressions, written, strict=False):
        inner = item.unalias()
        if isinstance(inner, exp.Placeholder) and inner.name[1:].isdigit():
            ctx.learn(int(inner.name[1:]), value)


def _is_open(item: exp.Expr) -> bool:
    """True for an item that may stand for several: a hole, a star."""
    return isinstance(item, exp.Star) or (
        isinstance(item, exp.Column) and (is_hole(item.name) or isinstance(item.this, exp.Star))
    )


def _counts_differ(target: _Target, values: int, ctx: Context) -> bool:
    relation = target.relation
    if target.names:
        return not any(is_hole(name.name) for name in target.names) and len(target.names) != values
    if not values or not relation.closed or not relation.table or ctx.schema is None:
        return False
    table = ctx.schema.table(relation.table, relation.namespace)
    if table is None or table.kind != "table" or not all(column.certain for column in table.columns):
        return False
    if ctx.dialect == "postgres":  # what is left out takes its default
        return values > len(table.columns)
    stored = sum(column.generated not in ("stored", "virtual") for column in table.columns)
    return values not in (stored, len(table.columns)) if ctx.dialect == "mysql" else values != stored


def _complain(target: _Target, values: int, ctx: Context) -> None:
    expected = len(target.names) or len(target.relation.columns)
    name = target.relation.table or target.mention.name
    place = ctx.place(*extent(target.mention.this))
    ctx.complain(Problem("column-count", *place, name=name, counts=(expected, values)))


def _conflict(node: exp.Insert, inside: Scope, scope: Scope, ctx: Context) -> tuple[Assigned, ...]:
    """Binds the conflict clause; what its SET assigns."""
    target = inside.relations[0]
    conflict = node.args.get("conflict")
    if not isinstance(conflict, exp.OnConflict):
        return ()
    for key in conflict.args.get("conflict_keys") or ():
        bind(key.this if isinstance(key, exp.Ordered) else key, inside, ctx, "filter")
    bind(conflict.args.get("index_predicate"), inside, ctx, "filter")
    reach = Scope(ctx.dialect, scope, [target, *_proposed(node, target, ctx)], open=scope.open)
    if ctx.dialect == "mysql" and isinstance(node.expression, exp.Query):
        reach.open = True
    assigned = assign(list(conflict.expressions), target, reach, ctx)
    where = conflict.args.get("where")
    if isinstance(where, exp.Where):
        bind(where.this, reach, ctx, "filter")
    return assigned


def _proposed(node: exp.Insert, target: Relation, ctx: Context) -> Iterator[Relation]:
    """The row that was to be inserted: `excluded`, and in MySQL the alias after VALUES."""
    alias = node.expression.args.get("alias") if isinstance(node.expression, exp.Values) else None
    names = ["excluded"] if ctx.dialect != "mysql" else []
    if isinstance(alias, exp.TableAlias) and isinstance(alias.this, exp.Identifier):
        names.append(key_of(alias.this, ctx.dialect))
    for name in names:
        # PostgreSQL sees both rows alike: an unqualified column may be either's ("column reference is ambiguous").
        yield msgspec.structs.replace(row_as(name, target), hidden=ctx.dialect != "postgres")
