"""What SQLite says of a statement: whether it compiles, the columns it gives, and the classes of values that came out of it.

What comes in: a connection, a statement. What goes out: plain values. This module does not know our own answer.
"""

from typing import Any

import apsw
import apsw.ext
from msgspec import Struct

_CLASSES = {int: "INTEGER", float: "REAL", str: "TEXT", bytes: "BLOB"}


class Said(Struct, frozen=True):
    """`refusal` is "" where it compiles. `columns` are names and declared types; `classes` what each column held, "NULL" among them."""

    refusal: str = ""
    columns: tuple[tuple[str, str | None], ...] = ()
    classes: tuple[frozenset[str], ...] = ()


def ask(connection: apsw.Connection, sql: str) -> Said:
    """Compiles, and where that works runs it for a few rows and takes back what it did."""
    try:
        info = apsw.ext.query_info(connection, sql)
    except apsw.Error as error:
        return Said(str(error))
    columns = tuple((name, declared) for name, declared in info.description)
    return Said("", columns, _run(connection, sql, len(columns)))


def _run(connection: apsw.Connection, sql: str, width: int) -> tuple[frozenset[str], ...]:
    seen: list[set[str]] = [set() for _ in range(width)]
    connection.execute("SAVEPOINT asked")
    try:
        for number, row in enumerate(connection.execute(sql, _Bindings())):
            for at, value in enumerate(row):
                seen[at].add(_CLASSES.get(type(value), "NULL"))
            if number > 30:
                break
    except (apsw.Error, ValueError):
        pass  # what the rows are is nothing a compiler knows
    finally:
        connection.execute("ROLLBACK TO asked; RELEASE asked")
    return tuple(frozenset(each) for each in seen)


class _Bindings(dict[str, Any]):
    """A value for every parameter."""

    def __missing__(self, key: str) -> int:
        return 1
