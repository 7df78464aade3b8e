import sqlite3

import psycopg

conn = sqlite3.connect("shop.db")


def add_columns():
    try:
        conn.execute("ALTER TABLE users ADD COLUMN nick TEXT")  # want swallowed-migration-error "column \"users.nick\""
    except sqlite3.OperationalError:
        pass
    try:
        conn.execute("ALTER TABLE users ADD COLUMN age INTEGER")  # want swallowed-migration-error "\"duplicate column\" are let pass"
    except sqlite3.OperationalError as error:
        if "duplicate column" not in str(error):
            raise
    try:
        conn.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")  # want swallowed-migration-error "\"DuplicateTable\" are let pass"
    except psycopg.errors.DuplicateTable:
        conn.rollback()


def silent():
    try:
        conn.execute("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY)")
    except sqlite3.Error as error:
        conn.rollback()
        raise RuntimeError("no orders") from error
    conn.execute("CREATE INDEX IF NOT EXISTS orders_by_id ON orders (id)")
