from .database import db
from .repositories.users import UserRepository

users = UserRepository(db.users)


async def place(user_id, number):
    await db.orders.insert_one({"user_id": user_id, "number": number, "created_at": 1, "open": True})


async def orders():
    return await db.orders.find().to_list(None)  # want unbounded-query "all documents of \"orders\""


async def page(after):
    return await db.orders.find({"_id": {"$gt": after}}).limit(50).to_list(None)


async def first():
    return await db.orders.find().to_list(50)


# Constants choose some, and may choose most.
async def open_orders():
    return await db.orders.find({"open": True}, {"number": 1}).to_list(length=None)  # want unbounded-query "all documents of \"orders\" with one \"open\"" missing-index


# The code says that it wants all of them.
async def of_user(user_id):
    return await db.orders.find({"user_id": user_id}).to_list(None)  # want unbounded-query "with one \"user_id\""


async def of_user_or_all(user_id=None):
    query = {"user_id": user_id} if user_id else {}
    return await db.orders.find(query).to_list(None)  # want unbounded-query "all documents of \"orders\" are read at once"


# A list of keys is as long as the list; a number is unique.
async def of_users(user_ids):
    return await db.orders.find({"user_id": {"$in": user_ids}}).to_list(None)


async def numbered(number):
    return await db.orders.find({"number": number}).to_list(None)


# Nothing adds to it: it is a table of constants.
async def countries():
    return await db.countries.find().to_list(None)


# One by one.
async def total():
    amount = 0
    async for order in db.orders.find():
        amount += order["total"]
    return amount


# All there is is meant.
async def export_orders():
    return await db.orders.find().to_list(None)


async def filtered(criteria):
    return await db.orders.find(criteria).to_list(None)


async def since(date):
    return await db.orders.find({"user_id": 1, "created_at": {"$gt": date}}).to_list(100)
