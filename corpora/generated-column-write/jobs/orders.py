"""Copies orders."""

import psycopg


def copy(connection: psycopg.Connection, net: float) -> None:
    connection.execute("INSERT INTO orders (id, net) VALUES (%s, %s)", (1, net))  # want generated-column-write "GENERATED ALWAYS"
    connection.execute("INSERT INTO orders (net) VALUES (%s)", (net,))
