from typing import Any

from motor.motor_asyncio import AsyncIOMotorCollection


class BaseRepository:
    def __init__(self, collection: AsyncIOMotorCollection) -> None:
        self._collection = collection

    async def add(self, document: dict[str, Any]) -> None:
        await self._collection.insert_one(document)

    async def by_id(self, key: str) -> dict[str, Any] | None:
        return await self._collection.find_one({"_id": key})
