"""Makes users."""

import psycopg


def make(connection: psycopg.Connection) -> None:
    connection.execute("INSERT INTO users (name, code) VALUES (%s, %s)", ("Ada", "four"))  # want value-too-long "users.code"
    connection.execute("INSERT INTO users (name, code) VALUES (%s, %s)", ("Ada", "ADA"))
