"""Aggregates and windows where they may not stand, and windows that nobody named.

What comes in: a node that calls. What goes out: doubts. Sources: sqlite.org/lang_aggfunc.html, windowfunctions.html; MySQL's reference manual 14.19 and
14.20. This module does not bind.
"""

from sqlglot import exp

from analyzer.facts.source import Dialect
from analyzer.sql.binder.scopes import Context, Scope
from analyzer.sql.signatures.read import signature

_NOWHERE = (exp.Where, exp.Group, exp.Join, exp.Update, exp.Delete, exp.Returning, exp.Values)


def is_aggregate(node: exp.Expr, dialect: Dialect) -> bool:
    """True for a call that gathers rows: not for min(a, b), and not over a window."""
    if isinstance(node.parent, exp.Window) or (
        isinstance(node.parent, exp.Filter) and isinstance(node.parent.parent, exp.Window)
    ):
        return False
    if isinstance(node, exp.Anonymous):
        found = signature(node.name, dialect)
        return found is not None and found.kind == "aggregate" and len(node.expressions) <= max(1, found.least)
    return isinstance(node, exp.AggFunc) and not (isinstance(node, exp.Min | exp.Max) and node.expressions)


def gathers(item: exp.Expr, dialect: Dialect) -> bool:
    """True where an item of a select list holds an aggregate of its own query."""
    return any(is_aggregate(part, dialect) for part in item.walk(prune=lambda each: isinstance(each, exp.Query)))


def check_call_place(node: exp.Expr, ctx: Context) -> None:
    """An aggregate or window in WHERE, ON, GROUP BY, SET, RETURNING or inside another aggregate."""
    if not is_aggregate(node, ctx.dialect) and not isinstance(node.parent, exp.Window):
        return
    parent = node.parent
    while (parent is not None and not isinstance(parent, exp.Query)) or isinstance(parent, exp.Values):
        if isinstance(parent, _NOWHERE) or is_aggregate(parent, ctx.dialect):
            ctx.doubt("misplaced-aggregate")
            return
        parent = parent.parent


def check_grouped(node: exp.Select, ctx: Context) -> None:
    """GROUP BY a result column that is an aggregate, and HAVING with neither."""
    group = node.args.get("group")
    chosen = [item for item in node.expressions if gathers(item, ctx.dialect) or item.find(exp.Window)]
    named = {item.alias.lower() for item in chosen if item.alias}
    places = {str(at) for at, item in enumerate(node.expressions, 1) if item in chosen}
    for each in group.expressions if isinstance(group, exp.Group) else ():
        bare = each.this if isinstance(each, exp.Collate) else each
        if (isinstance(bare, exp.Literal) and bare.name in places) or (
            isinstance(bare, exp.Column) and not bare.table and bare.name.lower() in named
        ):
            ctx.doubt("misplaced-aggregate")
    having = node.args.get("having")
    if (
        ctx.dialect == "sqlite"
        and having is not None
        and group is None
        and not chosen
        and not gathers(having, ctx.dialect)
    ):
        ctx.doubt("misplaced-aggregate")


def check_filtered(node: exp.Select, scope: Scope, ctx: Context) -> None:
    """WHERE sees the names of SQLite's select list, but no aggregate or window behind them."""
    named = {
        item.alias.lower()
        for item in node.expressions
        if item.alias and (gathers(item, ctx.dialect) or item.find(exp.Window))
    }
    where = node.args.get("where")
    for column in where.find_all(exp.Column) if named and isinstance(where, exp.Where) else ():
        key = column.name.lower()
        if key in named and not column.table and not any(relation.column(key) for relation in scope.relations):
            ctx.doubt("misplaced-aggregate")


def check_window(node: exp.Window, ctx: Context) -> None:
    alias, query = node.args.get("alias"), node.parent_select
    if not isinstance(alias, exp.Identifier) or not isinstance(query, exp.Select):
        return
    names = {
        each.this.name.lower() for each in query.args.get("windows") or () if isinstance(each.this, exp.Identifier)
    }
    if alias.name.lower() not in names:
        ctx.doubt("unknown-window")
