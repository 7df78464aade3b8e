from .database import db


async def latest_of_user(user_id):
    return await db.orders.find({"user_id": user_id}).sort("created_at", -1).to_list(20)


async def oldest_of_user(user_id):
    # Backwards too.
    return await db.orders.find({"user_id": user_id}).sort("created_at", 1).to_list(20)


async def latest():
    return await db.orders.find().sort("created_at", -1).to_list(20)  # want sort-without-index "no index gives \"orders\" in the order of \"created_at\""


async def dearest_of_user(user_id):
    # Few are wanted, and all of the user's are sorted for it.
    return await db.orders.find({"user_id": user_id}).sort("total", -1).limit(5).to_list(5)  # want sort-without-index "\"total\""


async def all_of_user(user_id):
    # All are wanted anyway, and they are few.
    return await db.orders.find({"user_id": user_id}).sort("total", -1).to_list(None)


async def last_of_user(user_id):
    # One document: the index finds the user's.
    return await db.orders.find_one({"user_id": user_id}, sort=[("total", -1)])


async def of_status(status):
    return await db.orders.find({"status": status}).sort([("total", 1), ("created_at", 1)]).to_list(20)


async def of_status_mixed(status):
    # The directions are neither the index's nor the reverse.
    return await db.orders.find({"status": status}).sort([("total", 1), ("created_at", -1)]).to_list(20)  # want sort-without-index "\"total\", \"created_at\""


async def dear_of_status(status, total):
    # A range in front of the order breaks it.
    return await db.orders.find({"status": status, "total": {"$gt": total}}).sort("created_at", 1).to_list(20)  # want sort-without-index "\"created_at\""


async def total_of_status(status, total):
    return await db.orders.find({"status": status, "total": total}).sort("created_at", 1).to_list(20)


async def range_and_order(status, total):
    return await db.orders.find({"status": status, "total": {"$gt": total}}).sort("total", 1).to_list(20)


async def in_order_of_keys():
    return await db.orders.find().sort("_id", -1).to_list(20)


async def sorted_by(key):
    return await db.orders.find().sort(key, 1).to_list(20)


async def best():
    return await db.orders.aggregate(
        [
            {"$group": {"_id": "$user_id", "spent": {"$sum": "$total"}}},
            {"$sort": {"spent": -1}},
            {"$limit": 10},
        ]
    ).to_list(10)


async def recent():
    return await db.orders.aggregate([{"$sort": {"shipped_at": -1}}, {"$limit": 10}]).to_list(10)  # want sort-without-index "\"shipped_at\""


async def named():
    return await db.users.find().sort([("name", -1), ("age", 1)]).to_list(20)


async def by_mail():
    # What is hashed has no order.
    return await db.users.find().sort("email", 1).to_list(20)  # want sort-without-index "\"email\""


async def relevant(text):
    return (
        await db.users.find({"$text": {"$search": text}}, {"score": {"$meta": "textScore"}})
        .sort([("score", {"$meta": "textScore"})])
        .to_list(20)
    )


async def templates(category=None):
    query = {}
    if category:
        query["category"] = category
    return await db.users.find(query).sort("visits", -1).to_list(100)  # want sort-without-index "\"visits\""
