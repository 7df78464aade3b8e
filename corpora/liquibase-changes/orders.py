import psycopg


def orders(connection: psycopg.Connection) -> list:
    # Made by a change that is no SQL: nothing is said.
    return connection.execute("SELECT id, note FROM orders").fetchall()  # want unresolved-query


def emails(connection: psycopg.Connection) -> list:
    return connection.execute("SELECT id, email FROM users").fetchall()
