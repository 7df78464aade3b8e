"""What we call NOT NULL never comes back as NULL: every combination is run over rows that hold NULL wherever they may."""

import sqlite3
from collections.abc import Iterator
from itertools import product

import pytest

from analyzer.sql.embed import embed_plain
from analyzer.sql.resolve import resolve
from tests.sql.shop import ddl, shop

SOURCES = (
    "users u LEFT JOIN orders o ON o.user_id = u.id",
    "users u JOIN orders o ON o.user_id = u.id",
    "orders o JOIN users u ON u.age = o.total",
    "users u CROSS JOIN orders o",
    "users u, orders o",
    "users u LEFT JOIN orders o ON o.user_id = u.id LEFT JOIN order_items i ON i.order_id = o.id",
    "users u LEFT JOIN orders o ON o.user_id = u.id JOIN order_items i ON i.order_id = o.id",
    "orders o RIGHT JOIN users u ON o.user_id = u.id",
    "users u FULL JOIN orders o ON o.user_id = u.id",
    "users u FULL JOIN orders o ON o.user_id = u.id AND o.total > 1",
    "users u JOIN (SELECT user_id, max(total) AS total, status, shipped_at FROM orders GROUP BY user_id) o ON o.user_id = u.id",
    "users u LEFT JOIN (SELECT user_id, count(*) AS total, status, shipped_at FROM orders GROUP BY user_id) o ON o.user_id = u.id",
    "orders o LEFT JOIN users u ON u.id = o.user_id AND u.age IS NOT NULL",
)
FILTERS = (
    "1", "o.total > 1", "o.total IS NOT NULL", "NOT (o.total IS NULL)", "u.age = 1 OR u.age = 2", "u.age = 1 OR u.name = 'a'", "o.status LIKE '%a%'",
    "u.age IN (1, 2, NULL)", "u.age BETWEEN 1 AND 9 AND o.shipped_at <> ''", "u.age IS NULL", "u.name IS u.name", "NOT u.age", "coalesce(u.age, 1) = 1",
    "u.age NOT IN (1)", "u.id IS NOT NULL OR o.total = 1", "(u.age > 0) IS NOT TRUE", "0",
)  # fmt: skip
COLUMNS = (
    "u.id, u.email, u.name, u.age, u.active, o.total, o.status, o.shipped_at",
    "coalesce(u.name, u.email), coalesce(u.name, o.status), ifnull(u.age, 0), nullif(u.id, 1), u.age + 1, u.id + u.age, u.id / 0, -u.id",
    "u.name || u.email, lower(u.email), length(u.name), CASE WHEN u.age > 1 THEN 1 END, CASE WHEN u.age > 1 THEN 1 ELSE u.id END, cast(u.id AS TEXT)",
    "u.age > 1, u.age IS NULL, u.age = u.id, u.id IN (1, 2), u.age IN (1), u.id IN (1, NULL), u.age BETWEEN 1 AND 2, NOT u.age, u.age AND u.id, u.age OR 1",
    "EXISTS (SELECT 1 FROM products), (SELECT max(price) FROM products WHERE id < 0), (SELECT count(*) FROM products), (SELECT id FROM products WHERE id < 0)",
    "row_number() OVER (), lag(u.id) OVER (), sum(u.id) OVER (), first_value(u.email) OVER (), max(u.id, u.age), min(u.id, 3), iif(u.age, 1, 2), iif(u.age, 1, u.name)",
    "u.id, u.id + 1, count(*), (SELECT u.id), 'x' || u.email",
    "count(*), count(u.age), sum(u.age), max(u.id), avg(u.id), total(u.age), group_concat(u.email)",
    "date(u.name), json_extract('{}', '$.a'), '{}' ->> 'a', substr(u.email, 1), replace(u.email, 'a', NULL), abs(u.id), round(u.id), hex(u.name), typeof(u.name)",
)


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(ddl())
    users = [
        (1, "a", None, None, 1, "2020"),
        (2, "b", "a", 1, 0, "2020"),
        (3, "c", None, 2, 1, "x"),
        (4, "d", "b", None, 0, "y"),
    ]
    orders = [
        (1, 1, "a", None, "2020", None),
        (2, 2, "paid", 2, "2020", "z"),
        (3, 2, "b", 1, "2020", None),
        (4, 99, "a", None, "2020", "z"),
    ]
    connection.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)", users)
    connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)", orders)
    connection.executemany("INSERT INTO order_items VALUES (?, 1, 1, 1)", [(1,), (2,)])
    yield connection
    connection.close()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("columns", COLUMNS)
def test_not_null_is_never_null(database: sqlite3.Connection, source: str, columns: str) -> None:
    if sqlite3.sqlite_version_info < (3, 39) and ("RIGHT" in source or "FULL" in source):
        pytest.skip("no RIGHT or FULL JOIN")
    for where, tail in product(FILTERS, ("", " GROUP BY u.id", " UNION ALL SELECT NULL" + ", 1" * 9)):
        sql = f"SELECT {columns} FROM {source} WHERE {where}{tail}"
        resolution = resolve(embed_plain(sql), "sqlite", shop("sqlite"))
        shown = resolution.statements[0].columns
        assert shown is not None
        if "UNION" in tail:
            sql = sql.replace("SELECT NULL" + ", 1" * 9, "SELECT NULL" + ", 1" * (len(shown) - 1))
            resolution = resolve(embed_plain(sql), "sqlite", shop("sqlite"))
            shown = resolution.statements[0].columns or ()
        assert not resolution.problems
        assert resolution.status == "resolved"
        rows = database.execute(sql).fetchall()
        for index, column in enumerate(shown):
            if column.nullable is False:
                assert all(row[index] is not None for row in rows), (sql, column.name)


def test_names_are_sqlites(database: sqlite3.Connection) -> None:
    for source, columns in product(SOURCES[:2], COLUMNS):
        sql = f"SELECT {columns} FROM {source}"
        shown = resolve(embed_plain(sql), "sqlite", shop("sqlite")).statements[0].columns or ()
        assert [column.name for column in shown] == [each[0] for each in database.execute(sql).description]
