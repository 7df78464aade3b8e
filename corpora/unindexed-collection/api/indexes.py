from pymongo import ASCENDING, IndexModel

from .database import db


async def ensure(collection, keys, **options):
    await db[collection].create_index(keys, **options)  # want no-schema-versioning


async def main():
    await ensure("coupons", [("code", ASCENDING)], unique=True)
    await db.sessions.create_indexes([IndexModel([("token", ASCENDING)], unique=True)])
    await db.orders.create_index("user_id")
    for keys in ("product_id", "stars"):
        await db.reviews.create_index(keys)
