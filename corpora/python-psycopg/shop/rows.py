"""Rows of psycopg, as tuples and as dicts."""

import psycopg
from psycopg.rows import dict_row


def read(connection: psycopg.Connection) -> list[object]:
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute("SELECT id, email AS mail FROM users WHERE id = %s", (1,))
        user = cursor.fetchone()
    if not user:
        return []
    found = [user["mail"], user["email"]]  # want missing-column "email"
    with connection.cursor() as cursor:
        for id, total in cursor.execute("SELECT id FROM orders"):  # want column-count-mismatch "1 column"
            found.append((id, total))
        cursor.execute("SELECT id, note FROM orders")
        while row := cursor.fetchone():
            found.append(row[2])  # want column-count-mismatch "2 columns"
    return found
