"""Makes users."""

import psycopg


def make(connection: psycopg.Connection, email: str) -> None:
    connection.execute("INSERT INTO users (email, role) VALUES (%s, %s)", (email, "owner"))  # want check-violation "'owner'"
    connection.execute("UPDATE users SET role = %(role)s WHERE email = %(email)s", {"role": "guest", "email": email})  # want check-violation "'guest'"
    connection.execute("INSERT INTO users (email, role) VALUES (%s, %s)", (email, "admin"))
