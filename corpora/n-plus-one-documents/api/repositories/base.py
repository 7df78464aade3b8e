class Repository:
    def __init__(self, collection):
        self._collection = collection

    async def find_by_id(self, document_id: str):
        return await self._collection.find_one({"id": document_id})

    async def find_many(self, query, *, limit=50):
        return await self._collection.find(query).to_list(length=limit)
