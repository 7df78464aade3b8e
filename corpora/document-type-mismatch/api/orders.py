from datetime import datetime
from typing import Any, List, Optional, Union

from bson import ObjectId
from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel

from .database import db

router = APIRouter()


class Order(BaseModel):
    number: int
    total: float
    status: str
    paid: bool = False
    tags: List[str] = []
    code: Union[int, str] = 0
    extra: Any = None
    due: Optional[datetime] = None


@router.post("/orders")
async def place(order: Order, basket: str):
    await db.orders.insert_one({**order.model_dump(), "basket": ObjectId(basket), "placed": datetime.utcnow()})
    # Dates are text here.
    await db.archive.insert_one(jsonable_encoder(order))
    return await db.archive.find({"due": "2024-01-01"}).to_list(10)


@router.get("/orders/{number}")
async def one(number: str):
    # want document-type-mismatch "\"number\" of \"orders\" holds int and is compared with string: they are never equal"
    return await db.orders.find_one({"number": number})


@router.get("/orders")
async def some(status: str, since: datetime, number: int):
    await db.orders.find({"status": status, "placed": {"$gte": since}, "number": number, "total": 4}).to_list(10)
    # want document-type-mismatch "\"placed\" of \"orders\" holds date and is compared with string"
    await db.orders.find({"placed": {"$gte": since.isoformat()}}).to_list(10)
    # want document-type-mismatch "\"paid\" of \"orders\" holds bool and is compared with int"
    await db.orders.find({"paid": 1}).to_list(10)
    # want document-type-mismatch "\"status\" of \"orders\" holds string and is compared with int"
    await db.orders.find({"status": {"$in": ["open", 4]}}).to_list(10)


@router.get("/baskets/{basket}/orders")
async def of_basket(basket: str, number: int):
    # want document-type-mismatch "\"basket\" of \"orders\" holds objectId and is compared with string"
    await db.orders.find({"basket": str(basket)}).to_list(10)
    # What is annotated as text may be the key all the same.
    await db.orders.find({"basket": basket}).to_list(10)
    await db.orders.find({"basket": ObjectId(basket)}).to_list(10)


@router.get("/tagged")
async def tagged(tag: str):
    # A value is compared with each element; operators ask other things; a union, anything and nothing at all.
    await db.orders.find({"tags": tag, "code": tag, "extra": 4, "due": None}).to_list(10)
    await db.orders.find({"tags": {"$size": 2}, "status": {"$regex": "^o"}, "number": {"$exists": True}}).to_list(10)
    await db.orders.find({"number": {"$type": "string"}, "total": {"$mod": [4, 0]}}).to_list(10)
    # want document-type-mismatch "\"tags\" of \"orders\" holds string and is compared with int"
    return await db.orders.find({"tags": 4}).to_list(10)


@router.post("/imports")
async def imported(rows: list):
    await db.imports.insert_many(rows)
    await db.imports.update_one({}, {"$set": {"row": 4}})
    return await db.imports.find({"row": "4"}).to_list(10)
