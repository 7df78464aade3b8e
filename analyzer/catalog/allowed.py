"""What a column takes: whether it must be given, and whether its enumeration, its checks and its domain's take a constant.

What comes in: a constant as text, the column's table and schema. What goes out: what refuses it, or None; None too where it is not certain.
Sources: PostgreSQL's documentation 5.5.1 (NULL passes a check, NOT VALID checks hold for new rows) and 8.7; MySQL's reference manual, "The ENUM
Type". This module does not know where the constant stands.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check, Column, Table
from analyzer.catalog.types import ColumnType
from analyzer.facts.clause import Bounds
from analyzer.facts.source import Span

_NUMBERS = frozenset({"int", "float", "decimal"})
_LABEL = re.compile(r"'((?:[^']|'')*)'")
# What compares without case: PostgreSQL's citext, SQLite's NOCASE; MySQL's collations, unless they say otherwise.
_CASELESS = re.compile(r"_ci\b|nocase", re.IGNORECASE)


class Constant(Struct, frozen=True):
    """`quoted` is False for a number and a boolean."""

    text: str
    quoted: bool = True


class Refusal(Struct, frozen=True):
    """What refuses a constant: `by` names it, `values` are those it allows, () where it is no list. `defined` is where it stands."""

    by: str
    defined: Span
    values: tuple[str, ...] = ()


def requires(schema: Schema, table: Table, column: Column) -> bool:
    """Whether an INSERT must give the column: it may not be NULL, and nothing fills it."""
    if column.nullable or not column.certain or column.generated or table.is_filled(column):
        return False
    if column.default is not None and column.default.strip(" ()").lower() != "null":
        return False
    domain = schema.type(column.type.name)
    if (domain is not None and domain.default is not None) or _may_be_filled(schema, table, column):
        return False
    # MySQL gives an enumeration its first value, and a timestamp the time, where explicit_defaults_for_timestamp is off.
    return schema.dialect != "mysql" or column.type.family not in ("enum", "timestamptz")


def _may_be_filled(schema: Schema, table: Table, column: Column) -> bool:
    """Partitions have triggers of their own, often made in a loop: whether one of them calls a function that fills the column is not known."""
    key = fold(column.name, table.dialect)
    return "partitioned" in table.options and any(key in function.fills for function in schema.functions.values())


def enum_refusal(constant: Constant, type_: ColumnType, column: Column, schema: Schema) -> Refusal | None:
    """An enumeration that does not have the label."""
    if schema.dialect == "mysql":
        return _mysql_enum(constant, column)
    enum = schema.enum(type_.name) if type_.family == "enum" else None
    if enum is None or not constant.quoted or schema.is_tainted(enum.name) or constant.text in enum.values:
        return None
    return Refusal(f'enum "{enum.name}"', enum.defined, enum.values)


def _mysql_enum(constant: Constant, column: Column) -> Refusal | None:
    if column.type.family != "enum" or not constant.quoted:
        return None
    labels = tuple(label.replace("''", "'") for label in _LABEL.findall(column.type.raw))
    known = {label.casefold().rstrip() for label in labels}
    if not labels or constant.text.casefold().rstrip() in known:
        return None
    return Refusal(f'the type of column "{column.name}"', column.defined, labels)


def check_refusal(constant: Constant, table: Table, column: Column, schema: Schema) -> Refusal | None:
    """A check of the table or of the column's domain that does not hold for the constant."""
    for check, name in (*_own(table, column), *_of_domain(column, schema)):
        if check.column == name and check.values is not None:
            if not _is_listed(constant, check.values, column, schema):
                return Refusal(_said(check), check.defined, check.values)
        elif (
            check.bounds is not None
            and check.bounds.column == name
            and not _is_within(constant, check.bounds, schema.column_type(column.type))
        ):
            return Refusal(_said(check), check.defined)
    return None


def _said(check: Check) -> str:
    return f"CHECK ({' '.join(check.sql.split())})"


def _own(table: Table, column: Column) -> Iterator[tuple[Check, str]]:
    key = fold(column.name, table.dialect)
    for check in table.checks:
        about = check.bounds.column if check.bounds is not None else check.column
        if about is not None and fold(about, table.dialect) == key:
            yield check, about


def _of_domain(column: Column, schema: Schema) -> Iterator[tuple[Check, str]]:
    domain = schema.type(column.type.name) if schema.dialect == "postgres" else None
    for check in domain.checks if domain is not None and not schema.is_tainted(domain.name) else ():
        yield check, "value"


def _is_listed(constant: Constant, values: tuple[str, ...], column: Column, schema: Schema) -> bool:
    """True also where the comparison is not known: another collation, a value of another kind."""
    number = _number(constant)
    numbers = [_number(Constant(value, quoted=False)) for value in values]
    if number is not None and all(each is not None for each in numbers):
        return number in numbers
    if schema.column_type(column.type).family not in ("text", "unknown") or not constant.quoted:
        return schema.column_type(column.type).family != "text" or constant.text in values
    caseless = schema.dialect == "mysql" or column.type.name == "citext" or _CASELESS.search(column.collation)
    if caseless:
        return constant.text.casefold().rstrip() in {value.casefold().rstrip() for value in values}
    padded = column.type.name in ("character", "bpchar")
    return (constant.text.rstrip() if padded else constant.text) in {v.rstrip() if padded else v for v in values}


def _number(constant: Constant) -> Decimal | None:
    if constant.text in ("true", "false") and not constant.quoted:
        return Decimal(constant.text == "true")
    try:
        found = Decimal(constant.text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _is_within(constant: Constant, bounds: Bounds, type_: ColumnType) -> bool:
    if bounds.of == "length":
        value = Decimal(len(constant.text)) if constant.quoted and type_.name != "character" else None
    else:
        value = _number(constant) if type_.family in _NUMBERS else None
        # What the type rounds away is gone before the check sees it.
        if value is not None and value % 1 and type_.family != "float":
            value = None
    if value is None:
        return True
    low, high = bounds.low, bounds.high
    if low is not None and (value < Decimal(low) or (bounds.above and value == Decimal(low))):
        return False
    return high is None or not (value > Decimal(high) or (bounds.below and value == Decimal(high)))


def excess(constant: Constant, type_: ColumnType, dialect: str) -> int | None:
    """The length of varchar(n) that a constant exceeds; blanks at the end are cut without a word."""
    if dialect == "sqlite" or type_.family != "text" or not type_.length:
        return None
    return type_.length if len(constant.text.rstrip(" ")) > type_.length else None
