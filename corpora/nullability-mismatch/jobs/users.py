"""Rows as dataclasses: what is declared is a promise."""

from dataclasses import dataclass
from typing import Optional

import psycopg
from psycopg.rows import class_row


@dataclass
class User:
    id: int
    email: str
    name: str  # want nullability-mismatch "users.name"


@dataclass
class Named:
    id: int
    name: Optional[str]


@dataclass
class Noted:
    id: int
    note: str | None = None


def users(connection: psycopg.Connection) -> list[User]:
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute("SELECT id, email, name FROM users").fetchall()


def named(connection: psycopg.Connection) -> list[Named]:
    with connection.cursor(row_factory=class_row(Named)) as cursor:
        return cursor.execute("SELECT id, name FROM users").fetchall()


def noted(connection: psycopg.Connection) -> list[Noted]:
    with connection.cursor(row_factory=class_row(Noted)) as cursor:
        return cursor.execute("SELECT id, note FROM orders").fetchall()
