from ..database import db
from .base import Repository


class BasketRepository(Repository):
    def __init__(self):
        super().__init__(db.baskets)

    async def open_for(self, user_id: str):
        await self.add({"user_id": user_id, "items": []})
        return await self.find_many({"user_id": user_id})
