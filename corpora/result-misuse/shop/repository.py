from typing import Any

from motor.motor_asyncio import AsyncIOMotorCollection


class Repository:
    def __init__(self, collection: AsyncIOMotorCollection) -> None:
        self._collection = collection

    async def add(self, document: dict[str, Any]) -> None:
        await self._collection.insert_one(document)

    async def find_many(self, query: dict[str, Any], sort: list | None = None, limit: int | None = None) -> list:
        cursor = self._collection.find(query)
        if sort:
            cursor = cursor.sort(sort)
        if limit:
            cursor = cursor.limit(limit)
        return await cursor.to_list(length=limit or 0)  # want result-misuse "always empty"

    async def page(self, query: dict[str, Any], limit: int = 50) -> list:
        return await self._collection.find(query).to_list(length=limit or 50)


class Users(Repository):
    async def with_orders(self, email: str, orders: AsyncIOMotorCollection | None = None) -> list:
        users = await self.find_many({"email": email}, limit=20)
        # want result-misuse "a collection raises NotImplementedError"
        if users and orders:
            for user in users:
                user["orders"] = []
        return users

    async def with_newest(self, email: str, orders: AsyncIOMotorCollection | None = None) -> list:
        users = await self.page({"email": email})
        if users and orders is not None:
            users[0]["newest"] = await orders.find_one({"user_id": users[0]["_id"]})
        return users
