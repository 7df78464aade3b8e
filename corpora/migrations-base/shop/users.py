"""Users of a shop whose database was made by one script and is changed by patches."""

import psycopg2


def names(conn: psycopg2.extensions.connection) -> list[tuple]:
    with conn.cursor() as cur:
        cur.execute("SELECT u.email, u.name FROM users u JOIN orders o ON o.user_id = u.id")
        cur.execute("SELECT nickname FROM users")  # want missing-column "a migration drops it"
        return list(cur.fetchall())
