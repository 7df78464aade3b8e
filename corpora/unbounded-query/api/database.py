import os

from motor.motor_asyncio import AsyncIOMotorClient

db = AsyncIOMotorClient(os.environ["MONGO_URL"]).get_database("shop")


async def ensure_indexes():
    await db.orders.create_index([("user_id", 1), ("created_at", -1)])
    await db.orders.create_index("number", unique=True)
    await db.users.create_index("city")
