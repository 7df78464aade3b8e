import psycopg


def emails(conn: psycopg.Connection) -> list[tuple[str]]:
    return conn.execute("SELECT email FROM users").fetchall()
