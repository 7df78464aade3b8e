from motor.motor_asyncio import AsyncIOMotorClient

client = AsyncIOMotorClient("mongodb://localhost:27017")
db = client["shop"]


async def ensure_indexes() -> None:
    await db.orders.create_index([("user_id", 1)])  # want no-schema-versioning
    await db.users.create_index([("email", 1)])
    await db.order_items.create_index([("order_id", 1)])
    await db.audit_logs.create_index([("user_id", 1)])
