import psycopg


def run(conn: psycopg.Connection):
    for sql in ("SELECT totl FROM orders", "SELECT name FROM users"):  # want missing-column "totl"
        conn.execute(sql)
    for table, column in [("users", "nickname"), ("orders", "total")]:  # want missing-column "nickname"
        conn.execute(f"SELECT {column} FROM {table}")
