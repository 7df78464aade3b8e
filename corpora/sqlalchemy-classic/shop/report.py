"""Reads what the models declare with plain SQL."""

import sqlite3


def report(path):
    connection = sqlite3.connect(path)
    users = connection.execute("SELECT id, email, signed_up FROM users WHERE state = 'active'").fetchall()
    lines = connection.execute("SELECT id, changed_by_name, wrapping FROM order_line").fetchall()
    bulk = connection.execute("SELECT id, pallets FROM bulk_lines").fetchall()
    # want missing-column "place"
    connection.execute("SELECT place FROM bulk_lines")
    # want missing-column "since"
    connection.execute("SELECT since FROM users")
    # want missing-table "gift_line"
    connection.execute("SELECT id FROM gift_line")
    # want check-violation "'lost'"
    connection.execute("UPDATE users SET state = 'lost' WHERE id = 1")
    # want missing-required-column "total"
    connection.execute("INSERT INTO orders (user_id) VALUES (1)")
    # want missing-table "legacy"
    connection.execute("SELECT old_id FROM legacy")
    return users, lines, bulk
