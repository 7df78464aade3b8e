from motor.motor_asyncio import AsyncIOMotorClient

db = AsyncIOMotorClient("mongodb://localhost:27017")["store"]


async def ensure_indexes() -> None:
    await db.stores.create_index([("name", 1)])  # want no-schema-versioning
    await db.racks.create_index([("store_id", 1)])
    await db.boxes.create_index([("rack_id", 1)])
    await db.labels.create_index([("box_id", 1)])
    await db.visit_logs.create_index([("store_id", 1)])
