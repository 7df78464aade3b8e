"""Run by number: the runner looks the functions up by their names."""

from aiosqlite import Connection


async def m001_initial(db: Connection) -> None:
    await db.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, wallet TEXT)")
    await db.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)")


async def m003_wallets(db: Connection) -> None:
    await db.execute("ALTER TABLE users RENAME COLUMN wallet TO wallet_id")


async def m002_ticket(db: Connection) -> None:
    await db.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)")
    await db.execute("INSERT INTO ticket SELECT * FROM tickets")
    await db.execute("DROP TABLE tickets")


async def m004_notes(db: Connection) -> None:
    columns = [row[1] for row in await db.execute_fetchall("PRAGMA table_info(users)")]
    if "note" not in columns:
        await db.execute("ALTER TABLE users ADD COLUMN note TEXT")
    await _index(db, "users_by_email")


async def _index(db: Connection, name: str) -> None:
    await db.execute("CREATE INDEX users_by_email ON users (email)")
