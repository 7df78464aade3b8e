"""Rows that coroutines read."""

import aiosqlite


async def read(path: str) -> list[object]:
    async with aiosqlite.connect(path) as db:
        db.row_factory = aiosqlite.Row
        async with db.execute("SELECT id, total FROM orders WHERE user_id = ?", (1,)) as cursor:
            found: list[object] = [row["note"] async for row in cursor]  # want missing-column "note"
        async with db.execute("SELECT id, email FROM users") as cursor:
            async for id, email, name in cursor:  # want column-count-mismatch "3 names"
                found.append((id, email, name))
        cursor = await db.execute("SELECT name FROM users")
        row = await cursor.fetchone()
        found.append(row[0] if row else None)
        for user in await db.execute_fetchall("SELECT id FROM users"):
            found.append(user[1])  # want column-count-mismatch "1 column"
    return found
