"""Users in SQLite: strings in every shape Python has."""

import sqlite3
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from shop import queries

TABLE = "users"
LIMIT = 50


@dataclass
class User:
    id: int
    email: str


class Users:
    FIND = "SELECT id, email FROM users WHERE id = ?"
    GONE = "SELECT id FROM customers"  # want missing-table "customers"

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    def broken(self) -> None:
        self.conn.execute(self.GONE)
        self.conn.execute(queries.BROKEN)
        self.conn.execute("SELECT emial FROM users")  # want missing-column "emial"
        self.conn.execute(
            "SELECT id, "
            "phone "  # want missing-column "phone"
            "FROM users"
        )
        self.conn.execute(f"SELECT fax FROM {TABLE} LIMIT {LIMIT}")  # want missing-column "fax"
        self.conn.execute("SELECT id FROM {} WHERE zip = ?".format("users"), ("1",))  # want missing-column "zip"
        self.conn.execute("SELECT id, %s FROM users" % "street")  # want missing-column "street"
        self.conn.execute("UPDATE users SET nick = ? WHERE id = ?", ("a", 1))  # want missing-column "nick"
        query = "SELECT id FROM users"
        query += " WHERE city = ?"  # want missing-column "city"
        self.conn.execute(query, ("a",))
        self.conn.execute(
            textwrap.dedent("""
                SELECT id
                FROM users
                WHERE age > 1  -- want missing-column "age"
            """)
        )

    def values(self, user_id: int) -> None:
        self.conn.execute("SELECT id FROM users WHERE id = ? AND email = ?", (user_id,))  # want placeholder-mismatch "placeholder 2"
        self.conn.execute("SELECT id FROM users WHERE id = :id", {"email": user_id})  # want placeholder-mismatch "id"
        self.conn.execute(self.FIND, (user_id,))
        self.conn.execute(queries.FIND, (user_id,))
        self.conn.execute("SELECT id FROM users WHERE id = :id", {"id": user_id, "unused": 1})
        self.conn.executemany("INSERT INTO users (email) VALUES (?)", [("a",), ("b",)])

    def loops(self, ids: list[int]) -> Iterator[User]:
        for user_id in ids:
            row = self.conn.execute("SELECT id, email FROM users WHERE id = ?", (user_id,)).fetchone()  # want n-plus-one "users"
            yield User(*row)
        for row in self.conn.execute("SELECT id, email FROM users WHERE id > ?", (1,)):
            yield User(*row)

    def silent(self, column: str, ids: list[int], deep: bool) -> None:
        """What nobody can know is not accused, and what is no SQL is no query."""
        self.conn.execute(f"SELECT {column} FROM users")
        marks = ", ".join("?" for _ in ids)
        self.conn.execute(f"SELECT id FROM users WHERE id IN ({marks})", ids)
        where = "id = ?"
        if deep:
            where = f"{where} AND email IS NOT NULL"
        self.conn.execute(f"SELECT id FROM users WHERE {where}", (1,))
        query = "SELECT u.id, u.nick FROM users u WHERE u.id > ?"  # want missing-column "nick"
        bound = [0]
        if deep:
            query += " AND u.email LIKE ?"
            bound.append(1)
        if ids:
            query += f" AND u.id IN ({marks})"
            bound.extend(ids)
        query += " ORDER BY u.name"
        self.conn.execute(query, bound)
        self.conn.execute("SELECT id AS emial FROM users ORDER BY emial")
        self.conn.execute("SELECT rowid, name FROM users")
        self.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.conn.execute("SELECT 'SELECT emial FROM users'")


class Executor:
    def execute(self, command: str) -> str:
        return command


def other_things(executor: Executor) -> None:
    executor.execute("emial from users")
    print("SELECT emial FROM users")
