from .database import db


def search(text):
    return list(db.products.find({"$text": {"$search": text}}).limit(20))


def titled(text):
    # An index of texts serves words alone; no index serves a part of a text.
    return list(db.products.find({"title": {"$regex": text, "$options": "i"}}).limit(20))


def beginning(prefix):
    return list(db.products.find({"title": {"$regex": "^A"}}).limit(20))  # want missing-index "\"title\""


def by_sku(sku):
    return db.products.find_one({"sku": sku})


def after_sku(sku):
    # What is hashed has no order.
    return list(db.products.find({"sku": {"$gt": sku}}).limit(20))  # want missing-index "\"sku\""


def by_slug(slug):
    return db.products.find_one({"slug": slug, "published": True})


def near(point):
    return list(db.shops.find({"place": {"$near": {"$geometry": point}}}).limit(5))


def in_town(town):
    return list(db.shops.find({"town": town}).limit(5))  # want missing-index "\"town\""


def having(colour):
    return list(db.traits.find({"values.colour": colour}).limit(5))


def by_batch(line):
    # Nobody knows all of its indexes.
    return list(db.imports.find({"line": line}).limit(5))


def stars(product_id):
    return list(
        db.reviews.aggregate(
            [
                {"$match": {"product_id": product_id}},
                {"$group": {"_id": "$author", "stars": {"$avg": "$stars"}}},
                {"$match": {"stars": {"$gt": 3}}},
            ]
        )
    )


def by_author(author):
    return list(db.reviews.aggregate([{"$match": {"author": author}}, {"$limit": 5}]))  # want missing-index "\"author\""


def with_reviews():
    return list(
        db.products.aggregate(
            [
                {"$limit": 20},
                {"$lookup": {"from": "reviews", "localField": "sku", "foreignField": "product.sku", "as": "reviews"}},  # want missing-index "\"product.sku\""
            ]
        )
    )


def neighbours(city):
    return list(db.users.find({"city": city}).limit(20))  # want missing-index "no index of \"users\" serves a search by \"city\""


def lost(nickname):
    # Nobody sets it: an index would not help.
    return list(db.users.find({"nickname": nickname}).limit(20))  # want unknown-document-field
