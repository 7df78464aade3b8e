from typing import Any

from motor.motor_asyncio import AsyncIOMotorCollection


class Base:
    def __init__(self, collection: AsyncIOMotorCollection) -> None:
        self._collection = collection

    async def remove(self, key: str) -> None:
        await self._collection.delete_one({"_id": key})  # want hard-delete

    async def remove_all(self, query: dict[str, Any]) -> None:
        await self._collection.delete_many(query)
