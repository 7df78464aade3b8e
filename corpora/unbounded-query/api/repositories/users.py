from .base import Repository


class UserRepository(Repository):
    async def everybody(self):
        return await self.find_all({})  # want unbounded-query "all documents of \"users\" are read at once, without a limit"

    async def newest(self):
        return await self.find_all({}, limit=20)

    async def of_city(self, city):
        return await self.find_all({"city": city}, limit=100)

    async def register(self, name):
        await self.create({"name": name, "city": "Bonn", "blocked": False})
