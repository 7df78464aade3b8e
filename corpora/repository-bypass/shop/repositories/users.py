from motor.motor_asyncio import AsyncIOMotorCollection

from shop.repositories.base import BaseRepository


class UserRepository(BaseRepository):
    def __init__(self, collection: AsyncIOMotorCollection, orders: AsyncIOMotorCollection) -> None:
        super().__init__(collection)
        self._orders = orders

    async def order_count(self, key: str) -> int:
        # A repository may look at what another one owns.
        return await self._orders.count_documents({"user_id": key})


class OrderRepository(BaseRepository):
    pass
