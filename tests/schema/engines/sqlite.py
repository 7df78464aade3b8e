"""What SQLite built, by its pragmas.

What comes in: a connection. What goes out: {table: TableShape}. Checks, the expressions of generated columns and the predicates of partial indexes
stand in no pragma: they are read from the statement that SQLite keeps, which it edits itself when a table changes.
"""

import re
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from analyzer.sql.canonical import canonical
from tests.schema.engines.shapes import ColumnShape, IndexShape, TableShape

_GENERATED = {2: "virtual", 3: "stored"}
_PIECE = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\d+\.\d+|[\w$]+|\|\||[<>!=]=|<>|<<|>>|->>?|\S""",
    re.DOTALL,
)


def sqlite_shapes(connection: sqlite3.Connection) -> dict[str, TableShape]:
    """PRAGMA table_xinfo and its like. The rowid's alias is NOT NULL though SQLite does not print it."""
    names = [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("sqlite_") and not _is_virtual(sql)
    ]
    shadows = [
        name + "_"
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if _is_virtual(sql)
    ]
    return {name: _shape(connection, name) for name in names if not name.startswith(tuple(shadows) or "\0")}


def sqlite_views(connection: sqlite3.Connection) -> dict[str, tuple[str, ...] | None]:
    """The columns of every view; None where it reads what is no longer there."""
    found: dict[str, tuple[str, ...] | None] = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        try:
            found[name] = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(name)})"))
        except sqlite3.Error:
            found[name] = None
    return found


def _is_virtual(sql: str | None) -> bool:
    return (sql or "").upper().startswith("CREATE VIRTUAL TABLE")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shape(connection: sqlite3.Connection, table: str) -> TableShape:
    info = [row for row in connection.execute(f"PRAGMA main.table_xinfo({_quoted(table)})") if row[6] != 1]
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    key = tuple(row[1] for row in sorted((row for row in info if row[5]), key=lambda row: row[5]))
    pieces = list(_elements(sql))
    alias = len(key) == 1 and any(row[5] and row[2].upper() == "INTEGER" for row in info) and not _descends(pieces)
    solid = alias or re.search(r"without\s+rowid", sql, re.IGNORECASE) is not None
    expressions = [group for _, *words in pieces for group in _groups(words, "AS")]
    unique, indexes = _indexes(connection, table)
    foreign = _foreign(connection, table)
    return TableShape(
        tuple(_column(row, expressions, solid=solid) for row in info),
        key,
        unique,
        tuple((columns, target, delete, update) for columns, target, delete, update, _ in foreign),
        indexes,
        tuple(sorted(canonical(check, "sqlite") for piece in pieces for check in _groups(piece, "CHECK"))),
        tuple((columns, target, to) for columns, target, _, _, to in foreign),
    )


def _elements(sql: str) -> Iterator[list[str]]:
    """The words of each definition between the parentheses of CREATE TABLE; a group in parentheses is one word."""
    words = [word for word in _PIECE.findall(sql) if not word.startswith(("--", "/*"))]
    found: list[str] = []
    depth, group = 0, list[str]()
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth == 0 and word == ")":
            yield found
            return
        if depth == 1 and word == ",":
            yield found
            found = []
        elif depth == 1 and word == ")":
            found.append(" ".join(group))
            group = []
        elif depth > 1:
            group += [] if depth == 2 and word == "(" and not group else [word]
        elif depth == 1 and word != "(":
            found.append(word)


def _groups(words: list[str], keyword: str) -> list[str]:
    """What stands in parentheses behind a keyword."""
    return [after for word, after in pairwise(words) if word.upper() == keyword]


def _descends(pieces: list[list[str]]) -> bool:
    """INTEGER PRIMARY KEY DESC: no alias of the rowid."""
    texts = (" ".join(piece).upper() for piece in pieces)
    return any(re.search(r"\bINTEGER\b.*\bPRIMARY KEY DESC\b", text) for text in texts)


def _column(row: tuple[Any, ...], expressions: list[str], *, solid: bool) -> ColumnShape:
    type_ = " ".join(row[2].split()).upper()
    default = None if row[4] is None else canonical(row[4], "sqlite", target=type_)
    generated = _GENERATED.get(row[6], "")
    if generated:
        default = canonical(expressions.pop(0), "sqlite", target=type_)
    nullable = not (row[3] or (row[5] and solid))
    return ColumnShape(row[1], type_, nullable, default, generated)


def _indexes(connection: sqlite3.Connection, table: str) -> tuple[tuple[tuple[str, ...], ...], tuple[IndexShape, ...]]:
    unique, indexes = [], []
    for _, name, is_unique, origin, *_ in connection.execute(f"PRAGMA main.index_list({_quoted(table)})"):
        members = tuple(row[2] or "<expr>" for row in connection.execute(f"PRAGMA main.index_info({_quoted(name)})"))
        if origin == "u":
            unique.append(members)
        elif origin == "c":
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)
            ).fetchone()
            words = [word for word in _PIECE.findall(sql) if not word.startswith(("--", "/*"))]
            at = next((at for at, word in enumerate(words) if word.upper() == "WHERE"), len(words))
            indexes.append(IndexShape(name, members, bool(is_unique), canonical(" ".join(words[at + 1 :]), "sqlite")))
    return tuple(sorted(unique)), tuple(sorted(indexes))


Foreign = tuple[tuple[str, ...], str, str, str, tuple[str, ...]]


def _foreign(connection: sqlite3.Connection, table: str) -> tuple[Foreign, ...]:
    keys: dict[int, list[Any]] = {}
    for row in connection.execute(f"PRAGMA main.foreign_key_list({_quoted(table)})"):
        keys.setdefault(row[0], []).append(row)
    return tuple(sorted(map(_foreign_key, keys.values())))


def _foreign_key(rows: list[Any]) -> Foreign:
    rows = sorted(rows, key=lambda row: row[1])
    to = tuple(row[4] for row in rows if row[4] is not None)
    return tuple(row[3] for row in rows), rows[0][2], rows[0][6].lower(), rows[0][5].lower(), to
