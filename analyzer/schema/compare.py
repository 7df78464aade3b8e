"""Two schemas side by side, on what engines keep of a definition, never on its text.

What comes in: two Schemas of one dialect, or two tables. What goes out: Differences. What is not known for certain on both sides differs in nothing.
This module does not know where schemas come from, nor which of two is right.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from analyzer.catalog.schema import Column, Schema, Table, fold
from analyzer.catalog.types import ColumnType
from analyzer.facts.source import Dialect, Span
from analyzer.schema.bookkeeping import is_bookkeeping

DifferenceKind = Literal["table", "column", "type", "nullability", "default", "primary key", "unique"]

# SQLite stores by affinity: between these, a declared name decides what a driver makes of a value and nothing that is kept.
_LOOSE = frozenset({"timestamp", "timestamptz", "date", "time", "json", "decimal", "other", "unknown"})
_WIDTHLESS = re.compile(r"\s*\(.{0,40}?\)")
_ALIASES = {"integer": "int", "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "double precision": "double", "boolean": "tinyint", "bool": "tinyint", "integer unsigned": "int unsigned"}  # fmt: skip
_CAST = re.compile(r"::[a-z_ ]{1,60}(?:\(\d{1,6}\))?(?:\[\])?$", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?|'[^']{0,200}'|true|false", re.IGNORECASE)


class Difference(Struct, frozen=True):
    """What one side says and the other does not. `column` is None where it is about the table; a side is None where it lacks the object.

    `left` and `right` are types, default expressions, "NOT NULL" or "NULL", or column lists; `left_at` and `right_at` are where each is defined.
    """

    kind: DifferenceKind
    table: str
    column: str | None
    left: str | None
    right: str | None
    left_at: Span | None
    right_at: Span | None


def compare(left: Schema, right: Schema) -> tuple[Difference, ...]:
    """The differences of all tables that are known for certain, in order of name; none between two dialects."""
    if left.dialect != right.dialect:
        return ()
    known, theirs = comparable(left), comparable(right)
    found: list[Difference] = []
    for at in sorted(known.keys() | theirs.keys()):
        one, other = known.get(at), theirs.get(at)
        if one is not None and other is not None:
            found += compare_tables(one, other, left, right)
        elif one is not None and at not in right.tables and not right.is_tainted(one.name):
            found.append(Difference("table", one.name, None, one.name, None, one.defined, None))
        elif other is not None and at not in left.tables and not left.is_tainted(other.name):
            found.append(Difference("table", other.name, None, None, other.name, None, other.defined))
    return tuple(found)


def comparable(schema: Schema) -> dict[tuple[str, str], Table]:
    """The tables of which everything is known: no views, no partitions, none that a tool keeps for itself, none that is temporary."""
    return {
        at: table
        for at, table in schema.tables.items()
        if table.kind == "table"
        and table.certain
        and table.columns
        and at[0] != "pg_temp"
        and not any(option.startswith("child of") for option in table.options)
        and not schema.is_tainted(table.name)
        and not is_bookkeeping(table.name)
    }


def compare_tables(left: Table, right: Table, left_in: Schema, right_in: Schema) -> tuple[Difference, ...]:
    """The differences of two definitions of one table: columns in order, then keys. Keys are compared where all columns are known."""
    found = [*_columns(left, right, left_in, right_in)]
    if left.closed and right.closed and all(column.certain for column in (*left.columns, *right.columns)):
        found += _keys(left, right)
    return tuple(found)


def _columns(left: Table, right: Table, left_in: Schema, right_in: Schema) -> Iterator[Difference]:
    for column in left.columns:
        twin = right.column(column.name)
        if twin is None and column.certain and right.closed:
            yield Difference(
                "column", left.name, column.name, column.type.raw or column.name, None, column.defined, right.defined
            )
        elif twin is not None and column.certain and twin.certain:
            yield from _one_column(left, right, column, twin, left_in, right_in)
    for column in right.columns:
        if column.certain and left.closed and left.column(column.name) is None:
            yield Difference(
                "column", left.name, column.name, None, column.type.raw or column.name, left.defined, column.defined
            )


def _one_column(
    left: Table, right: Table, one: Column, other: Column, left_in: Schema, right_in: Schema
) -> Iterator[Difference]:
    places = (one.defined, other.defined)
    types = left_in.column_type(one.type), right_in.column_type(other.type)
    if differ(*types, left.dialect):
        yield Difference("type", left.name, one.name, one.type.raw, other.type.raw, *places)
    keyed = _is_keyed(left, one.name) or _is_keyed(right, one.name)
    if one.nullable != other.nullable and not keyed:
        sides = ("NULL" if one.nullable else "NOT NULL", "NULL" if other.nullable else "NOT NULL")
        yield Difference("nullability", left.name, one.name, *sides, *places)
    defaults = _plain(one.default), _plain(other.default)
    if None not in defaults and defaults[0] != defaults[1]:
        yield Difference("default", left.name, one.name, one.default, other.default, *places)


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


def _is_keyed(table: Table, name: str) -> bool:
    key = table.primary_key
    return key is not None and any(fold(column, table.dialect) == fold(name, table.dialect) for column in key.columns)


def _keys(left: Table, right: Table) -> Iterator[Difference]:
    """Keys and unique indexes are one: only the columns count. Keys over columns that one side lacks are that difference's."""
    shared = frozenset(fold(column.name, left.dialect) for column in left.columns if right.column(column.name))
    one, other = _primary(left), _primary(right)
    if one != other and one | other <= shared:
        places = (left.primary_key or left).defined, (right.primary_key or right).defined
        yield Difference("primary key", left.name, None, _listed(one), _listed(other), *places)
    uniques = _uniques(left), _uniques(right)
    for columns in sorted(uniques[0].keys() ^ uniques[1].keys(), key=sorted):
        places = uniques[0].get(columns, left.defined), uniques[1].get(columns, right.defined)
        if columns <= shared and columns not in (one, other):
            sides = [_listed(columns) if columns in side else None for side in uniques]
            yield Difference("unique", left.name, None, sides[0], sides[1], *places)


def _primary(table: Table) -> frozenset[str]:
    key = table.primary_key
    return frozenset(fold(column, table.dialect) for column in key.columns) if key is not None else frozenset()


def _uniques(table: Table) -> dict[frozenset[str], Span]:
    """The column sets that no two rows share, with their places."""
    keys = [(key.columns, key.defined) for key in table.unique]
    keys += [
        (index.columns, index.defined)
        for index in table.indexes
        if index.unique and index.where is None and not index.expressions
    ]
    return {frozenset(fold(column, table.dialect) for column in columns): at for columns, at in keys}


def _listed(columns: frozenset[str]) -> str | None:
    return f"({', '.join(sorted(columns))})" if columns else None
