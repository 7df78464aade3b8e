"""Empties the shop."""

import sqlite3


def purge(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM orders")  # want unfiltered-write "orders"
    connection.execute("DELETE FROM users WHERE active = 0")
