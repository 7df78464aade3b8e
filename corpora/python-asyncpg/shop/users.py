"""Users in PostgreSQL with asyncpg: values follow the statement one by one."""

import asyncpg


async def broken(pool: asyncpg.Pool, email: str) -> None:
    await pool.fetch("SELECT id, emial FROM users")  # want missing-column "emial"
    await pool.fetchrow("SELECT id FROM users WHERE email = $1 AND name = $2", email)  # want placeholder-mismatch "placeholder 2"
    await pool.fetchval("SELECT count(*) FROM customers")  # want missing-table "customers"
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("UPDATE users SET nick = $1 WHERE id = $2", email, 1)  # want missing-column "nick"
        statement = await connection.prepare("SELECT phone FROM users WHERE id = $1")  # want missing-column "phone"
        await statement.fetch(1)
        async for row in connection.cursor("SELECT id FROM users WHERE email = $1", email):
            print(row)


async def loops(pool: asyncpg.Pool, ids: list[int]) -> None:
    users = {user_id: await pool.fetchrow("SELECT email FROM users WHERE id = $1", user_id) for user_id in ids}  # want n-plus-one "users"
    for row in await pool.fetch("SELECT id FROM users WHERE id = ANY($1)", ids):
        print(row, users)


class Context:
    db: asyncpg.Pool


async def command(ctx: Context, *values: object, deep: bool = False) -> None:
    await ctx.db.execute("DELETE FROM users WHERE id = $1 AND fax = $2", *values)  # want missing-column "fax"
    await ctx.db.fetch("SELECT id FROM users WHERE id = $1 OR email = $2", *values)
    await ctx.db.executemany("INSERT INTO users (email) VALUES ($1)", [("a",), ("b",)])
    query = "SELECT id FROM users WHERE id = $1"
    if deep:
        query += " AND email = $2"
    await ctx.db.fetch(query, *values)
    await ctx.db.fetch("SELECT $1::bigint[] && ARRAY[id], name % 'a' FROM users", [1])


async def silent(session: object) -> None:
    await session.fetch("https://shop.example/users?select=emial")
    await session.execute("deploy", "SELECT emial FROM users")
