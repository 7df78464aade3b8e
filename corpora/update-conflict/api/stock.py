from datetime import datetime, timezone

from pymongo import UpdateOne

from .database import db


class Stock:
    def __init__(self):
        self.items = db.items

    def arrive(self, shelf, goods):
        now = datetime.now(timezone.utc)
        operations = []
        for one in goods:
            operations.append(
                UpdateOne(
                    {"sku": one["sku"]},
                    {
                        "$set": {"shelf": shelf, "seen": now, "name": one["name"]},
                        # want update-conflict "sets \"seen\" by $set and by $setOnInsert"
                        "$setOnInsert": {"sku": one["sku"], "seen": now},
                    },
                    upsert=True,
                )
            )
        if operations:
            self.items.bulk_write(operations)

    def take(self, sku, count):
        # want update-conflict "sets \"left\" by $inc and by $set"
        self.items.update_one({"sku": sku}, {"$inc": {"left": -count}, "$set": {"left": 0}})

    def move(self, sku, place):
        # want update-conflict "\"place.row\" by $set and \"place\" by $set, and one lies inside the other"
        self.items.update_one({"sku": sku}, {"$set": {"place": place, "place.row": 4}})

    def rename(self, sku):
        # want update-conflict "sets \"title\" by $rename and by $set"
        self.items.update_many({}, {"$rename": {"name": "title"}, "$set": {"title": "none"}})

    def fine(self, sku, values, reset):
        self.items.update_one({"sku": sku}, {"$set": {"a.x": 1, "a.y": 2, "ab": 3}, "$unset": {"a.z": ""}})
        self.items.update_one({"sku": sku}, {"$set": {"lots.0.count": 1, "lots.1.count": 2}, "$inc": {"lots.$.sold": 1}})
        self.items.update_one({"sku": sku}, {"$set": {**values, "left": 1}, "$setOnInsert": {"sku": sku}}, upsert=True)
        self.items.update_one({"sku": sku}, [{"$set": {"left": 1}}, {"$set": {"left": 2}}])
        change = {"$set": {"left": 4}}
        if reset:
            change = {"$unset": {"left": ""}}
        self.items.update_one({"sku": sku}, change)
        update = {"$set": {"name": "x"}}
        if reset:
            update["$unset"] = {"name": ""}
            del update["$set"]
        self.items.update_one({"sku": sku}, update)
