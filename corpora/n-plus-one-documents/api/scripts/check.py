from ..database import db


async def check(found):
    for order in found:
        # In a script it is information.
        await db.users.find_one({"id": order["user_id"]})  # want n-plus-one "\"users\""
