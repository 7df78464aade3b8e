import os

from motor.motor_asyncio import AsyncIOMotorClient

db = AsyncIOMotorClient(os.environ["MONGO_URL"]).get_database("shop")


async def ensure_indexes():
    await db.orders.create_index([("user_id", 1), ("created_at", -1)])
    await db.orders.create_index([("status", 1), ("total", 1), ("created_at", 1)])
    await db.users.create_index([("name", 1), ("age", -1)])
    await db.users.create_index([("bio", "text")])
    await db.users.create_index([("email", "hashed")])
