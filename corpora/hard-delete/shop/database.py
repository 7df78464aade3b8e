from pymongo import MongoClient

db = MongoClient("mongodb://localhost:27017").get_database("shop")


def ensure_indexes() -> None:
    db.users.create_index([("email", 1)])  # want no-schema-versioning
    db.orders.create_index([("owner", 1)])
    db.sessions.create_index([("owner", 1)])
