class Repository:
    def __init__(self, collection):
        self._collection = collection

    async def find_by_id(self, document_id):
        return await self._collection.find_one({"id": document_id})

    async def find_many(self, query, *, sort=None):
        cursor = self._collection.find(query)
        if sort:
            cursor = cursor.sort(sort)
        return await cursor.to_list(length=100)
