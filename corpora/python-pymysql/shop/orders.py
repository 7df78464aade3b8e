"""Orders in MySQL."""

import pymysql
import pymysql.cursors


def connect() -> pymysql.Connection:
    return pymysql.connect(host="localhost", user="shop", database="shop", cursorclass=pymysql.cursors.DictCursor)


def broken(ids: list[int]) -> None:
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT `id`, `sum` FROM `orders`")  # want missing-column "sum"
        cursor.execute("SELECT id FROM order_items WHERE order_id = %s", (1,))  # want missing-table "order_items"
        cursor.execute("INSERT INTO orders (user_id, total, paid) VALUES (%s, %s, %s)", (1, 2, True))  # want missing-column "paid"
        cursor.execute("SELECT id FROM users WHERE email = %s AND name = %s", ("a",))  # want placeholder-mismatch "placeholder 2"
        for user_id in ids:
            cursor.execute("SELECT id FROM orders WHERE user_id = %s", (user_id,))  # want n-plus-one "orders"


def silent(names: tuple[str, ...], user_id: int) -> None:
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM users WHERE email = %s AND name = %s", names)
        cursor.execute("SELECT id, IFNULL(note, '') AS note FROM orders WHERE user_id = %s", user_id)
        cursor.execute("SELECT COUNT(*) FROM users WHERE name LIKE '%shop%'")
        cursor.execute("INSERT INTO users (email) VALUES (%s) ON DUPLICATE KEY UPDATE email = VALUES(email)", ("a",))
        cursor.executemany("INSERT INTO orders (user_id, total) VALUES (%s, %s)", [(1, 2), (3, 4)])
        cursor.execute("SELECT table_name FROM information_schema.tables")
