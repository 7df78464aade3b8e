"""Constants and parameters that a predicate compares with a plain column.

What comes in: a predicate's node, and the values of its operands. What goes out: Compared in the ledger. This module does not know what a
comparison with such a value gives.
"""

from sqlglot import exp

from analyzer.sql.binder.scopes import Context, Value
from analyzer.sql.binder.written import value_of
from analyzer.sql.resolution import Compared

_OPERATORS: dict[type[exp.Expr], tuple[str, str]] = {
    exp.EQ: ("=", "="), exp.NEQ: ("<>", "<>"), exp.LT: ("<", ">"), exp.GT: (">", "<"), exp.LTE: ("<=", ">="), exp.GTE: (">=", "<="),
    exp.NullSafeEQ: ("=", "="), exp.NullSafeNEQ: ("<>", "<>"), exp.Is: ("=", "="), exp.Like: ("LIKE", ""), exp.ILike: ("ILIKE", ""),
}  # fmt: skip


def note_comparison(node: exp.Expr, left: Value, right: Value, ctx: Context) -> None:
    """`column = constant`, on either side. The operator is as it reads with the column on the left."""
    operators = _OPERATORS.get(type(node))
    if operators is None:
        return
    sides = ((left, node.expression, right, operators[0]), (right, node.this, left, operators[1]))
    for column, other, value, operator in sides:
        if column.source and operator:
            note_value(column, operator, other, value, ctx)


def note_value(column: Value, operator: str, node: exp.Expr, value: Value, ctx: Context) -> None:
    """One value beside a column."""
    if not column.source:
        return
    found = value_of(node, value, ctx)
    # A constant that was cast to another type is no longer one of the column's.
    if found.kind == "constant" and not value.literal and value.type.name != column.type.name:
        return
    if found.kind in ("constant", "parameter"):
        ctx.ledger.compared.append(Compared(column.source, operator, found))
