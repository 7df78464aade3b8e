"""Loops over rows."""

import psycopg


def broken(connection: psycopg.Connection, ids: list[int]) -> list[object]:
    for user_id in ids:
        connection.execute("SELECT id FROM orders WHERE user_id = %s", (user_id,))  # want n-plus-one "orders"
    return [
        connection.execute("SELECT email FROM users WHERE id = %s", (i,)).fetchone()  # want n-plus-one "users"
        for i in ids
    ]


def silent(connection: psycopg.Connection) -> None:
    for row in connection.execute("SELECT id FROM orders WHERE total > %s", (10,)):
        print(row)
