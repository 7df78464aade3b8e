from flask import Blueprint, request

from shop.database import blocking

pages = Blueprint("pages", __name__)


@pages.post("/reset")
def reset():
    blocking.users.delete_one({"email": request.json["email"]})  # want nosql-injection "\"email\" is held"
    return {}


@pages.get("/users")
def users():
    # Of a query string Flask makes texts.
    user = blocking.users.find_one({"email": request.args.get("email")})
    return {"found": user is not None}
