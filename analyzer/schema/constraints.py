"""Keys, checks and indexes of two definitions of one table.

What comes in: two tables and their schemas. What goes out: Differences. Names of constraints and indexes say nothing; a unique constraint and a
unique index over plain columns are one. This module does not know columns' own definitions.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import ForeignKey, Index, Table
from analyzer.facts.source import Span
from analyzer.schema.differences import Difference, DifferenceKind
from analyzer.sql.canonical import canonical
from analyzer.sql.canonical.types import exact_type

# What stands for each: its meaning, the words for it, and its place.
_Part = tuple[Hashable, str, Span]
_DEFAULT_METHOD = ("", "btree")
_PLAIN_ORDERS = {
    "asc": "", "nulls last": "", "asc nulls last": "", "asc nulls first": "nulls first", "desc nulls first": "desc",
}  # fmt: skip
# The classes that a type has by itself: PostgreSQL's documentation, sections 11.10, 65.2 and 65.4.
_CLASSES = {
    "text": ("text_ops",), "character varying": ("text_ops", "varchar_ops"), "character": ("bpchar_ops",), "smallint": ("int2_ops",),
    "integer": ("int4_ops",), "bigint": ("int8_ops",), "numeric": ("numeric_ops",), "real": ("float4_ops",), "double precision": ("float8_ops",),
    "uuid": ("uuid_ops",), "boolean": ("bool_ops",), "date": ("date_ops",), "timestamp without time zone": ("timestamp_ops",),
    "timestamp with time zone": ("timestamptz_ops",), "time without time zone": ("time_ops",), "bytea": ("bytea_ops",), "inet": ("inet_ops",),
    "jsonb": ("jsonb_ops",), "tsvector": ("tsvector_ops",), "interval": ("interval_ops",),
}  # fmt: skip


def constraints(left: Table, right: Table, left_in: Schema, right_in: Schema) -> Iterator[Difference]:
    """What is over columns that both have; the rest is those columns' difference."""
    shared = frozenset(fold(column.name, left.dialect) for column in left.columns if right.column(column.name))
    yield from _keys(left, right, shared)
    yield from _foreign(left, right, left_in, right_in, shared)
    yield from _several("check", left, right, lambda table: _checks(table, left_in if table is left else right_in))
    yield from _several("index", left, right, _indexes)


def primary_columns(table: Table) -> tuple[str, ...]:
    return table.primary_key.columns if table.primary_key is not None else ()


def _keys(left: Table, right: Table, shared: frozenset[str]) -> Iterator[Difference]:
    """Keys and unique indexes are one: only the columns count. Keys over columns that one side lacks are that difference's."""
    ordered = [tuple(fold(column, table.dialect) for column in primary_columns(table)) for table in (left, right)]
    one, other = map(frozenset, ordered)
    if ordered[0] != ordered[1] and one | other <= shared:
        places = (left.primary_key or left).defined, (right.primary_key or right).defined, left.namespace, one == other
        yield Difference("primary key", left.name, None, listed(ordered[0]), listed(ordered[1]), *places)
    uniques = _uniques(left), _uniques(right)
    for columns in sorted(uniques[0].keys() ^ uniques[1].keys(), key=sorted):
        places = uniques[0].get(columns, left.defined), uniques[1].get(columns, right.defined), left.namespace, False
        if columns <= shared and columns not in (one, other):
            sides = [listed(sorted(columns)) if columns in side else None for side in uniques]
            yield Difference("unique", left.name, None, sides[0], sides[1], *places)


def _uniques(table: Table) -> dict[frozenset[str], Span]:
    """The column sets that no two rows share, with their places."""
    keys = [(key.columns, key.defined) for key in table.unique]
    keys += [(index.columns, index.defined) for index in table.indexes if _is_key(index)]
    return {frozenset(fold(column, table.dialect) for column in columns): at for columns, at in keys}


def _is_key(index: Index) -> bool:
    return index.unique and index.where is None and not index.expressions


def _foreign(
    left: Table, right: Table, left_in: Schema, right_in: Schema, shared: frozenset[str]
) -> Iterator[Difference]:
    """Keys of the same columns to the same table are one key, with other actions perhaps."""
    sides = [_foreign_by_columns(table, schema) for table, schema in ((left, left_in), (right, right_in))]
    for columns in sorted(sides[0].keys() | sides[1].keys()):
        one, other = (side.get(columns) for side in sides)
        same = one is not None and other is not None and one[0] == other[0]
        if not same and frozenset(columns[0]) <= shared:
            texts = (one[1] if one else None, other[1] if other else None)
            places = (one[2] if one else left.defined, other[2] if other else right.defined)
            yield Difference("foreign key", left.name, None, *texts, *places, left.namespace, True)


