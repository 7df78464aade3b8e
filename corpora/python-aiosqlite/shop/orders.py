"""Orders in SQLite, read by coroutines."""

import asyncio

import aiosqlite


async def broken(path: str) -> None:
    async with aiosqlite.connect(path) as db:
        await db.execute("UPDATE orders SET paid = 1 WHERE id = ?", (1,))  # want missing-column "paid"
        async with db.execute("SELECT id, sum FROM orders WHERE user_id = ?", (1,)) as cursor:  # want missing-column "sum"
            await cursor.fetchall()
        await db.execute_fetchall("SELECT id FROM orders WHERE")  # want sql-syntax-error
        await db.execute_insert("INSERT INTO orders (user_id, total, status) VALUES (?, ?, ?)", (1, 2, "new"))  # want missing-column "status"


async def loops(db: aiosqlite.Connection, ids: list[int]) -> None:
    for user_id in ids:
        await db.execute("SELECT id FROM orders WHERE user_id = ?", (user_id,))  # want n-plus-one "orders"
    await asyncio.gather(*(db.execute("SELECT note FROM orders WHERE id = ?", (i,)) for i in ids))  # want n-plus-one "orders"
    async for row in await db.execute("SELECT id FROM orders WHERE total > ?", (10,)):
        print(row)
    for attempt in range(3):
        await db.execute("SELECT id FROM orders WHERE id = ?", (attempt,))


async def silent(db: aiosqlite.Connection) -> None:
    await db.executescript("CREATE TEMP TABLE recent (id INTEGER); INSERT INTO recent SELECT id FROM orders;")
    async with db.execute("SELECT o.id, u.email FROM orders o JOIN users AS u ON u.id = o.user_id") as cursor:
        async for row in cursor:
            print(row)
