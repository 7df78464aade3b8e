from fastapi import FastAPI, Request
from pydantic import BaseModel

from shop.database import db

app = FastAPI()


class Login(BaseModel):
    email: str
    password: str


@app.post("/login")
async def login(request: Request) -> dict:
    data = await request.json()
    # want nosql-injection "\"email\", \"password\" is held against what a client sends"
    user = await db.users.find_one({"email": data["email"], "password": data.get("password")})
    return {"found": user is not None}


@app.post("/search")
async def search(request: Request) -> dict:
    found = await db.users.find_one(await request.json())  # want nosql-injection "the filter is what a client sends"
    return {"found": found is not None}


@app.post("/typed")
async def typed(login: Login) -> dict:
    user = await db.users.find_one({"email": login.email, "password": login.password})
    return {"found": user is not None}


@app.post("/parsed")
async def parsed(request: Request) -> dict:
    login = Login.model_validate(await request.json())
    user = await db.users.find_one({"email": login.email})
    return {"found": user is not None}


@app.post("/cast")
async def cast(request: Request) -> dict:
    data = await request.json()
    user = await db.users.find_one({"email": str(data["email"]), "password": {"$eq": data["password"]}})
    return {"found": user is not None}


@app.post("/checked")
async def checked(request: Request) -> dict:
    data = await request.json()
    email = data["email"]
    if not isinstance(email, str):
        return {"found": False}
    user = await db.users.find_one({"email": email})
    return {"found": user is not None}


@app.get("/query")
async def query(request: Request) -> dict:
    # A path's parameter is a string.
    user = await db.users.find_one({"email": request.path_params["email"]})
    return {"found": user is not None}
