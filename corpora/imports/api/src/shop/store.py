import sqlite3

import shop.sql.users
from shop.sql import FIND_USER
from shop.sql import users as statements
from .sql.users import Orders


def find(connection: sqlite3.Connection, user: int) -> object:
    return connection.execute(FIND_USER, (user,)).fetchone()


def totals(connection: sqlite3.Connection) -> list[object]:
    connection.execute(Orders.OLD)
    connection.execute(f"SELECT nme FROM {statements.TABLE}")  # want missing-column "nme"
    return connection.execute(statements.Orders.TOTALS).fetchall()


def visits(connection: sqlite3.Connection) -> list[object]:
    return connection.execute(shop.sql.users.VISITS).fetchall()
