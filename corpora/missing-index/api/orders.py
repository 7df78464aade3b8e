from .database import db


def of_user(user_id):
    return list(db.orders.find({"user_id": user_id}).limit(20))


def by_number(number):
    return db.orders.find_one({"number": number})


def by_status(status, since):
    # What must be equal comes first, then the order, then what is a range.
    cursor = db.orders.find({"total": {"$gt": since}, "status": status})  # want missing-index "no index of \"orders\" serves a search by \"status\", \"total\""
    return list(cursor.limit(20))


def count_by_status(status):
    # The same columns: one finding.
    return db.orders.count_documents({"status": status, "total": {"$gte": 0}})


def since(date):
    # The second column of an index finds nothing without the first.
    return list(db.orders.find({"created_at": {"$gte": date}}).limit(20))  # want missing-index "\"created_at\""


def cancel(shipment):
    db.orders.update_many({"shipment.code": shipment}, {"$set": {"cancelled": True}})  # want missing-index "\"shipment.code\""


def of_either(user_id, guest):
    # One branch has no index, so all is read.
    return list(db.orders.find({"$or": [{"user_id": user_id}, {"guest": guest}]}).limit(5))  # want missing-index "\"guest\""


def of_user_in_any_state(user_id, first, second):
    # What stands beside the branches has one.
    return list(db.orders.find({"user_id": user_id, "$or": [{"state": first}, {"state": second}]}).limit(5))


def open_orders():
    # Constants: the index may not pay.
    return list(db.orders.find({"open": True}).limit(20))  # want missing-index "\"open\""


def unshipped():
    # No index narrows these.
    return list(db.orders.find({"shipped": {"$ne": True}, "box": {"$exists": False}}).limit(20))


def by_key(key, tag):
    return db.orders.find_one({"_id": key, "tag": tag})


def searched(criteria, tag):
    # What callers ask for may have an index.
    return list(db.orders.find({**criteria, "tag": tag}).limit(5))


def maybe_of_user(tag, user_id=None):
    query = {"tag": tag}
    if user_id:
        query["user_id"] = user_id
    return list(db.orders.find(query).limit(5))


def place(order):
    db.orders.insert_one(
        {
            **order,
            "status": "new",
            "shipment": {"code": order["code"]},
        }
    )


def open_of_either(user_id):
    return list(db.orders.find({"$and": [{"user_id": user_id}, {"coupon": {"$nin": [None]}}]}).limit(5))
