from shop.database import db


async def main() -> None:
    await db.orders.create_index([("user_id", 1)])
    await db.users.create_index([("name", 1)])
    await db.users.update_many({"name": ""}, {"$set": {"name": "guest"}})
