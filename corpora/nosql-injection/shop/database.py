from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient

db = AsyncIOMotorClient("mongodb://localhost:27017")["shop"]
blocking = MongoClient("mongodb://localhost:27017").get_database("shop")


async def ensure_indexes() -> None:
    await db.users.create_index([("email", 1), ("password", 1)])


async def add(email: str, password: str) -> None:
    await db.users.insert_one({"email": email, "password": password})
