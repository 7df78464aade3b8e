from ..database import db


async def report():
    return await db.orders.find().to_list(None)
