from .base import Repository


class OrderRepository(Repository):
    async def of_user(self, user_id):
        return await self.find_many({"user_id": user_id})


class CartRepository(Repository):
    async def of_user(self, user_id):
        return await self.find_many({"user_id": user_id})

    async def of_guest(self, token):
        # The same collection: said once.
        return await self.find_many({"guest.token": token})
