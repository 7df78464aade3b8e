from typing import Any

from motor.motor_asyncio import AsyncIOMotorCollection


class Repository:
    def __init__(self, collection: AsyncIOMotorCollection) -> None:
        self._collection = collection

    async def add(self, document: dict[str, Any]) -> Any:
        return await self._collection.insert_one(document)
