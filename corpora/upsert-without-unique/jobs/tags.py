"""Tags of a file."""

import psycopg


def tag(connection: psycopg.Connection, label: str) -> None:
    connection.execute("INSERT INTO tags (label) VALUES (%s) ON CONFLICT (colour) DO NOTHING", (label,))  # want upsert-without-unique "(colour)"
    connection.execute("INSERT INTO tags (label) VALUES (%s) ON CONFLICT (id) DO NOTHING", (label,))
