"""Connections whose rows are of a kind of their own."""

import sqlite3


def scalar(_cursor: sqlite3.Cursor, row: tuple[object, ...]) -> object:
    return row[0]


def ids(path: str) -> list[object]:
    connection = sqlite3.connect(path)
    connection.row_factory = scalar
    return [first for first, second in connection.execute("SELECT name FROM users")]
