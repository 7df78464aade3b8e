"""MySQL's types of expressions: alternatives and arithmetic, where they are sure.

What comes in: values that are bound. What goes out: a type, UNKNOWN where families mix in ways the versions differ in. Source: MySQL's reference manual
14.3, 14.5, 14.6.1. This module does not know names.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.sql.binder import types
from analyzer.sql.binder.scopes import Value

_NUMBERS = ("int", "bool", "decimal", "float")


def shared(values: list[Value]) -> ColumnType:
    """The type of one of several values: placeholders and NULL take the others'."""
    firm = [value for value in values if value.parameter < 0 and not (value.literal and value.nullable)]
    families = {value.type.family for value in firm}
    if len(families) == 1:
        return types.mixed(firm)
    if families and families <= set(_NUMBERS):
        widest = max(families, key=_NUMBERS.index)
        return parse_type({"float": "double", "decimal": "decimal"}.get(widest, "bigint"), "mysql")
    return UNKNOWN


def is_number(value: Value) -> bool:
    return value.type.family in _NUMBERS


def arithmetic(node: exp.Expr, left: Value, right: Value) -> ColumnType:
    families = {value.type.family for value in (left, right) if value.parameter < 0}
    if not families or not families <= set(_NUMBERS):
        return UNKNOWN
    if "float" in families:
        return parse_type("bigint" if isinstance(node, exp.IntDiv) else "double", "mysql")
    if isinstance(node, exp.IntDiv):
        return parse_type("bigint", "mysql")
    exact = "decimal" in families or isinstance(node, exp.Div)
    return parse_type("decimal" if exact else "bigint", "mysql")
