"""Orders in MySQL, in a schema whose changes lie beside its newest state."""

import pymysql


def totals(conn: pymysql.Connection, name: str) -> list[tuple]:
    with conn.cursor() as cur:
        cur.execute("SELECT name_safe FROM users")  # want missing-column "name_safe"
        cur.execute("SELECT o.total FROM orders o JOIN users u ON u.id = o.user_id WHERE u.safe_name = %s", (name,))
        return list(cur.fetchall())
