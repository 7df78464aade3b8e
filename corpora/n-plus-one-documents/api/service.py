import asyncio

from .database import db
from .repositories.orders import OrderRepository, UserRepository

users = UserRepository(db.users)
orders = OrderRepository(db.orders)


async def shipped(user_id):
    found = await db.orders.find({"user_id": user_id}).to_list(100)  # want repository-bypass
    for order in found:
        items = await db.items.find({"order_id": order["id"]}).sort("position", 1).to_list(100)  # want n-plus-one "query of \"items\" runs once for each element of the loop"
        order["items"] = items
    return found


async def keys_first(user_id):
    found = await db.orders.find({"user_id": user_id}).to_list(100)  # want repository-bypass
    keys = [order["id"] for order in found]
    items = []
    for key in keys:
        items += await db.items.find({"order_id": key}).to_list(100)  # want n-plus-one "\"items\""
    return items


async def customers(found):
    return [await users.find_by_id(order["user_id"]) for order in found]  # want n-plus-one "\"users\""


async def customers_at_once(found):
    return await asyncio.gather(*(db.users.find_one({"id": order["user_id"]}) for order in found))  # want n-plus-one "\"users\"" repository-bypass


async def orders_of(people):
    for person in people:
        person["orders"] = await orders.of_user(person["id"])  # want n-plus-one "\"orders\""


async def load(key):
    return await db.orders.find_one({"id": key})  # want repository-bypass


async def reload(keys):
    return [await load(key) for key in keys]  # want n-plus-one "\"orders\" runs once for each element of the loop, through load"


async def totals(found):
    for order in found:
        order["total"] = await db.items.count_documents({"order_id": order["id"]})  # want n-plus-one "\"items\""


# One query for all of them.
async def batched(user_id):
    found = await db.orders.find({"user_id": user_id}).to_list(100)  # want repository-bypass
    items = await db.items.find({"order_id": {"$in": [order["id"] for order in found]}}).to_list(1000)
    by_order = {}
    for item in items:
        by_order.setdefault(item["order_id"], []).append(item)
    return by_order


async def of_people(people):
    return await orders.of_users([person["id"] for person in people])


# A part of all a time, with its own query.
async def chunked(keys):
    found = []
    for chunk in chunks(keys, 500):
        found += await db.items.find({"order_id": {"$in": chunk}}).to_list(500)
    return found


def chunks(values, size):
    for start in range(0, len(values), size):
        yield values[start : start + size]


# A few that the code knows.
async def admins():
    return [await db.users.find_one({"email": email}) for email in ("root@shop", "ops@shop")]  # want repository-bypass


# The key is not the loop's.
async def repeated(user_id, names):
    for name in names:
        print(name, await db.users.find_one({"id": user_id}))  # want repository-bypass


# Tries.
async def patient(user_id):
    for attempt in range(3):
        user = await db.users.find_one({"id": user_id, "attempt": attempt})  # want repository-bypass
        if user:
            return user
