from .base import Repository


class UserRepository(Repository):
    async def of_email(self, email):
        return await self._collection.find_one({"email": email})


class OrderRepository(Repository):
    async def of_user(self, user_id):
        return await self.find_many({"user_id": user_id})

    async def of_users(self, user_ids):
        return await self.find_many({"user_id": {"$in": user_ids}})
