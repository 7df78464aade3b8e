"""What SQLite built, by its pragmas.

What comes in: a connection. What goes out: {table: TableShape}. Checks and the predicates of partial indexes stand in no pragma: they are read from
the statement that SQLite keeps, which it edits itself when a table changes.
"""

import re
import sqlite3
from typing import Any

from analyzer.sql.canonical import canonical
from tests.schema.engines.shapes import ColumnShape, IndexShape, TableShape

_GENERATED = {2: "virtual", 3: "stored"}
_PREDICATE = re.compile(r"\bWHERE\b(.*)$", re.IGNORECASE | re.DOTALL)


def sqlite_shapes(connection: sqlite3.Connection) -> dict[str, TableShape]:
    """PRAGMA table_xinfo and its like. The rowid's alias is NOT NULL though SQLite does not print it."""
    names = [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("sqlite_") and "VIRTUAL TABLE" not in sql.upper()
    ]
    shadows = [
        name + "_" for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%'")
    ]
    return {name: _shape(connection, name) for name in names if not name.startswith(tuple(shadows) or "\0")}


def _shape(connection: sqlite3.Connection, table: str) -> TableShape:
    info = [row for row in connection.execute(f'PRAGMA table_xinfo("{table}")') if row[6] != 1]
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    key = tuple(row[1] for row in sorted((row for row in info if row[5]), key=lambda row: row[5]))
    alias = len(key) == 1 and any(row[5] and row[2].upper() == "INTEGER" for row in info)
    solid = alias or re.search(r"without\s+rowid", sql, re.IGNORECASE) is not None
    unique, indexes = _indexes(connection, table)
    return TableShape(
        tuple(_column(row, solid=solid) for row in info), key, unique, _foreign(connection, table), indexes
    )


def _column(row: tuple[Any, ...], *, solid: bool) -> ColumnShape:
    default = None if row[4] is None else canonical(row[4], "sqlite", target=" ".join(row[2].split()).upper())
    nullable = not (row[3] or (row[5] and solid))
    return ColumnShape(row[1], " ".join(row[2].split()).upper(), nullable, default, _GENERATED.get(row[6], ""))


def _indexes(connection: sqlite3.Connection, table: str) -> tuple[tuple[tuple[str, ...], ...], tuple[IndexShape, ...]]:
    unique, indexes = [], []
    for _, name, is_unique, origin, *_ in connection.execute(f'PRAGMA index_list("{table}")'):
        members = tuple(row[2] or "<expr>" for row in connection.execute(f'PRAGMA index_info("{name}")'))
        if origin == "u":
            unique.append(members)
        elif origin == "c":
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            predicate = _PREDICATE.search(sql)
            where = canonical(predicate[1], "sqlite") if predicate else ""
            indexes.append(IndexShape(name, members, bool(is_unique), where))
    return tuple(sorted(unique)), tuple(sorted(indexes))


def _foreign(connection: sqlite3.Connection, table: str) -> tuple[tuple[tuple[str, ...], str, str, str], ...]:
    keys: dict[int, list[Any]] = {}
    for row in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
        keys.setdefault(row[0], []).append(row)
    return tuple(
        sorted(
            (tuple(row[3] for row in sorted(rows, key=lambda row: row[1])), rows[0][2], rows[0][6].lower(), rows[0][5].lower())
            for rows in keys.values()
        )
    )  # fmt: skip
