import contextlib
import sqlite3
import sys

import psycopg

conn = sqlite3.connect("shop.db")


def passed_on(strict):
    conn.execute("SELECT id FROM users")
    try:
        conn.execute("SELECT email FROM users")
    finally:
        conn.close()
    try:
        conn.execute("SELECT id FROM orders")
    except Exception as error:
        raise RuntimeError("orders") from error
    try:
        conn.execute("SELECT total FROM orders")
    except sqlite3.Error:
        print("no orders")
        sys.exit(1)
    try:
        conn.execute("SELECT user_id FROM orders")
    except KeyError:
        pass
    try:
        conn.execute("SELECT user_id, id FROM orders")
    except sqlite3.Error:
        if strict:
            raise
    for attempt in range(3):
        try:
            return conn.execute("SELECT id, email FROM users")
        except sqlite3.Error:
            continue
    raise RuntimeError("three times")


def answered(answers):
    try:
        conn.execute("SELECT id FROM users")
    except sqlite3.Error as error:
        return {"error": f"no users: {error}"}, 500
    try:
        conn.execute("SELECT id FROM orders")
    except sqlite3.Error as error:
        answers["orders"] = {"error": str(error)}
    return None


def forgotten(errors):
    try:
        conn.execute("SELECT id FROM users")  # want fate=ignored
    except Exception:
        pass
    try:
        conn.execute("SELECT email FROM users")  # want fate=ignored
    except (sqlite3.OperationalError, ValueError) as error:
        print(error)
    try:
        conn.execute("SELECT total FROM orders")  # want fate=ignored
    except:
        return None
    with contextlib.suppress(sqlite3.OperationalError):
        conn.execute("SELECT id FROM orders")  # want fate=ignored
    try:
        conn.execute("SELECT user_id FROM orders")
    except Exception as error:
        errors.append(str(error))


def told_apart():
    try:
        conn.execute("SELECT id FROM users")  # want fate=filtered "no such table"
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
    try:
        conn.execute("SELECT email FROM users")  # want fate=filtered "UndefinedTable"
    except psycopg.errors.UndefinedTable:
        return []
    try:
        conn.execute("SELECT total FROM orders")  # want fate=filtered "no such column"
    except Exception as error:
        message = str(error).lower()
        if "no such column" in message or "no column named" in message:
            print("old database")
        elif "locked" in message:
            raise
        else:
            raise RuntimeError("broken") from error
    with contextlib.suppress(psycopg.errors.DuplicateTable):
        conn.execute("SELECT id FROM orders")  # want fate=filtered "DuplicateTable"
    return None


def branches(order, rows):
    if not order:
        return None
    conn.execute("SELECT id FROM users")
    for _ in rows:
        conn.execute("SELECT email FROM users")
    if order > 1:
        conn.execute("SELECT id FROM orders")  # want guarded=yes
    elif order > 2:
        conn.execute("SELECT total FROM orders")  # want guarded=yes
    else:
        conn.execute("SELECT user_id FROM orders")  # want guarded=yes
    found = conn.execute("SELECT id, total FROM orders") if rows else None  # want guarded=yes
    return found or conn.execute("SELECT id, email FROM users")  # want guarded=yes
