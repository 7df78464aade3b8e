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


@pages.get("/session")
def session():
    # Neither a header nor a query string makes an object.
    token = request.headers.get("Token") or request.args.get("token")
    user = blocking.users.find_one({"email": token})
    return {"found": user is not None}
