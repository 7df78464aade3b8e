from aiosqlite import Connection


async def forget(db: Connection, user: int) -> None:
    await db.execute("DELETE FROM tickets WHERE user_id = ?", (user,))  # want missing-table "a migration drops it"
    await db.execute("DELETE FROM users WHERE id = ? AND wallet = ''", (user,))  # want missing-column "renamed to \"wallet_id\""
    await db.execute("UPDATE users SET note = NULL, wallet_id = NULL WHERE id = ?", (user,))
    await db.execute("DELETE FROM ticket WHERE user_id = ?", (user,))
