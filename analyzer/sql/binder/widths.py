"""How many values stand on each side: rows that are compared, subqueries, positions in ORDER BY and GROUP BY.

What comes in: nodes, and how many columns a query gives. What goes out: doubts. Sources: sqlite.org/rowvalue.html, lang_select.html; PostgreSQL's
documentation 9.25; MySQL's reference manual 15.2.15. This module does not bind.
"""

from sqlglot import exp

from analyzer.sql.binder.scopes import Columns, Context


def check_rows(node: exp.Binary, ctx: Context) -> None:
    """`(a, b) = (1, 2, 3)`."""
    sides = [side.unnest() for side in (node.this, node.expression) if isinstance(side, exp.Expr)]
    counts = {len(side.expressions) if isinstance(side, exp.Tuple) else 1 for side in sides}
    if len(counts) > 1 and not any(isinstance(side, exp.Query | exp.Any | exp.All | exp.Placeholder) for side in sides):
        ctx.doubt("column-count")


def check_scalar(node: exp.Expr, columns: Columns, ctx: Context) -> None:
    """A subquery gives one value, or as many as the row it is compared with."""
    parent: exp.Expr | None = node.parent
    child: exp.Expr = node
    while isinstance(parent, exp.Paren | exp.Subquery):
        child, parent = parent, parent.parent
    if columns is None or isinstance(parent, exp.Any | exp.All | exp.Query):
        return
    wanted = 1
    if isinstance(parent, exp.Binary):
        other = parent.expression if parent.this is child else parent.this
        if not isinstance(other, exp.Expr) or isinstance(other.unnest(), exp.Query):
            return
        wanted = len(other.unnest().expressions) if isinstance(other.unnest(), exp.Tuple) else 1
    if len(columns) != wanted:
        ctx.doubt("column-count")


def check_member(node: exp.In, columns: Columns, ctx: Context) -> None:
    left = node.this.unnest()
    wanted = len(left.expressions) if isinstance(left, exp.Tuple) else 1
    if columns is not None and len(columns) != wanted and not isinstance(left, exp.Query):
        ctx.doubt("column-count")


def check_positions(node: exp.Expr, columns: Columns, ctx: Context) -> None:
    """A whole number in ORDER BY or GROUP BY is the place of a result column."""
    order, group = node.args.get("order"), node.args.get("group")
    items = [each.this for each in order.expressions] if isinstance(order, exp.Order) else []
    items += group.expressions if isinstance(group, exp.Group) else []
    for item in items:
        bare = item.this if isinstance(item, exp.Collate) else item
        at = _position(bare.unnest() if isinstance(bare, exp.Paren) else bare, ctx)
        if at is not None and columns is not None and not 1 <= at <= len(columns):
            ctx.doubt("position")


def _position(node: exp.Expr, ctx: Context) -> int | None:
    if isinstance(node, exp.Neg) and ctx.dialect == "sqlite":
        at = _position(node.this.unnest(), ctx)
        return None if at is None else -at
    is_whole = isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit() and len(node.name) < 10
    return int(node.name) if is_whole else None
