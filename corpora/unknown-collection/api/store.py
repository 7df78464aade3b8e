import os

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorGridFSBucket

client = AsyncIOMotorClient(os.environ["MONGO_URL"])
db = client["bakery"]


async def place(order: dict, lines: list):
    await db.orders.insert_one(order)
    await db.order_lines.insert_many(lines)
    await db.logs_2024.insert_one({"placed": order["id"]})
    await db["tenant_a_events"].insert_one({"placed": order["id"]})


async def open_orders(user_id: str):
    return await db.orders.find({"user_id": user_id, "open": True}).to_list(100)


async def lines_of(order_id: str):
    return await db.order_lines.find({"order_id": order_id}).to_list(100)


async def count(user_id: str):
    # want unknown-collection "nothing writes to a collection \"order\", and no other place names it (did you mean \"orders\"?)"
    return await db.order.count_documents({"user_id": user_id})


async def with_lines():
    return await db.orders.aggregate(
        [
            {
                "$lookup": {
                    # want unknown-collection "(did you mean \"order_lines\"?)"
                    "from": "orderlines",
                    "localField": "id",
                    "foreignField": "order_id",
                    "as": "lines",
                }
            },
            {"$match": {"lines": {"$ne": []}}},
        ]
    ).to_list(100)


async def beside(tenant: str):
    # Years, tenants, files, and what the server itself keeps.
    await db.logs_2023.find({}).to_list(10)
    await db.logs_2024.find({}).to_list(10)
    await db["tenant_b_events"].find({}).to_list(10)
    await db["tenant_a_events"].find({}).to_list(10)
    # want unresolved-query
    await db[f"{tenant}_events"].find({}).to_list(10)
    await db["fs.files"].find({}).to_list(10)
    await db["system.profile"].find({}).to_list(10)
    # Another program writes it: no name is near.
    return await db.exchange_rates.find_one({"currency": "EUR"})


async def recall(order_id: str):
    # Two places name it: it is a collection of its own.
    await db.orderz.find_one({"id": order_id})
    return await db.orderz.count_documents({})


bucket = AsyncIOMotorGridFSBucket(db)
