"""Moves the numbers of carts over; it runs between two steps of SQL, when both columns are there."""

import psycopg2


def main(dsn: str) -> None:
    with psycopg2.connect(dsn) as conn, conn.cursor() as cur:
        cur.execute("UPDATE orders SET snapshot_id = cart_id WHERE cart_id IS NOT NULL")  # want unresolved-query "migration"
