import json

from pymongo import ASCENDING, DESCENDING, GEOSPHERE, TEXT

from .database import db


def ensure_indexes():
    db.orders.create_index([("user_id", ASCENDING), ("created_at", DESCENDING)])  # want no-schema-versioning
    db.orders.create_index("number", unique=True)
    db.products.create_index([("title", TEXT)])
    db.products.create_index([("sku", "hashed")])
    db.products.create_index("slug", unique=True, partialFilterExpression={"published": True})
    db.shops.create_index([("place", GEOSPHERE)])
    db.traits.create_index([("values.$**", ASCENDING)])
    db.users.create_index([("email", ASCENDING)])
    db.reviews.create_index([("product_id", 1)])
    for name, keys in read_file("indexes.json"):
        db.imports.create_index(keys, name=name)
    db.imports.create_index("batch")


def read_file(name):
    with open(name) as file:
        return json.load(file).items()
