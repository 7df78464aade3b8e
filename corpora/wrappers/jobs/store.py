"""The one place that knows the driver."""

import sqlite3


class Store:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, statement: str, values: tuple = ()) -> list:
        return self.connection.execute(statement, values).fetchall()


def one(store: Store, statement: str, values: tuple = ()) -> object:
    return store.rows(statement, values)[0]


def later(store: Store, title: str, statement: str, values: tuple = ()) -> object:
    def interaction(cursor: sqlite3.Cursor) -> list:
        cursor.execute(statement, values)
        return cursor.fetchall()

    return store.run(title, interaction)
