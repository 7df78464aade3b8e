from typing import Any

from shop.base import Repository
from shop.database import client, db

orders = Repository(db.orders)
items = Repository(db.order_items)


async def place(user_id: str, sku: str) -> None:
    placed = await db.orders.insert_one({"user_id": user_id, "total": 0})  # want missing-transaction "\"orders\" and \"order_items\""
    await db.order_items.insert_one({"order_id": placed.inserted_id, "sku": sku})


async def place_by_repository(user_id: str, order_id: str, sku: str) -> None:
    await orders.add({"_id": order_id, "user_id": user_id, "total": 0})  # want missing-transaction "belong together"
    await items.add({"order_id": order_id, "sku": sku})


async def spend(user_id: str, total: int) -> None:
    # want missing-transaction "\"users\" and \"orders\""
    await db.users.update_one({"_id": user_id}, {"$inc": {"balance": -total}})
    await db.orders.update_many({"user_id": user_id}, {"$set": {"total": total}})


async def spend_at_once(user_id: str, total: int) -> None:
    async with await client.start_session() as session, session.start_transaction():
        await db.users.update_one({"_id": user_id}, {"$inc": {"balance": -total}}, session=session)
        await db.orders.update_many({"user_id": user_id}, {"$set": {"total": total}}, session=session)


async def spend_in(session: Any, user_id: str) -> None:
    await db.users.update_one({"_id": user_id}, {"$set": {"balance": 0}}, session=session)
    await db.orders.update_many({"user_id": user_id}, {"$set": {"total": 0}}, session=session)


async def told(user_id: str) -> None:
    await db.users.update_one({"_id": user_id}, {"$set": {"balance": 0}})
    # What only tells what happened may be lost.
    await db.audit_logs.insert_one({"user_id": user_id, "what": "reset"})


async def either(user_id: str, closed: bool) -> None:
    if closed:
        await db.users.update_one({"_id": user_id}, {"$set": {"balance": 0}})
    else:
        await db.orders.update_one({"user_id": user_id}, {"$set": {"total": 0}})


async def unrelated(user_id: str, sku: str) -> None:
    await db.users.update_one({"_id": user_id}, {"$set": {"balance": 0}})
    await db.order_items.update_many({"sku": sku}, {"$set": {"sku": sku}})  # want missing-index


async def same(user_id: str, order_id: str) -> None:
    await db.orders.update_one({"_id": order_id}, {"$set": {"total": 1}})
    await db.orders.update_many({"user_id": user_id}, {"$set": {"total": 1}})


async def register(email: str) -> None:
    await db.users.insert_one({"email": email, "balance": 0})
