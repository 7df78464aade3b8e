"""`*` and `t.*` -> the columns they stand for, None where a relation's columns are not all known.

What comes in: an item of a select list and its scope. What goes out: result columns in the engine's order. This module does not know
expressions.
"""

from sqlglot import exp

from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import extent, key_of
from analyzer.sql.binder.scopes import Context, Relation, Scope, column_key
from analyzer.sql.resolution import OutputColumn

# SQLite's hidden columns of table functions: valid, but no part of `*`.
_HIDDEN = frozenset(("json", "root", "start", "stop", "step"))


def is_star(item: exp.Expr) -> bool:
    return isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star))


def expand(item: exp.Expr, scope: Scope, ctx: Context) -> tuple[OutputColumn, ...] | None:
    if isinstance(item, exp.Star):
        relations = [relation for relation in scope.relations if not relation.hidden]
        if not relations:
            ctx.ledger.dynamic_columns = True
        if not relations or scope.open or not all(relation.closed for relation in relations):
            return None
        return _all_columns(relations, scope)
    if isinstance(item, exp.Column) and isinstance(item.this, exp.Star):
        qualifier = item.args["table"]
        level: Scope | None = scope
        while level is not None:
            relation = level.relation(key_of(qualifier, ctx.dialect))
            if relation is not None:
                return of_relation(relation, level) if relation.closed else None
            level = level.parent
        reason = "dynamic" if scope.open or is_hole(qualifier.name) else "unknown-table"
        ctx.refer(extent(qualifier), "", "*", "read", "unknown", reason=reason)
    return None


def of_relation(relation: Relation, scope: Scope) -> tuple[OutputColumn, ...]:
    hidden = _HIDDEN if relation.kind == "function" else frozenset[str]()
    values = [(column.name, scope.value(relation, column)) for column in relation.columns if column.name not in hidden]
    return tuple(
        OutputColumn(name, value.type, value.nullable, value.source, assumed=value.assumed, described=value.described)
        for name, value in values
    )


def _all_columns(relations: list[Relation], scope: Scope) -> tuple[OutputColumn, ...]:
    """`*`: columns that USING merged come once, and in PostgreSQL first."""
    seen: set[str] = set()
    out: list[OutputColumn] = []
    if scope.dialect != "sqlite":
        for key, value in scope.merged.items():
            seen.add(key)
            out.append(OutputColumn(key, value.type, value.nullable, value.source))
    for relation in relations:
        for column in of_relation(relation, scope):
            key = column_key(column.name, scope.dialect)
            if key in scope.merged and key in seen:
                continue
            seen.add(key)
            out.append(column)
    return tuple(out)
