"""SQLite's storage classes: what an expression can be said to hold.

What comes in: values that are bound. What goes out: INTEGER, REAL, TEXT or BLOB where every value must be one, UNKNOWN otherwise. A column is taken to
hold what its declared type says. Source: sqlite.org/datatype3.html, lang_expr.html. This module does not know names.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, affinity, parse_type
from analyzer.sql.binder.scopes import Value

_CLASS = {"int": "INTEGER", "bool": "INTEGER", "float": "REAL", "text": "TEXT", "bytes": "BLOB", "json": "TEXT", "timestamp": "TEXT", "date": "TEXT", "time": "TEXT"}  # fmt: skip
# A NUMERIC value is an INTEGER where it can be.
_CAST = {"INT": "INTEGER", "TEXT": "TEXT", "REAL": "REAL", "": "BLOB"}
_NUMBERS = frozenset({"INTEGER", "REAL"})
_BITS = (exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseLeftShift, exp.BitwiseRightShift, exp.BitwiseNot)


def class_of(value: Value) -> str:
    """An empty name where it may be any."""
    return "" if value.parameter >= 0 else _CLASS.get(value.type.family, "")


def named(name: str) -> ColumnType:
    return parse_type(name, "sqlite") if name else UNKNOWN


def plain(value: Value) -> ColumnType:
    """What the value holds, where it is no longer a plain column."""
    return named(class_of(value))


def shared(values: list[Value]) -> ColumnType:
    """The class of one of several values."""
    found = {class_of(value) for value in values if not is_null(value)}
    return named(found.pop()) if len(found) == 1 else UNKNOWN


def is_null(value: Value) -> bool:
    return value.literal and value.nullable is True


def cast(raw: str) -> ColumnType:
    return named(_CAST.get(affinity(raw), ""))


def number(value: Value) -> ColumnType:
    """What stays a number of its kind."""
    name = class_of(value)
    return named(name if name in _NUMBERS else "")


def arithmetic(node: exp.Expr, left: Value, right: Value) -> ColumnType:
    if isinstance(node, _BITS):
        return named("INTEGER")
    names = {class_of(left), class_of(right)}
    return named("REAL" if "REAL" in names else "INTEGER" if names == {"INTEGER"} else "")
