"""The one place that knows the driver."""

import sqlite3


class Store:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, statement: str, values: tuple = ()) -> list:
        return self.connection.execute(statement, values).fetchall()


def one(store: Store, statement: str, values: tuple = ()) -> object:
    return store.rows(statement, values)[0]
