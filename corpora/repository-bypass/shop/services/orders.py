from shop.database import db
from shop.repositories.users import OrderRepository, UserRepository

users = UserRepository(db.users, db.orders)
orders = OrderRepository(db.orders)


async def place(user_id: str, total: int) -> bool:
    if await users.by_id(user_id) is None:
        return False
    await orders.add({"user_id": user_id, "total": total})
    await users.add({"name": "guest"})
    return True


async def total(user_id: str) -> int:
    rows = await db.orders.find({"user_id": user_id}).to_list(100)  # want repository-bypass "without its repository \"OrderRepository\""
    return sum(row["total"] for row in rows)


async def rename(user_id: str, name: str) -> None:
    await db.users.update_one({"_id": user_id}, {"$set": {"name": name}})  # want repository-bypass "UserRepository"


async def stock(sku: str) -> dict | None:
    # Nobody owns this one.
    return await db.products.find_one({"_id": sku})
