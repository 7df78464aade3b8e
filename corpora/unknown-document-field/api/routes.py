from datetime import datetime

from fastapi import APIRouter

from .database import db
from .models import Coupon, Event, Order, Receipt, Ticket
from .repositories.orders import OrderRepository

router = APIRouter()
orders = OrderRepository()


@router.post("/orders")
async def place(order: Order):
    await orders.add(order.model_dump())


@router.post("/orders/{order_id}/paid")
async def paid(order_id: str):
    await db.orders.update_one({"id": order_id}, {"$set": {"paid_at": datetime.utcnow()}})
    # want unknown-document-field "\"order_id\""
    await db.orders.update_one({"order_id": order_id}, {"$set": {"note": "paid"}})


@router.get("/orders/unpaid")
async def unpaid():
    # A field that only an update sets is one; `_id` always is.
    await db.orders.find({"paid_at": None, "_id": {"$ne": None}}).to_list(10)
    # want unknown-document-field "\"cancelled\": the filter matches every document"
    await db.orders.find({"cancelled": {"$ne": True}}).to_list(10)
    # Asking whether it is there, or taking it away, names a field of old.
    await db.orders.update_many({"legacy": {"$exists": True}}, {"$unset": {"legacy": ""}})


@router.get("/orders/report")
async def report():
    stages = [
        {"$match": {"total": {"$gt": 0}}},
        {"$lookup": {"from": "events", "localField": "id", "foreignField": "id", "as": "events"}},
        {"$addFields": {"weight": {"$size": "$lines"}}},
        {"$unwind": {"path": "$lines", "includeArrayIndex": "position"}},
        {"$setWindowFields": {"partitionBy": "$user_id", "sortBy": {"created_at": 1}, "output": {"rank": {"$rank": {}}}}},
        {"$match": {"weight": {"$gt": 1}, "events.kind": "opened", "rank": 1}},
        {"$sort": {"position": 1}},
    ]
    await db.orders.aggregate(stages).to_list(10)
    return await db.orders.aggregate(
        [
            # want unknown-document-field "\"totl\""
            {"$match": {"totl": 1}},
            {"$group": {"_id": "$user_id", "sum": {"$sum": "$total"}}},
            {"$sort": {"sum": -1}},
        ]
    ).to_list(10)


@router.get("/orders/search")
async def search(text: str):
    cursor = db.orders.find({"$text": {"$search": text}}, {"score": {"$meta": "textScore"}})
    return await cursor.sort([("score", {"$meta": "textScore"})]).to_list(10)


@router.post("/events")
async def event(payload: dict, known: Event):
    await db.events.insert_one(known.dict())
    # Anything may be in what comes from outside.
    await db.payloads.insert_one(payload)
    await db.payloads.find({"source": "web"}).to_list(10)
    await db.events.insert_one({"id": known.id, "kind": "raw", **payload})
    await db.events.find({"source": "web"}).to_list(10)


@router.post("/more")
async def more(ticket: Ticket, receipt: Receipt, coupon: Coupon):
    # Classes that keep what they do not list, under other names, or make their documents themselves.
    await db.tickets_sold.insert_one(ticket.model_dump())
    await db.tickets_sold.find({"seat": "4"}).to_list(10)
    await db.receipts.insert_one(receipt.dict(by_alias=True))
    await db.receipts.find({"ID": "4"}).to_list(10)
    await db.coupons.insert_one(coupon.to_dict())
    await db.coupons.find({"kind": "coupon"}).to_list(10)
    # want unknown-document-field "\"sort\""
    await db.coupons.find({"sort": "coupon"}).to_list(10)


@router.get("/imports")
async def imports():
    # What another program writes is not known.
    await db.imports.update_one({"batch": 4}, {"$set": {"seen": True}})
    return await db.imports.find({"done": False}).to_list(10)


@router.post("/visits")
async def visit(path: str):
    await db.visits.insert_one({"path": path, "count": 1})
    seen = await db.visits.find_one({"path": path})
    seen["last"] = datetime.utcnow()
    await db.visits.replace_one({"path": path}, seen)
    await db.visits.find({"last": None}).to_list(10)
    # An upsert writes what its filter says.
    await db.visits.update_one({"host": "a"}, {"$inc": {"count": 1}}, upsert=True)
    await db.visits.find({"host": "b"}).to_list(10)
    name = "views" if path else "hits"
    await db.visits.update_one({"path": path}, {"$inc": {f"per.{name}": 1}})
    await db.visits.find({"per.views": 4}).to_list(10)
