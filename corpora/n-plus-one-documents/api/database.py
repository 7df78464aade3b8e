import os

from motor.motor_asyncio import AsyncIOMotorClient

db = AsyncIOMotorClient(os.environ["MONGO_URL"]).get_database("shop")


async def ensure_indexes():
    await db.users.create_index("id", unique=True)  # want no-schema-versioning
    await db.users.create_index("email", unique=True)
    await db.orders.create_index("user_id")
    await db.orders.create_index("id", unique=True)
    await db.items.create_index([("order_id", 1), ("position", 1)])
