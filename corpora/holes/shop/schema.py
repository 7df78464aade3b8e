"""A schema that code makes, with what differs between engines spliced in."""

import sqlite3


class Engine:
    def __init__(self, connection: sqlite3.Connection, prefix: str) -> None:
        self.connection = connection
        self.prefix = prefix

    @property
    def serial(self) -> str:
        return "INTEGER PRIMARY KEY"


def create(engine: Engine, extra: str) -> None:
    cursor = engine.connection.cursor()
    cursor.execute(
        # want no-schema-versioning
        f"CREATE TABLE IF NOT EXISTS users (id {engine.serial}, email TEXT NOT NULL, at TIMESTAMP DEFAULT {engine.now})"
    )
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {engine.schema}.orders (id {engine.serial}, user_id INT, total REAL)")
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {engine.prefix}items (id INTEGER, {extra})")
