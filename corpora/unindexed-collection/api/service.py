from bson import ObjectId

from .database import db
from .repositories.orders import CartRepository, OrderRepository

orders = OrderRepository(db.orders)
carts = CartRepository(db["carts"])


async def checkout(user_id):
    await orders.of_user(user_id)
    return await carts.of_user(user_id)  # want unindexed-collection "\"carts\" has no index beside _id, and is searched by \"user_id\", \"guest.token\""


async def guest(token):
    return await carts.of_guest(token)


# By its key alone.
async def product(product_id):
    return await db.products.find_one({"_id": ObjectId(product_id)})


# Read whole.
async def countries():
    return await db.countries.find({}).to_list(300)


# Only constants are searched for.
async def settings():
    return await db.settings.find_one({"kind": "global"})  # want unindexed-collection "\"settings\""


# An upsert searches too.
async def remember(user_id, page):
    await db.visits.update_one({"user": user_id}, {"$set": {"page": page}}, upsert=True)  # want unindexed-collection "\"visits\""


# A helper makes its indexes, and one of another file those of the sessions.
async def coupon(code):
    return await db.coupons.find_one({"code": code})


async def session(token):
    return await db.sessions.find_one({"token": token})


# Indexes are made of a list.
async def reviews(product_id):
    return await db.reviews.find({"product_id": product_id}).to_list(50)


# Files know what they need.
async def file(name):
    return await db["fs.files"].find_one({"filename": name})


# What is put in is not found by anything.
async def log(event):
    await db.events.insert_one({"event": event, "at": 1})
