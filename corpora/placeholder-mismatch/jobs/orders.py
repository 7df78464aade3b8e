"""Parameters of the DB-API: percent signs, names, lists."""

import psycopg


def broken(connection: psycopg.Connection) -> None:
    connection.execute("SELECT id FROM users WHERE email = %s AND name = %s", ("a",))  # want placeholder-mismatch "placeholder 2"
    connection.execute("SELECT id FROM users WHERE email = %(email)s AND name = %(name)s", {"email": "a"})  # want placeholder-mismatch "name"


def silent(connection: psycopg.Connection, values: list[str]) -> None:
    connection.execute("SELECT id FROM users WHERE email LIKE 'a%%' AND name = %s", ("b",))
    connection.execute("SELECT id FROM users WHERE email = %s AND name = %s", values)
    connection.execute("SELECT id FROM users WHERE email = %(email)s", {"email": "a", "unused": 1})
    connection.execute("SELECT total::text FROM orders WHERE note = %(note)s OR note = %(note)s", {"note": "n"})
    connection.executemany("INSERT INTO users (email) VALUES (%s)", [("a",), ("b",)])
