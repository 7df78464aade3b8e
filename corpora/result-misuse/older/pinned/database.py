from pymongo import MongoClient

_db = None


def get_db():
    global _db
    # Before PyMongo 4 a database is true.
    if not _db:
        _db = MongoClient("mongodb://localhost:27017")["shop"]
    return _db
