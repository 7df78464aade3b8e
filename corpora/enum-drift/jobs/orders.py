"""Rows as dataclasses, values as enums."""

from dataclasses import dataclass
from typing import Literal

import psycopg
from psycopg.rows import class_row

from jobs.states import Country, Payment, State


@dataclass
class Order:
    id: int
    state: State
    payment: Payment
    channel: Literal["web", "shop"]


@dataclass
class Page:
    # Rows of one channel.
    channel: Literal["web"]


def orders(connection: psycopg.Connection) -> list[Order]:
    with connection.cursor(row_factory=class_row(Order)) as cursor:
        return cursor.execute("SELECT id, state, payment, channel FROM orders").fetchall()


def pages(connection: psycopg.Connection) -> list[Page]:
    with connection.cursor(row_factory=class_row(Page)) as cursor:
        return cursor.execute("SELECT channel FROM orders WHERE channel = 'web'").fetchall()


def send(connection: psycopg.Connection, order: int) -> None:
    connection.execute("UPDATE orders SET state = %s WHERE id = %s", (State.SENT.value, order))
    connection.execute("UPDATE orders SET payment = %s WHERE id = %s", (Payment.GIFT, order))


def move(connection: psycopg.Connection, user: int, country: Country) -> None:
    connection.execute("UPDATE users SET country = %(country)s WHERE id = %(user)s", {"country": country, "user": user})
