"""Short names for the usual calls."""

from shop.database import db


def emails() -> list[str]:
    db.run("UPDATE users SET nickname = NULL WHERE id = 1")  # want missing-column "nickname"
    if db.one("SELECT count(*) FROM users") == 0:
        return []
    return db.all("SELECT emial FROM users")  # want missing-column "emial"


def unrelated(pool: object, subprocess: object) -> None:
    subprocess.run(["ls"])
    pool.all("users")
