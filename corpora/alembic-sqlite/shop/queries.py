import sqlite3


def names(db: sqlite3.Connection) -> list[tuple[str, int]]:
    return db.execute("SELECT full_name, score FROM users WHERE state = 'active' AND is_admin").fetchall()


def old_names(db: sqlite3.Connection) -> list[tuple[str]]:
    return db.execute("SELECT name FROM users").fetchall()  # want missing-column "name"


def notes(db: sqlite3.Connection) -> list[tuple[str]]:
    return db.execute("SELECT note FROM purchases WHERE sent_at IS NULL").fetchall()  # want missing-column "note"


def before(db: sqlite3.Connection) -> list[tuple[str]]:
    return db.execute("SELECT total FROM orders").fetchall()  # want missing-table "orders"


def label(db: sqlite3.Connection, purchase: int, word: str) -> None:
    db.execute("INSERT INTO labels (purchase_id, word) VALUES (?, ?)", (purchase, word))
