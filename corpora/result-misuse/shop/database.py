from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase


class Database:
    def __init__(self) -> None:
        self.client = None
        self.db = None

    def connect(self, url: str) -> None:
        self.client = AsyncIOMotorClient(url)
        self.db = self.client["shop"]

    def handle(self) -> AsyncIOMotorDatabase:
        # want result-misuse "a database raises NotImplementedError"
        if not self.db:
            raise RuntimeError("connect first")
        return self.db

    def compared(self) -> AsyncIOMotorDatabase:
        if self.db is None:
            raise RuntimeError("connect first")
        # A client has a truth.
        assert self.client
        return self.db


database = Database()


async def ensure_indexes() -> None:
    db = database.compared()
    await db.users.create_index([("email", 1)])
    await db.orders.create_index([("user_id", 1)])
