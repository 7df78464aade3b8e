from datetime import datetime, timezone

from shop.database import db


def register(email: str) -> None:
    db.users.insert_one({"email": email, "deleted_at": None})


def leave(key: str) -> None:
    db.users.update_one({"_id": key}, {"$set": {"deleted_at": datetime.now(timezone.utc)}})


def ban(key: str) -> None:
    db.users.delete_one({"_id": key})  # want hard-delete "elsewhere marked by \"deleted_at\""


def purge_user(key: str) -> None:
    db.users.delete_one({"_id": key})


def old(before: datetime) -> None:
    # What is marked already may go.
    db.users.delete_many({"deleted_at": {"$lt": before}})  # want missing-index


def order(key: str, total: int) -> None:
    db.orders.insert_one({"owner": key, "total": total})


def cancel(key: str) -> None:
    # Orders have no mark, and other collections have.
    db.orders.delete_one({"_id": key})


def sign_out(key: str) -> None:
    db.sessions.delete_many({"owner": key})
