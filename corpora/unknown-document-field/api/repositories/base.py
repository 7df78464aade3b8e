from typing import Any, Dict, List, Optional

from motor.motor_asyncio import AsyncIOMotorCollection


class Repository:
    def __init__(self, collection: AsyncIOMotorCollection):
        self._collection = collection

    async def add(self, document: Dict[str, Any]) -> None:
        await self._collection.insert_one(document)

    async def find_many(self, query: Dict[str, Any], sort: Optional[List[tuple]] = None) -> List[Dict[str, Any]]:
        cursor = self._collection.find(query)
        if sort:
            cursor = cursor.sort(sort)
        return await cursor.to_list(length=100)

    async def change(self, query: Dict[str, Any], values: Dict[str, Any]) -> None:
        # Nothing calls this one: it writes nothing.
        await self._collection.update_one(query, {"$set": values})

    async def drop_many(self, query: Dict[str, Any]) -> int:
        result = await self._collection.delete_many(query)
        return result.deleted_count
