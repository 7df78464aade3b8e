from ..database import db
from .base import Repository


class OrderRepository(Repository):
    def __init__(self):
        super().__init__(db.orders)

    async def of_user(self, user_id: str):
        return await self.find_many({"user_id": user_id}, sort=[("created_at", -1)])

    async def of_shop(self, shop_id: str):
        # want unknown-document-field "has a field \"shop_id\""
        return await self.find_many({"shop_id": shop_id})

    async def newest(self):
        # want unknown-document-field "(did you mean \"created_at\"?): sorting by it gives no order"
        return await self.find_many({}, sort=[("createdAt", -1)])

    async def forget(self, user_id: str):
        # want unknown-document-field "(did you mean \"user_id\"?)"
        return await self.drop_many({"userid": user_id})

    async def with_sku(self, sku: str):
        # Inside lists, at a place in one, and inside of what may hold anything.
        await self.find_many({"lines.sku": sku})
        await self.find_many({"lines.0.sku": sku, "attributes.colour": "red"})
        # want unknown-document-field "\"lines.price\""
        return await self.find_many({"lines.price": {"$gt": 5}})
