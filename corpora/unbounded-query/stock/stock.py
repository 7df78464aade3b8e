import os

from pymongo import MongoClient

db = MongoClient(os.environ["MONGO_URL"]).shop


def add(sku):
    db.stock.insert_one({"sku": sku})


def everything():
    return list(db.stock.find({}))  # want unbounded-query "all documents of \"stock\""


def some():
    return list(db.stock.find({}).limit(10))


def one_by_one():
    for item in db.stock.find({}):
        print(item)
