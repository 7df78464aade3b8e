"""Loads orders from a file."""

import psycopg


def load(connection: psycopg.Connection, rows: list[tuple[int, str]]) -> None:
    connection.execute("INSERT INTO imports (source) VALUES (%s)", ("shop",))  # want missing-required-column "\"batch\""
    connection.execute("UPDATE imports SET batch = %(batch)s WHERE source = 'shop'", {"batch": None})  # want missing-required-column "NULL"
    connection.execute("INSERT INTO imports (source, batch) VALUES (%s, %s)", ("shop", "first"))


def rename(connection: psycopg.Connection, batch: str | None) -> None:
    """Which of the two arrives nobody knows."""
    given = None
    if batch:
        given = batch.strip()
    else:
        given = None
    connection.execute("UPDATE imports SET batch = %s WHERE source = 'shop'", (given,))
