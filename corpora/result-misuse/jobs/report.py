from pymongo import MongoClient
from pymongo.database import Database

client = MongoClient("mongodb://localhost:27017")
db = client.get_database("shop")


def late(user_id: str) -> int:
    orders = db.get_collection("orders")
    # want result-misuse "a collection raises NotImplementedError"
    if not orders:
        return 0
    found = list(orders.find({"user_id": user_id}).limit(5))
    if not found:
        return 0
    return len(found)


def checked(given: Database | None) -> bool:
    # A driver that blocks runs its calls at once.
    db.users.update_one({"_id": 1}, {"$set": {"name": "checked"}})  # want document-type-mismatch "holds objectId and is compared with int"
    return given is not None and "users" in given.list_collection_names()


def primary() -> bool:
    if client.is_primary:
        return True
    return False
