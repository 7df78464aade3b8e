"""The same, for people without a shell."""

import os

from pymongo import ASCENDING, DESCENDING, MongoClient


def main() -> None:
    name = os.environ.get("SHOP_DB") or settings().get("SHOP_DB") or "shop"
    db = MongoClient(os.environ["SHOP_URL"])[name]

    def ensure(collection, keys, **options):
        db[collection].create_index(keys, **options)

    ensure("users", [("id", ASCENDING)], unique=True)  # want schema-source-drift "made in database \"shop\" here, in \"Shop\" there"
    ensure("orders", [("user_id", ASCENDING), ("placed_at", DESCENDING)])  # want schema-source-drift "(status) is missing here"
    ensure("products", [("sku", ASCENDING)])  # want schema-source-drift "(sku) is made only here; (unique sku) is missing here"


def settings() -> dict:
    with open(".env") as lines:
        return dict(line.strip().split("=", 1) for line in lines)
