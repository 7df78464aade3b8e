from pymongo import AsyncMongoClient

client = AsyncMongoClient("mongodb://localhost:27017")
orders = client["shop"]["orders"]


async def close(user_id: str) -> None:
    orders.update_many({"user_id": user_id}, {"$set": {"total": 0}})  # want result-misuse "never run"
    await orders.update_one({"user_id": user_id}, {"$set": {"total": 1}})


async def sums(user_id: str) -> list:
    cursor = await orders.aggregate([{"$match": {"user_id": user_id}}, {"$limit": 10}])
    return await cursor.to_list()


async def none(user_id: str) -> list:
    return await orders.find({"user_id": user_id}).to_list(0)  # want result-misuse "raises ValueError"
