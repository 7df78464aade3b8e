"""Two schemas side by side, on what engines keep of a definition, never on its text.

What comes in: two Schemas of one dialect, or two tables. What goes out: Differences. What is not known for certain on both sides differs in nothing.
This module does not know where schemas come from, nor which of two is right.
"""

import re
from collections.abc import Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.catalog.types import ColumnType
from analyzer.facts.source import Dialect
from analyzer.schema.bookkeeping import is_bookkeeping
from analyzer.schema.constraints import constraints, primary_columns
from analyzer.schema.differences import Difference
from analyzer.schema.named import enums_and_domains, views
from analyzer.sql.canonical import canonical
from analyzer.sql.canonical.types import exact_type

# SQLite stores by affinity: between these, a declared name decides what a driver makes of a value and nothing that is kept.
_LOOSE = frozenset({"timestamp", "timestamptz", "date", "time", "json", "decimal", "other", "unknown"})
_WIDTHLESS = re.compile(r"\s*\(.{0,40}?\)")
_ALIASES = {"integer": "int", "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "double precision": "double", "boolean": "tinyint", "bool": "tinyint", "integer unsigned": "int unsigned"}  # fmt: skip
_CAST = re.compile(r"::[a-z_ ]{1,60}(?:\(\d{1,6}\))?(?:\[\])?$", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']{0,2000}'")
# What nobody knows, outside of quotes: no engine has such an expression.
_HOLE = "{}"
_PLAIN = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?|'[^']{0,200}'|true|false", re.IGNORECASE)


def compare(left: Schema, right: Schema, *, order: bool = False) -> tuple[Difference, ...]:
    """The differences of all that is known for certain: tables in order of name, then views, enums and domains; none between two dialects.

    With `order` the order of columns counts. Renames are not guessed.
    """
    if left.dialect != right.dialect:
        return ()
    known, theirs = _certain(left), _certain(right)
    found: list[Difference] = []
    for at in sorted(known.keys() | theirs.keys()):
        one, other = known.get(at), theirs.get(at)
        if one is not None and other is not None:
            found += compare_tables(one, other, left, right)
            found += _order(one, other) if order else ()
        elif one is not None and at not in right.tables and not right.is_tainted(one.name):
            found.append(Difference("table", one.name, None, one.name, None, one.defined, None, one.namespace))
        elif other is not None and at not in left.tables and not left.is_tainted(other.name):
            found.append(Difference("table", other.name, None, None, other.name, None, other.defined, other.namespace))
    return (*found, *views(left, right), *enums_and_domains(left, right))


def comparable(schema: Schema) -> dict[tuple[str, str], Table]:
    """The tables of which everything is known: no views, no partitions, none that a tool keeps for itself, none that is temporary."""
    return {at: table for at, table in _certain(schema).items() if not is_bookkeeping(table.name)}


def _certain(schema: Schema) -> dict[tuple[str, str], Table]:
    return {
        at: table
        for at, table in schema.tables.items()
        if table.kind == "table"
        and table.certain
        and table.columns
        and at[0] != "pg_temp"
        and not any(option.startswith("child of") for option in table.options)
        and not schema.is_tainted(table.name)
    }


def compare_tables(left: Table, right: Table, left_in: Schema, right_in: Schema) -> tuple[Difference, ...]:
    """The differences of two definitions of one table: columns in order, then keys, checks and indexes, which are compared where all columns are known."""
    found = [*_columns(left, right, left_in, right_in)]
    if left.closed and right.closed and all(column.certain for column in (*left.columns, *right.columns)):
        found += constraints(left, right, left_in, right_in)
    return tuple(found)


def _columns(left: Table, right: Table, left_in: Schema, right_in: Schema) -> Iterator[Difference]:
    for column in left.columns:
        twin = right.column(column.name)
        if twin is None and column.certain and right.closed:
            places = column.defined, right.defined, left.namespace
            yield Difference("column", left.name, column.name, column.type.raw or column.name, None, *places)
        elif twin is not None and column.certain and twin.certain:
            yield from _one_column(left, right, column, twin, left_in, right_in)
    for column in right.columns:
        if column.certain and left.closed and left.column(column.name) is None:
            places = left.defined, column.defined, left.namespace
            yield Difference("column", left.name, column.name, None, column.type.raw or column.name, *places)


def _one_column(
    left: Table, right: Table, one: Column, other: Column, left_in: Schema, right_in: Schema
) -> Iterator[Difference]:
    ends = (one.defined, other.defined, left.namespace)
    yield from _types(left, one, other, left_in, right_in)
    keyed = bool({one.name, other.name} & set(primary_columns(left) + primary_columns(right)))
    if one.nullable != other.nullable and not keyed:
        before, after = ("NULL" if column.nullable else "NOT NULL" for column in (one, other))
        yield Difference("nullability", left.name, one.name, before, after, *ends)
    yield from _defaults(left, one, other)
    if one.generated != other.generated:
        yield Difference("generated", left.name, one.name, one.generated or None, other.generated or None, *ends, True)
    collations = _collation(one), _collation(other)
    if collations[0] != collations[1]:
        yield Difference("collation", left.name, one.name, collations[0] or None, collations[1] or None, *ends, True)


def _types(table: Table, one: Column, other: Column, left_in: Schema, right_in: Schema) -> Iterator[Difference]:
    types = left_in.column_type(one.type), right_in.column_type(other.type)
    coarse = differ(*types, table.dialect)
    names = [_exact(one.type, left_in), _exact(other.type, right_in)]
    if coarse or (names[0] != names[1] and all(names)):
        ends = (one.defined, other.defined, table.namespace)
        yield Difference("type", table.name, one.name, one.type.raw, other.type.raw, *ends, not coarse)


def _exact(type_: ColumnType, schema: Schema) -> str:
    """With its modifiers; a type of the schema's own by its name."""
    own = schema.enum(type_.name.removesuffix("[]")) or schema.type(type_.name.removesuffix("[]"))
    if own is None:
        return exact_type(type_.raw, schema.dialect)
    return own.name + ("[]" if type_.name.endswith("[]") else "")


def _defaults(table: Table, one: Column, other: Column) -> Iterator[Difference]:
    """Of two literals the values, else the canonical forms; a computed column's expression is its default too."""
    forms = [_form(column, table.dialect) for column in (one, other)]
    if forms[0] == forms[1] or "auto" in (one.generated, other.generated):
        return
    if any(_HOLE in _QUOTED.sub("", column.default or "") for column in (one, other)):
        return
    plain = _plain(one.default), _plain(other.default)
    if None in plain or plain[0] != plain[1]:
        ends = (one.defined, other.defined, table.namespace)
        yield Difference("default", table.name, one.name, one.default, other.default, *ends, None in plain)


def _form(column: Column, dialect: Dialect) -> str:
    """No default and NULL are one."""
    form = canonical(column.default or "", dialect, target=exact_type(column.type.raw, dialect))
    return "" if form == "null" else form


def _collation(column: Column) -> str:
    name = column.collation.rpartition(".")[2].strip('"`').lower()
    return "" if name in ("default", "binary") else name


def _order(left: Table, right: Table) -> Iterator[Difference]:
    """Of the columns that both have."""
    one = [column.name for column in left.columns if right.column(column.name)]
    twins = (right.column(name) for name in one)
    other = sorted((twin for twin in twins if twin is not None), key=right.columns.index)
    if one != [column.name for column in other]:
        names = ", ".join(one), ", ".join(column.name for column in other)
        yield Difference("order", left.name, None, *names, left.defined, right.defined, left.namespace, True)


def differ(left: ColumnType, right: ColumnType, dialect: Dialect) -> bool:
    """True where the engine keeps other values in one than in the other; what is not a built-in type differs from nothing."""
    if not left.is_known or not right.is_known or "array" in (left.family, right.family):
        return False
    if dialect == "sqlite":
        loose = left.family in _LOOSE or right.family in _LOOSE or {left.family, right.family} == {"int", "bool"}
        return not loose and left.family != right.family
    if "enum" in (left.family, right.family):
        return left.family != right.family
    return _engine_name(left, dialect) != _engine_name(right, dialect) or left.length != right.length


def _engine_name(type_: ColumnType, dialect: Dialect) -> str:
    """MySQL's display widths say nothing of the values, but for tinyint(1) that is its boolean."""
    if dialect == "postgres":
        return type_.name
    words = _WIDTHLESS.sub("", type_.name).split(" character set")[0].split(" collate")[0].strip()
    return _ALIASES.get(words, words)


def _plain(default: str | None) -> str | None:
    """The value of a default that is a literal, None for others: dumps add a cast, parentheses or quotes."""
    text = (default or "").strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    text = _CAST.sub("", text)
    if not _PLAIN.fullmatch(text):
        return None
    text = text.strip("'")
    lower = {"true": "1", "false": "0"}.get(text.lower(), text)
    try:
        return str(float(lower)) if len(lower) < len("1234567890123456") else lower
    except ValueError:
        return lower
