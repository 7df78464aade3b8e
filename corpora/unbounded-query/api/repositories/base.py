class Repository:
    def __init__(self, collection):
        self._collection = collection

    async def create(self, document):
        await self._collection.insert_one(document)

    async def find_all(self, query, limit=None):
        return await self._collection.find(query).to_list(length=limit)
