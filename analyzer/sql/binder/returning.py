"""RETURNING: what a writing statement gives back.

What comes in: the statement, the relation it writes and a scope that holds it. What goes out: columns, () without the clause. Source:
PostgreSQL's documentation 6.4 (`old` and `new`, from version 18). This module does not know what was written.
"""

from msgspec.structs import replace
from sqlglot import exp

from analyzer.sql.binder.scopes import Columns, Context, Relation, Scope


def returned(node: exp.Expr, target: Relation | None, scope: Scope, ctx: Context) -> Columns:
    """The columns of RETURNING, in the statement's scope."""
    clause = node.args.get("returning")
    if not isinstance(clause, exp.Returning):
        return ()
    scope.clause = "select"
    if target is not None and ctx.dialect == "sqlite":  # no alias, no other relation
        scope.relations = [replace(target, alias=target.table.lower() or target.alias)]
    if target is not None and ctx.dialect == "postgres":
        scope.relations += [row_as(name, target) for name in ("old", "new") if scope.relation(name) is None]
        scope.nulled |= {"old", "new"}
    return ctx.project(list(clause.expressions), scope)


def row_as(name: str, target: Relation) -> Relation:
    """The written row under another name; its columns are never meant without that name."""
    return Relation(
        name, target.table, target.columns, target.dialect, target.kind, target.namespace, target.closed, target.reason,
        target.pseudo, hidden=True,
    )  # fmt: skip
