"""Rows as dataclasses."""

from dataclasses import dataclass
from decimal import Decimal

import psycopg
from psycopg.rows import class_row


@dataclass
class Order:
    id: int
    total: Decimal
    note: int | None  # want type-mismatch "orders.note"


def orders(connection: psycopg.Connection) -> list[Order]:
    with connection.cursor(row_factory=class_row(Order)) as cursor:
        return cursor.execute("SELECT id, total, note FROM orders").fetchall()
