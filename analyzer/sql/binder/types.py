"""Types of results: operators, aggregates and mixtures of branches, from the values they are made of.

What comes in: bound values. What goes out: types and nullability. Sources: PostgreSQL's documentation 9.21 (aggregates), 10.5
(UNION, CASE), 9.9 (date arithmetic); sqlite.org/datatype3.html. This module does not know names or scopes.
"""

from collections.abc import Iterable

from msgspec.structs import replace
from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.facts.source import Dialect
from analyzer.sql.binder.scopes import Value

_RANK = {"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4, "real": 5, "double precision": 6}
_SQLITE_CLASS = {
    "int": "INTEGER",
    "bool": "INTEGER",
    "float": "REAL",
    "decimal": "REAL",
    "text": "TEXT",
    "bytes": "BLOB",
    "json": "TEXT",
    "timestamp": "TEXT",
    "date": "TEXT",
    "time": "TEXT",
}
_SPELLING = {
    "FLOAT": "real",
    "VARBINARY": "bytea",
    "BPCHAR": "character",
    "DOUBLE": "double precision",
    "NVARCHAR": "varchar",
    "SERIAL": "integer",
    "UBIGINT": "bigint",
    "UINT": "integer",
}
_BOOL: dict[Dialect, str] = {"postgres": "boolean", "sqlite": "INTEGER", "mysql": "bigint"}


def boolean(dialect: Dialect, nullable: bool | None) -> Value:
    return Value(parse_type(_BOOL[dialect], dialect), nullable)


def text(dialect: Dialect) -> ColumnType:
    return parse_type("TEXT" if dialect == "sqlite" else "text", dialect)


def strict(values: Iterable[Value]) -> bool | None:
    """NULL exactly where an operand is."""
    known = [value.nullable for value in values]
    if any(known):
        return True
    return False if all(nullable is False for nullable in known) else None


def literal(node: exp.Literal, dialect: Dialect) -> Value:
    if node.is_string:
        return Value(text(dialect), False, literal=True)
    digits = node.name
    if digits.isdigit():
        name = (
            "INTEGER" if dialect == "sqlite" else "integer" if len(digits) < 10 or int(digits) < 1 << 31 else "bigint"
        )
    else:
        name = "REAL" if dialect == "sqlite" else "numeric"
    return Value(parse_type(name, dialect), False, literal=True)


def declared(to: exp.Expr, dialect: Dialect) -> ColumnType:
    """The type a cast names."""
    if not isinstance(to, exp.DataType):
        return parse_type(to.sql(dialect).lower(), dialect)
    kind = getattr(to.this, "value", str(to.this))
    if kind == "ARRAY" and to.expressions:
        return array_of(declared(to.expressions[0], dialect))
    if kind == "USER-DEFINED":
        shown = to.args.get("kind")
        return parse_type(shown.sql(dialect) if isinstance(shown, exp.Expr) else str(shown or ""), dialect)
    if dialect == "postgres":
        return parse_type(_SPELLING.get(kind, kind.lower()) + _modifier(to), dialect)
    return parse_type(to.sql(dialect), dialect)


def _modifier(to: exp.DataType) -> str:
    """The numbers behind a type's name."""
    numbers = [each.name for each in to.expressions if isinstance(each, exp.DataTypeParam)]
    return f"({','.join(numbers)})" if numbers and all(number.lstrip("-").isdigit() for number in numbers) else ""


def unmodified(type_: ColumnType) -> ColumnType:
    """What a function or an operator gives has no length: PostgreSQL keeps it for plain columns and casts."""
    if not type_.modifier:
        return type_
    name = "bpchar" if type_.name == "character" else type_.name
    return replace(type_, raw=name, name=name, modifier="", length=None)


def array_of(element: ColumnType) -> ColumnType:
    if not element.name or element.family == "array":
        return element if element.family == "array" else UNKNOWN
    return ColumnType(f"{element.name}[]", f"{element.name}[]", "array", None, element.name)


def element_of(array: ColumnType, dialect: Dialect) -> ColumnType:
    return parse_type(array.element, dialect) if array.family == "array" and array.element else UNKNOWN


def storage_class(type_: ColumnType, dialect: Dialect) -> ColumnType:
    """SQLite gives an expression a storage class, not a declared type."""
    if dialect != "sqlite":
        return type_
    name = _SQLITE_CLASS.get(type_.family)
    return ColumnType(name, name, type_.family) if name else UNKNOWN


def mixed(values: list[Value]) -> ColumnType:
    """The type of alternatives: the first whose type is known; literals yield; numbers widen. A length is kept where all have it."""
    found = _mixed(values)
    shared = all((value.type.name, value.type.modifier) == (found.name, found.modifier) for value in values)
    return found if shared else unmodified(found)


def _mixed(values: list[Value]) -> ColumnType:
    typed = [value for value in values if value.type.name and value.parameter < 0]
    firm = [value for value in typed if not (value.literal and value.type.family == "text")] or typed
    numbers = all(value.type.name in _RANK for value in firm)
    # What is not known may be a wider number, or what a literal yields to.
    open_ = any(not value.type.name and value.parameter < 0 and value != Value(nullable=True) for value in values)
    if not firm or (open_ and (numbers or all(value.literal for value in firm))):
        return UNKNOWN
    if numbers:
        return max((value.type for value in firm), key=lambda type_: _RANK[type_.name])
    solid = [value for value in firm if not value.literal] or firm
    return solid[0].type


def arithmetic(node: exp.Expr, left: Value, right: Value, dialect: Dialect) -> ColumnType:
    one, two = left.type, right.type
    minus = isinstance(node, exp.Sub)
    if one.family in ("timestamp", "timestamptz", "date", "time", "interval") or two.family in (
        "timestamp",
        "timestamptz",
        "date",
        "interval",
    ):
        return _temporal(one, two, minus=minus)
    if one.name in _RANK and two.name in _RANK:
        wide = max(one, two, key=lambda type_: _RANK[type_.name])
        if wide.name == "real" and {one.name, two.name} != {"real"}:
            return parse_type("double precision", dialect)
        return wide
    if minus and one.family == "json":
        return one
    return one if right.parameter >= 0 else two if left.parameter >= 0 else UNKNOWN


def _temporal(one: ColumnType, two: ColumnType, *, minus: bool) -> ColumnType:
    interval = ColumnType("interval", "interval", "interval")
    if two.family == "interval" or one.family == "interval":
        moved = one if one.family != "interval" else two
        return (
            ColumnType("timestamp", "timestamp without time zone", "timestamp")
            if moved.family == "date"
            else moved
            if moved.family != "unknown" and moved.family not in ("int", "float", "decimal")
            else interval
        )
    if (
        minus
        and one.family in ("timestamp", "timestamptz")
        and two.family in ("timestamp", "timestamptz", "date", "unknown")
    ):
        return interval
    if one.family == "date" and two.family == "date":
        return ColumnType("integer", "integer", "int")
    return one if one.family == "date" else interval if minus else UNKNOWN


def concatenation(left: Value, right: Value, dialect: Dialect) -> ColumnType:
    for value in (left, right):
        if value.type.family in ("array", "json", "bytes") and not value.literal:
            return value.type if dialect != "sqlite" else parse_type("TEXT", dialect)
        if value.type.name == "tsvector":
            return value.type
    return parse_type("TEXT" if dialect == "sqlite" else "text", dialect)


def summed(value: Value, dialect: Dialect) -> ColumnType:
    name = value.type.name
    if dialect == "mysql":
        return parse_type(
            "double"
            if value.type.family == "float"
            else "decimal"
            if value.type.family in ("int", "bool", "decimal")
            else "",
            dialect,
        )
    return parse_type({"smallint": "bigint", "integer": "bigint", "bigint": "numeric"}.get(name, name), dialect)


def averaged(value: Value, dialect: Dialect) -> ColumnType:
    if value.type.family in ("int", "decimal"):
        return parse_type("numeric" if dialect == "postgres" else "decimal", dialect)
    if value.type.family == "float":
        return parse_type("double precision", dialect)
    return UNKNOWN if dialect == "mysql" else value.type