def _foreign_by_columns(table: Table, schema: Schema) -> dict[tuple[tuple[str, ...], str], _Part]:
    found: dict[tuple[tuple[str, ...], str], _Part] = {}
    for key in table.foreign_keys:
        target = key.target or _key_of(schema, key)
        actions = [action or "no action" for action in (key.on_delete, key.on_update)]
        columns = tuple(fold(column, table.dialect) for column in key.columns)
        told = [f" on {on} {done}" for on, done in zip(("delete", "update"), actions, strict=True) if done != "no action"]  # fmt: skip
        text = f"({', '.join(key.columns)}) references {key.table} ({', '.join(target)}){''.join(told)}"
        meaning = (tuple(fold(column, table.dialect) for column in target), *actions)
        found[columns, fold(key.table, table.dialect)] = (meaning, text, key.defined)
    return found


def _key_of(schema: Schema, key: ForeignKey) -> tuple[str, ...]:
    target = schema.table(key.table, key.namespace)
    return primary_columns(target) if target is not None else ()


def _checks(table: Table, schema: Schema) -> Iterator[_Part]:
    types = column_types(table, schema)
    for check in table.checks:
        yield canonical(check.sql, table.dialect, types), check.sql, check.defined


def column_types(table: Table, schema: Schema) -> Mapping[str, str]:
    """The types of columns by name; what is asked of a domain is asked of its base, so it is left out."""
    return {
        column.name: exact_type(column.type.raw, table.dialect)
        for column in table.columns
        if schema.type(column.type.name) is None
    }


def _indexes(table: Table) -> Iterator[_Part]:
    """But those that are keys."""
    types = {column.name: exact_type(column.type.raw, table.dialect) for column in table.columns}
    for index in table.indexes:
        if _is_key(index):
            continue
        columns = tuple(
            canonical(column, table.dialect, types) if at in index.expressions else fold(column, table.dialect)
            for at, column in enumerate(index.columns)
        )
        where = canonical(index.where or "", table.dialect, types)
        method = "" if index.method in _DEFAULT_METHOD else index.method
        options = _options(index, table)
        options = options if any(options) else ()
        meaning = (columns, options, index.unique, where, method, index.include, index.nulls_distinct)
        yield meaning, _index_text(index), index.defined


def _options(index: Index, table: Table) -> tuple[str, ...]:
    """Orders and operator classes that say more than the engine does by itself: ASC says nothing, NULLs are the largest in PostgreSQL."""
    if table.dialect != "postgres":
        return tuple("" if one == "asc" else one for one in index.options)
    columns = (table.column(name) for name in index.columns)
    types = [column.type.name if column is not None else "" for column in columns]
    return tuple(_telling(one, type_) for one, type_ in zip(index.options, types, strict=False))


def _telling(option: str, type_: str) -> str:
    own = _CLASSES.get(type_, ("array_ops",) if type_.endswith("[]") else ("enum_ops",))
    words = " ".join(word for word in option.split() if word not in own)
    return _PLAIN_ORDERS.get(words, words)


def _index_text(index: Index) -> str:
    options = index.options or ("",) * len(index.columns)
    columns = (f"{column} {option}".strip() for column, option in zip(index.columns, options, strict=False))
    method = f" using {index.method}" if index.method not in _DEFAULT_METHOD else ""
    unique = "unique " if index.unique else ""
    include = f" include ({', '.join(index.include)})" if index.include else ""
    where = f" where {index.where}" if index.where else ""
    return f"{unique}({', '.join(columns)}){method}{include}{where}"


def _several(
    kind: DifferenceKind, left: Table, right: Table, parts: Callable[[Table], Iterator[_Part]]
) -> Iterator[Difference]:
    """What stands more often on one side than on the other, by its meaning."""
    one, other = list(parts(left)), list(parts(right))
    counts = Counter(meaning for meaning, _, _ in one), Counter(meaning for meaning, _, _ in other)
    for meaning, text, at in one:
        if counts[0][meaning] > counts[1][meaning]:
            counts[0][meaning] -= 1
            yield Difference(kind, left.name, None, text, None, at, right.defined, left.namespace, True)
    counts = Counter(meaning for meaning, _, _ in one), counts[1]
    for meaning, text, at in other:
        if counts[1][meaning] > counts[0][meaning]:
            counts[1][meaning] -= 1
            yield Difference(kind, left.name, None, None, text, left.defined, at, left.namespace, True)


def listed(columns: tuple[str, ...] | list[str]) -> str | None:
    return f"({', '.join(columns)})" if columns else None
