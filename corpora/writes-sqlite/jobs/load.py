"""Loads users."""

import sqlite3


def load(connection: sqlite3.Connection, rows: list[tuple[str, str]]) -> None:
    connection.executemany("INSERT INTO users (role, name) VALUES (?, ?)", rows)  # want missing-required-column "\"email\""
    connection.execute("INSERT INTO users (email, role) VALUES (?, ?)", ("a", "guest"))  # want check-violation "'guest'"
    connection.execute("INSERT INTO users (id, email) VALUES (?, ?)", (None, "a"))
    connection.execute("INSERT INTO users (email, role) VALUES (:email, :role)", {"email": None, "role": "admin"})  # want missing-required-column "NULL"
