import psycopg


def buyers(conn: psycopg.Connection) -> list[tuple[int, str]]:
    return conn.execute("SELECT id, nickname FROM users WHERE role = 'customer' AND phone IS NOT NULL").fetchall()


def lines(conn: psycopg.Connection, order: int) -> list[tuple[str]]:
    return conn.execute("SELECT article, changed_at FROM lines WHERE order_id = %s", (order,)).fetchall()


def totals(conn: psycopg.Connection) -> list[tuple[float]]:
    return conn.execute("SELECT total FROM orders").fetchall()  # want missing-column "total"


def shelves(conn: psycopg.Connection) -> list[tuple[str]]:
    return conn.execute("SELECT s.place, a.deleted_at, a.changed_by FROM stock.shelves s JOIN articles a ON a.id = s.article_id").fetchall()


def elsewhere(conn: psycopg.Connection) -> list[tuple[int]]:
    return conn.execute("SELECT id FROM only_in_sqlite").fetchall()  # want missing-table "only_in_sqlite"


def old_lines(conn: psycopg.Connection) -> list[tuple[str]]:
    return conn.execute("SELECT article FROM order_lines").fetchall()  # want missing-table "order_lines"


def refunds(conn: psycopg.Connection) -> None:
    conn.execute("UPDATE orders SET state = 'refunded' WHERE id = 1")  # want check-violation "refunded"
