"""What is bound to statements: asyncpg encodes a value by the type of its column."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg


@dataclass
class NewOrder:
    user_id: int
    note: int
    created: str


async def add(pool: asyncpg.Pool, order: NewOrder, email: str, when: datetime, any_id: int | str) -> None:
    await pool.execute("INSERT INTO orders (user_id, total, note) VALUES ($1, $2, $3)", order.user_id, 1, order.note)  # want type-mismatch "int"
    await pool.execute("UPDATE orders SET created_at = $1 WHERE id = $2", order.created, order.user_id)  # want type-mismatch "str"
    await pool.execute("UPDATE orders SET created_at = $1 WHERE id = $2", when, email)  # want type-mismatch "str"
    await pool.execute("UPDATE users SET email = $1 WHERE id = $2", email, any_id)
    await pool.execute("UPDATE users SET email = $1 WHERE id = $2", str(order.user_id), int(email))
    await pool.execute("UPDATE users SET created_at = to_timestamp($1) WHERE id = $2::text::bigint", 1.5, email)
    if isinstance(email, str):
        email = len(email)
    await pool.execute("DELETE FROM users WHERE id = $1", email)
