"""A predicate -> the columns it proves not to be NULL in every row it lets through.

What comes in: a condition. What goes out: sqlglot's Column nodes. SQL's rule: a row passes only where the condition is true, and a
comparison with NULL is never true. This module does not know scopes.
"""

from collections.abc import Iterator

from sqlglot import exp

_STRICT = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.RegexpLike, exp.RegexpILike, exp.Glob,
           exp.SimilarTo, exp.Mod, exp.ArrayContainsAll, exp.ArrayOverlaps)  # fmt: skip
_TRANSPARENT = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Lower, exp.Upper, exp.Length, exp.Neg, exp.Cast, exp.Paren)


def proven(condition: exp.Expr | None) -> list[exp.Column]:
    """Columns that are not NULL where the condition holds."""
    if condition is None:
        return []
    match condition:
        case exp.Where() | exp.Paren() | exp.Having():
            return proven(condition.this)
        case exp.And():
            return [column for part in condition.flatten() for column in proven(part)]
        case exp.Or():
            return _in_all([proven(part) for part in condition.flatten()])
        case exp.Not():
            return _denied(condition.this.unnest())
        case exp.Is() if condition.args.get("negate"):
            return list(_operands(condition.this)) if isinstance(condition.expression, exp.Null) else []
        case exp.Is():
            is_true = isinstance(condition.expression, exp.Boolean)
            return list(_operands(condition.this)) if is_true else []
        case exp.Between() | exp.In():
            return list(_operands(condition.this))
        case exp.Column():
            return [condition]
        case _ if isinstance(condition, _STRICT):
            return [*_operands(condition.this), *_operands(condition.expression)]
        case _:
            return []


def _denied(condition: exp.Expr) -> list[exp.Column]:
    match condition:
        case exp.Is() if isinstance(condition.expression, exp.Null) and not condition.args.get("negate"):
            return list(_operands(condition.this))
        case exp.Between() | exp.In():
            return list(_operands(condition.this))
        case exp.Column():
            return [condition]
        case _ if isinstance(condition, _STRICT):
            return proven(condition)
        case _:
            return []


def _operands(node: exp.Expr) -> Iterator[exp.Column]:
    """Columns an operand cannot be non-NULL without."""
    if isinstance(node, exp.Column):
        yield node
    elif isinstance(node, _TRANSPARENT):
        for child in (node.this, node.args.get("expression")):
            if isinstance(child, exp.Expr):
                yield from _operands(child)


def _in_all(branches: list[list[exp.Column]]) -> list[exp.Column]:
    """What every branch of an OR proves, by the names as they are written."""
    if not branches:
        return []
    names = [{(column.table.lower(), column.name.lower()) for column in branch} for branch in branches]
    common = set.intersection(*names)
    return [column for column in branches[0] if (column.table.lower(), column.name.lower()) in common]
