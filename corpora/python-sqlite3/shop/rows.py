"""What is taken from rows: by name, by number, all at once."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast


@dataclass
class Person:
    id: int
    email: str
    name: str  # of a user who need not have one


class Total(NamedTuple):
    user_id: int
    total: str


def names(connection: sqlite3.Connection) -> Iterator[object]:
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT id, email FROM users WHERE id = 1").fetchone()
    yield row["emial"]  # want missing-column "emial"
    yield row["EMAIL"], row.get("nick"), row["id"]
    for user in connection.execute("SELECT id, count(*), (name) FROM users GROUP BY id"):
        yield user["count(*)"], user["name"], user["total"]  # want missing-column "total"
    yield [order["paid"] for order in connection.execute("SELECT * FROM orders").fetchall()]  # want missing-column "paid"


def numbers(cursor: sqlite3.Cursor) -> Iterator[object]:
    cursor.execute("SELECT id, email FROM users")
    first = cursor.fetchone()
    yield first[0], first[-1], first[2]  # want column-count-mismatch "column 2 is read"
    yield cursor.execute("SELECT count(*) FROM orders").fetchone()[0]
    yield cursor.execute("SELECT count(*) FROM orders").fetchone()[1]  # want column-count-mismatch "has 1 column"
    yield [row[1] for row in cursor.execute("SELECT id FROM users")]  # want column-count-mismatch "has 1 column"
    rows = cursor.execute("SELECT id FROM orders").fetchall()
    yield rows[3][0], rows[0:2][0][0]


def apart(cursor: sqlite3.Cursor) -> Iterator[object]:
    id, email = cursor.execute("SELECT id, email FROM users").fetchone()
    for one, two, three in cursor.execute("SELECT id, email FROM users"):  # want column-count-mismatch "3 names"
        yield one, two, three
    (count,) = cursor.execute("SELECT count(*), 1 FROM users").fetchone()  # want column-count-mismatch "1 name,"
    for place, (user, total) in enumerate(cursor.execute("SELECT user_id FROM orders")):  # want column-count-mismatch "1 column"
        yield place, user, total
    for order, \
            note in cursor.execute("SELECT id, note FROM orders"):
        yield order, note
    head, *rest = cursor.execute("SELECT id, email, name FROM users").fetchone()
    yield {key: value for key, value in cursor.execute("SELECT id, name FROM users")}
    # What a star stands for was written with another schema in mind, perhaps.
    for a, b in cursor.execute("SELECT * FROM users"):
        yield id, email, count, head, rest, a, b


def objects(connection: sqlite3.Connection) -> Iterator[object]:
    for row in connection.execute("SELECT id, name, email FROM users"):
        yield Person(row["id"], row["email"], name=row["name"])  # want nullability-mismatch "name"
    for row in connection.execute("SELECT user_id, total FROM orders"):
        yield Total(row[0], row[1])  # want type-mismatch "total"
    # want type-mismatch "[1]" nullability-mismatch "[1]"
    yield cast(list[tuple[int, int]], connection.execute("SELECT id, name FROM users").fetchall())
    # want type-mismatch "[0]"
    yield cast("tuple[str]", connection.execute("SELECT id FROM users").fetchone())
    pair: tuple[int, str] = connection.execute("SELECT id, email FROM users").fetchone()
    yield pair


# What is put into a row, or made of it by others; cursors that run something else meanwhile.
def changed(connection: sqlite3.Connection, convert: Callable[[object], object]) -> Iterator[object]:
    for row in connection.execute("SELECT id, email FROM users"):
        user = dict(row)
        user["label"] = f"{row['id']}: {row['email']}"
        yield user["label"]
        if "phone" in user:
            yield user["phone"]
        row = convert(row)
        yield row["joined"]
    plain = dict(connection.execute("SELECT id FROM users").fetchone())
    convert(plain)
    yield plain["links"]
        more = dict(row, orders=[])
        yield more["orders"]
        try:
            yield row["kind"], row[7]
        except (KeyError, IndexError):
            yield None
    for order in connection.execute("SELECT id FROM orders"):
        if "note" in order.keys():
            yield order["note"]
    merged = dict(connection.execute("SELECT id FROM users").fetchone())
    merged.update({"orders": []})
    yield merged["orders"]


def again(cursor: sqlite3.Cursor, both: bool) -> Iterator[object]:
    cursor.execute("SELECT id FROM users")
    row = cursor.fetchone()
    while row:
        yield row["note"]
        cursor.execute("SELECT note FROM orders WHERE user_id = ?", (row["id"],))
        row = cursor.fetchone()
    if both:
        cursor.execute("SELECT id, email FROM users")
    else:
        cursor.execute("SELECT id FROM users")
    for one, two in cursor:
        yield one, two
    more = cursor.execute("SELECT id FROM users")
    if both:
        more.execute("SELECT id, email FROM users")
    for one, two in more:
        yield one, two
    cursor.execute("SELECT id FROM users")
    refill(cursor)
    for one, two in cursor.fetchall():
        yield one, two
    rows = cursor.execute("SELECT id, total FROM orders")
    for key, group in itertools.groupby(rows, lambda order: order[0]):
        yield key, group


def refill(cursor: sqlite3.Cursor) -> None:
    cursor.execute("SELECT id, total FROM orders")
