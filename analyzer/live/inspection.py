"""The process that opens a database: `python -m analyzer.live.inspection FILE SHOWN`.

What comes in: the path of a SQLite file, and how to write it. What goes out: Contents as MessagePack on standard output; else one line on standard
error, and 1. SQLAlchemy's inspector says what there is, but for what it reads off the text of a statement or knows only
by a class of its own: declared types and keys are SQLite's. Views are handed on as texts: views of views can take SQLite for ever. CHECK constraints are left out. This module does not
know schemas.
"""

import re
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Inspector, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import ColumnClause, ForeignKeyClause, IndexClause, KeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.live.contents import Contents

_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\b", re.IGNORECASE)
# A text in a catalogue is at most a statement.
_LONGEST = 16_000_000


def main(path: str, shown: str) -> None:
    """Writes what the file holds to standard output."""
    warnings.simplefilter("ignore")
    try:
        sys.stdout.buffer.write(msgspec.msgpack.encode(read(path, shown)))
    except (SQLAlchemyError, sqlite3.Error, UnicodeError) as error:
        reason = getattr(error, "orig", None) or error
        sys.exit(" ".join(str(reason).split()))


def read(path: str, shown: str) -> Contents:
    """What a SQLite file holds. SQLAlchemyError or sqlite3.Error where it is broken."""
    engine = create_engine("sqlite://", creator=lambda: _open(path), poolclass=NullPool)
    with engine.connect() as connection:
        catalogue = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        listed = {row[1]: row for row in connection.exec_driver_sql("PRAGMA main.table_list").fetchall()}
        shadows = {name for name, row in listed.items() if row[2] == "shadow"}
        options = {name: _options(row[4], row[5]) for name, row in listed.items()}
        found = inspect(connection)
        span = Span(shown, 0, 0)
        return Contents(
            tuple(
                _table(name, connection, found, span, options.get(name, ()))
                if not _VIRTUAL.match(sql or "")
                else CreateTable(
                    span, ObjectName(name), _plain(name, connection, span), options=("virtual",), open=True
                )
                for kind, name, sql in catalogue
                if kind == "table" and name not in shadows and not name.startswith("sqlite_")
            ),
            tuple(sql for kind, _, sql in catalogue if kind == "view" and sql),
        )


def _open(path: str) -> sqlite3.Connection:
    """Read-only, and as a file that nothing changes: no lock, no journal and no write-ahead log is made beside it (https://sqlite.org/uri.html).

    What its schema says is not trusted (https://sqlite.org/security.html).
    """
    connection = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _options(without_rowid: int, strict: int) -> tuple[str, ...]:
    return (*(("without rowid",) if without_rowid else ()), *(("strict",) if strict else ()))


def _plain(name: str, connection: Connection, span: Span) -> tuple[ColumnClause, ...]:
    """The columns of a virtual table, none where its module is not at hand."""
    try:
        return tuple(ColumnClause(span, column) for column in _declared(name, connection))
    except SQLAlchemyError:
        return ()


class _Declared(Struct, frozen=True):
    """A column's type as written; `place` in the primary key is 0 for none."""

    type: str
    place: int


def _declared(name: str, connection: Connection) -> dict[str, _Declared]:
    """By column. 1 is a hidden column of a virtual table (https://sqlite.org/pragma.html#pragma_table_xinfo)."""
    rows = connection.exec_driver_sql("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    return {column: _Declared(type_ or "", place) for column, type_, place, hidden in rows if hidden != 1}


def _table(name: str, connection: Connection, found: Inspector, span: Span, options: tuple[str, ...]) -> CreateTable:
    declared = _declared(name, connection)
    key = tuple(sorted((column for column in declared if declared[column].place), key=lambda c: declared[c].place))
    return CreateTable(
        span,
        ObjectName(name),
        tuple(
            ColumnClause(
                span,
                column["name"],
                declared[column["name"]].type,
                not_null=not column["nullable"],
                default=column["default"],
                generated=_generated(column.get("computed")),
            )
            for column in found.get_columns(name)
        ),
        KeyClause(span, key) if key else None,
        tuple(_unique(name, key, found, span)),
        tuple(_foreign_keys(name, connection, span)),
        indexes=tuple(_indexes(name, found, span)),
        options=options,
    )


def _generated(computed: object) -> str:
    return ("stored" if computed.get("persisted") else "virtual") if isinstance(computed, dict) else ""


def _unique(name: str, key: tuple[str, ...], found: Inspector, span: Span) -> Iterator[KeyClause]:
    """By the indexes that SQLite makes for them: a declaration may be written in more ways than the inspector can read."""
    for index in found.get_indexes(name, include_auto_indexes=True):
        columns = tuple(column for column in index["column_names"] if column is not None)
        if (index["name"] or "").startswith("sqlite_autoindex_") and columns != key:
            yield KeyClause(span, columns)


def _foreign_keys(name: str, connection: Connection, span: Span) -> Iterator[ForeignKeyClause]:
    """From SQLite: the inspector reads ON DELETE off the text, and only off a constraint that stands for itself."""
    rows = connection.exec_driver_sql(
        'SELECT id, "table", "from", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq', (name,)
    )
    for _, group in groupby(rows.fetchall(), key=itemgetter(0)):
        parts = list(group)
        _, target, _, _, on_delete = parts[0]
        yield ForeignKeyClause(
            span,
            tuple(part[2] for part in parts),
            ObjectName(target),
            tuple(part[3] for part in parts if part[3] is not None),
            "" if on_delete == "NO ACTION" else on_delete.lower(),
        )


def _indexes(name: str, found: Inspector, span: Span) -> Iterator[IndexClause]:
    for index in found.get_indexes(name):
        where = index.get("dialect_options", {}).get("sqlite_where")
        expressions = index.get("expressions") or index["column_names"]
        yield IndexClause(
            span,
            index["name"] or "",
            tuple(str(column) for column in expressions),
            unique=bool(index["unique"]),
            where=None if where is None else str(where),
            expressions=tuple(at for at, column in enumerate(index["column_names"]) if column is None),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
