from shop.database import database
from shop.repository import Users


async def sign_up(email: str) -> None:
    users = Users(database.compared().users)
    await users.add({"email": email, "name": ""})


async def newest(email: str) -> list:
    db = database.compared()
    return await Users(db.users).with_newest(email, db.orders)


async def order(user_id: str, total: int) -> None:
    db = database.compared()
    await db.orders.insert_one({"user_id": user_id, "total": total})


async def export(user_id: str) -> list:
    db = database.compared()
    user = await db.users.find({"_id": user_id})  # want result-misuse "cannot be awaited"
    if not user:
        return []
    return await db.orders.find({"user_id": user_id}).sort("total", 1).to_list(100)  # want sort-without-index


async def total(user_id: str) -> int:
    rows = database.compared().orders.find({"user_id": user_id}).limit(10)
    # want result-misuse "a cursor is always true"
    if not rows:
        return 0
    result = 0
    async for row in rows:
        result += row["total"]
    return result


async def touch(user_id: str) -> bool:
    db = database.compared()
    found = await db.users.find_one({"_id": user_id})
    if not found:
        return False
    # A Future of Motor runs, awaited or not.
    db.users.update_one({"_id": user_id}, {"$set": {"name": "seen"}})
    names = await db.users.distinct("name", {"_id": user_id})
    return bool(names)
