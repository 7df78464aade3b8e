"""What a real engine built: its catalogue as plain values, to be compared with a replayed schema.

What comes in: a connection. What goes out: {table: TableShape}. The same shape is made of our Schema; both know tables, columns, types,
nullability, keys and indexes, nothing else.
"""

import re
import sqlite3
from typing import Any

from msgspec import Struct

from analyzer.catalog.schema import Schema, Table
from analyzer.catalog.types import ColumnType, parse_type


class TableShape(Struct, frozen=True):
    """Columns are (name, type, nullable) in order; keys and indexes are sorted."""

    columns: tuple[tuple[str, str, bool], ...]
    primary_key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str, str], ...]
    indexes: tuple[tuple[str, tuple[str, ...], bool], ...]


def shape_of(schema: Schema) -> dict[str, TableShape]:
    """Our own answer; views are left out."""
    return {
        (f"{namespace}." if namespace else "") + table.name: _table_shape(table, schema)
        for (namespace, _), table in schema.tables.items()
        if table.kind == "table" and "virtual" not in table.options
    }


def _table_shape(table: Table, schema: Schema) -> TableShape:
    columns = tuple((column.name, _type_name(column.type, schema), column.nullable) for column in table.columns)
    return TableShape(
        columns,
        table.primary_key.columns if table.primary_key else (),
        tuple(sorted(key.columns for key in table.unique)),
        tuple(sorted((key.columns, key.table, key.on_delete or "no action") for key in table.foreign_keys)),
        tuple(
            sorted(
                (
                    index.name,
                    tuple("<expr>" if at in index.expressions else name for at, name in enumerate(index.columns)),
                    index.unique,
                )
                for index in table.indexes
            )
        ),
    )


def _type_name(type_: ColumnType, schema: Schema) -> str:
    """SQLite prints its own types' names in upper case, however they were declared."""
    name = schema.column_type(type_).name
    return name.upper() if schema.dialect == "sqlite" else name


def sqlite_shapes(connection: sqlite3.Connection) -> dict[str, TableShape]:
    """PRAGMA table_info and its like. The rowid's alias is NOT NULL though SQLite does not print it."""
    names = [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("sqlite_") and "VIRTUAL TABLE" not in sql.upper()
    ]
    shadows = [
        name + "_" for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%'")
    ]
    return {name: _sqlite_shape(connection, name) for name in names if not name.startswith(tuple(shadows) or "\0")}


def _sqlite_shape(connection: sqlite3.Connection, table: str) -> TableShape:
    info = [row for row in connection.execute(f'PRAGMA table_xinfo("{table}")') if row[6] != 1]
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    key = tuple(row[1] for row in sorted((row for row in info if row[5]), key=lambda row: row[5]))
    alias = len(key) == 1 and any(row[5] and row[2].upper() == "INTEGER" for row in info)
    solid = alias or re.search(r"without\s+rowid", sql, re.IGNORECASE) is not None
    columns = tuple((row[1], " ".join(row[2].split()).upper(), not (row[3] or (row[5] and solid))) for row in info)
    unique, indexes = [], []
    for _, name, is_unique, origin, *_ in connection.execute(f'PRAGMA index_list("{table}")'):
        members = tuple(row[2] or "<expr>" for row in connection.execute(f'PRAGMA index_info("{name}")'))
        if origin == "u":
            unique.append(members)
        elif origin == "c":
            indexes.append((name, members, bool(is_unique)))
    keys: dict[int, list[Any]] = {}
    for row in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
        keys.setdefault(row[0], []).append(row)
    foreign = [
        (tuple(row[3] for row in sorted(rows, key=lambda row: row[1])), rows[0][2], rows[0][6].lower())
        for rows in keys.values()
    ]
    return TableShape(columns, key, tuple(sorted(unique)), tuple(sorted(foreign)), tuple(sorted(indexes)))


_USER = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
_COLUMNS = f"""
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'f') AND {_USER} ORDER BY 1, 2, a.attnum"""
_KEYS = f"""
SELECT n.nspname, c.relname, k.contype::text,
  (SELECT array_agg(a.attname::text ORDER BY o.n) FROM unnest(k.conkey) WITH ORDINALITY o(num, n)
   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num), f.relname, k.confdeltype::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype IN ('p', 'u', 'f') AND {_USER}"""
_INDEXES = f"""
SELECT n.nspname, t.relname, i.relname, x.indisunique,
  (SELECT array_agg(coalesce(a.attname::text, '<expr>') ORDER BY o.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY o(num, n)
   LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = o.num AND o.num <> 0 WHERE o.n <= x.indnkeyatts)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x') WHERE k.oid IS NULL AND t.relkind IN ('r', 'p') AND {_USER}"""
_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}


def postgres_shapes(connection: Any) -> dict[str, TableShape]:
    """The system catalogues of every namespace that is not the system's; types as `format_type` prints them."""
    columns: dict[str, list[tuple[str, str, bool]]] = {}
    for namespace, table, column, type_, not_null in connection.execute(_COLUMNS):
        found = columns.setdefault(_qualified(namespace, table), [])
        if column is not None:
            found.append((column, parse_type(type_, "postgres").name, not not_null))
    primary: dict[str, tuple[str, ...]] = {}
    unique: dict[str, list[tuple[str, ...]]] = {}
    foreign: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for namespace, table, kind, members, target, action in connection.execute(_KEYS):
        name = _qualified(namespace, table)
        if kind == "p":
            primary[name] = tuple(members)
        elif kind == "u":
            unique.setdefault(name, []).append(tuple(members))
        else:
            foreign.setdefault(name, []).append((tuple(members), target, _ACTIONS[action]))
    indexes: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
    for namespace, table, index, is_unique, members in connection.execute(_INDEXES):
        indexes.setdefault(_qualified(namespace, table), []).append((index, tuple(members), is_unique))
    return {
        name: TableShape(
            tuple(found),
            primary.get(name, ()),
            tuple(sorted(unique.get(name, []))),
            tuple(sorted(foreign.get(name, []))),
            tuple(sorted(indexes.get(name, []))),
        )
        for name, found in columns.items()
    }


def _qualified(namespace: str, table: str) -> str:
    return table if namespace == "public" else f"{namespace}.{table}"
