"""Records, by name and by number."""

from dataclasses import dataclass
from typing import Any

import asyncpg


@dataclass
class Line:
    id: int
    total: float
    note: str


async def read(pool: asyncpg.Pool, email: str) -> list[Any]:
    user = await pool.fetchrow("SELECT id, email FROM users WHERE email = $1", email)
    if user is None:
        return []
    found = [user["id"], user["mail"], user[1]]  # want missing-column "mail"
    for order in await pool.fetch("SELECT id, total FROM orders WHERE user_id = $1", user["id"]):
        found.append(order["note"])  # want missing-column "note"
    for id, total in await pool.fetch("SELECT id, total, note FROM orders"):  # want column-count-mismatch "3 columns"
        found.append((id, total))
    async with pool.acquire() as connection:
        async for record in connection.cursor("SELECT id FROM users"):
            found.append(record["id"])
    count = await pool.fetchval("SELECT count(*) FROM users")
    return [*found, count[1]]


async def lines(pool: asyncpg.Pool) -> list[Line]:
    rows = await pool.fetch("SELECT id, total, note FROM orders")
    # want type-mismatch "total" nullability-mismatch "note"
    return [Line(id=row["id"], total=row["total"], note=row["note"]) for row in rows]
