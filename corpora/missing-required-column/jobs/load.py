"""Loads orders from a file."""

import psycopg


def load(connection: psycopg.Connection, rows: list[tuple[int, str]]) -> None:
    connection.execute("INSERT INTO imports (source) VALUES (%s)", ("shop",))  # want missing-required-column "\"batch\""
    connection.execute("UPDATE imports SET batch = %(batch)s WHERE source = 'shop'", {"batch": None})  # want missing-required-column "NULL"
    connection.execute("INSERT INTO imports (source, batch) VALUES (%s, %s)", ("shop", "first"))
