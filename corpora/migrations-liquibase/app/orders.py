import psycopg


def paid(connection: psycopg.Connection) -> list:
    return connection.execute("SELECT o.id, o.paid, u.name FROM orders o JOIN users u ON u.id = o.user_id").fetchall()


def refunded(connection: psycopg.Connection) -> list:
    return connection.execute("SELECT id, refunded FROM orders").fetchall()  # want missing-column "refunded"
