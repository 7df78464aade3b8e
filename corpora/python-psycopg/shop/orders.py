"""Orders in PostgreSQL with psycopg: composed statements, rows as classes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import class_row


@dataclass
class Order:
    id: int
    total: Decimal
    note: str  # want nullability-mismatch "orders.note"


class Total(NamedTuple):
    user_id: int
    total: Decimal


def broken(conn: psycopg.Connection) -> list[Order]:
    conn.execute(
        sql.SQL("SELECT {} FROM {}").format(
            sql.Identifier("emial"),  # want missing-column "emial"
            sql.Identifier("users"),
        )
    )
    conn.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier("customers")))  # want missing-table "customers"
    with conn.cursor() as cur:
        cur.execute("SELECT id FROM orders WHERE paid = %s", (True,))  # want missing-column "paid"
        cur.execute("SELECT id FROM orders WHERE id = %(id)s", {"order": 1})  # want placeholder-mismatch "id"
        cur.execute("SELECT id FROM orders WHERE id = %s AND total > %s", (1,))  # want placeholder-mismatch "placeholder 2"
    with conn.cursor(row_factory=class_row(Order)) as cur:
        return cur.execute("SELECT id, total, note FROM orders").fetchall()


def totals(conn: psycopg.Connection) -> list[Total]:
    with conn.cursor() as cur:
        cur.execute("SELECT user_id, total FROM orders")
        return [Total(*row) for row in cur.fetchall()]


def silent(conn: psycopg.Connection, table: str, fields: list[str]) -> None:
    conn.execute("SELECT id FROM orders WHERE note LIKE 'a%%' AND id = %s", (1,))
    conn.execute("SELECT id FROM orders WHERE note LIKE 'a%'")
    conn.execute("SELECT payload ? 'gift', total::text FROM orders WHERE id = ANY(%s)", ([1, 2],))
    conn.execute(sql.SQL("SELECT {} FROM users").format(sql.SQL(", ").join(map(sql.Identifier, fields))))
    conn.execute(sql.SQL("SELECT id FROM {} WHERE id = {}").format(sql.Identifier("users"), sql.Placeholder()), (1,))
    conn.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))
    conn.execute("SELECT tablename FROM pg_catalog.pg_tables")
