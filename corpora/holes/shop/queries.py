"""Queries beside holes. Nothing is accused by what code makes; what could not be read says so."""

import sqlite3


def spliced(connection: sqlite3.Connection, engine, clause: str, table: str) -> None:
    connection.execute("SELECT id, email, at FROM users")
    connection.execute(f"SELECT o.id, o.total FROM {engine.schema}.orders o JOIN users u ON u.id = o.user_id")
    connection.execute(f"SELECT id, colour FROM {engine.prefix}items WHERE id = 1 {clause}")
    connection.execute(f"INSERT INTO {engine.prefix}items (id) VALUES (1)")
    connection.execute("SELECT id FROM shop_items")  # want unresolved-query
    connection.execute(f"SELECT o.total FROM {engine.schema}.orders AS o ORDER BY {clause}")
    connection.execute(f"SELECT id FROM {table}")  # want unresolved-query
