"""Orders of a shop whose schema is one script for new installations and updates for old ones; customers live in another database."""

import psycopg2

COLUMNS = ("orders.id", "users.email", "orders.created")


def recent(conn: psycopg2.extensions.connection, crm_conn: psycopg2.extensions.connection, names: list[str]) -> list[tuple]:
    with conn.cursor() as cur:
        cur.execute(
            "SELECT %s FROM orders JOIN users ON users.id = orders.user_id ORDER BY created" % ", ".join(COLUMNS),
        )
        cur.execute("SELECT orders.id FROM orders JOIN users ON users.id = orders.user_id ORDER BY created")  # want ambiguous-column
        cur.execute("SELECT ratings FROM reviews")  # want missing-column "ratings"
        cur.execute("SELECT user_id FROM mart_totals")
        cur.execute("DROP TABLE IF EXISTS busy; CREATE TEMPORARY TABLE busy AS SELECT id FROM users; SELECT count(*) FROM busy")
        cur.execute("SELECT id FROM busy")
        cur.execute("SELECT id FROM invoices")  # want missing-table "invoices"
        # want unresolved-query "another database"
        cur.execute("SELECT c.id FROM campaigns c JOIN channels h ON h.campaign = c.id JOIN budgets b ON b.campaign = c.id")
    with crm_conn.cursor() as crm:
        crm.execute("SELECT id FROM contacts WHERE name = ANY(%s)", (names,))  # want unresolved-query "another database"
        return crm.fetchall()


def legacy(conn: psycopg2.extensions.connection) -> None:
    if table_exists(conn, "loyalty_cards"):
        with conn.cursor() as cur:
            cur.execute("DELETE FROM loyalty_cards")


def table_exists(conn: psycopg2.extensions.connection, name: str) -> bool:
    with conn.cursor() as cur:
        cur.execute("SELECT to_regclass(%s) IS NOT NULL", (name,))
        return bool(cur.fetchone()[0])
