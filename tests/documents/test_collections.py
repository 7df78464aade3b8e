"""The schema of collections: fields, types, indexes, relations, and what is closed."""

from tests.documents.shop import fields, schema

_DTO = """
    from typing import List, Optional
    from datetime import datetime
    from pydantic import BaseModel

    class Line(BaseModel):
        sku: str
        count: int = 1

    class Order(BaseModel):
        id: str
        user_id: str
        lines: List[Line] = []
        note: Optional[str] = None
        at: datetime
"""
_WRITER = """
    from pymongo import MongoClient
    from .dto import Order

    db = MongoClient().shop

    def create(order: Order):
        db.orders.insert_one(order.model_dump())

    def pay(id, amount: float):
        db.orders.update_one({"id": id}, {"$set": {"paid": True, "payment.amount": amount}, "$push": {"events": {"kind": "paid"}}, "$unset": {"note": ""}})
        db.users.update_one({"id": id}, {"$inc": {"spent": 1}}, upsert=True)
        db.orders.create_index([("user_id", 1), ("at", -1)])
        db.orders.create_index("id", unique=True)
"""


def test_fields_of_types_and_writers() -> None:
    assert fields({"shop/dto.py": _DTO, "shop/orders.py": _WRITER}, "orders") == {
        "id": "string",
        "user_id": "string",
        "lines": "array<object>",
        "lines.sku": "string",
        "lines.count": "int",
        "note": "string",
        "at": "date",
        "paid": "bool",
        "payment": "object",
        "payment.amount": "double",
        "events": "array<object>",
        "events.kind": "string",
    }


def test_an_upsert_writes_what_it_asks_for() -> None:
    assert fields({"shop/dto.py": _DTO, "shop/orders.py": _WRITER}, "users") == {"spent": "number", "id": ""}


def test_indexes_and_relations() -> None:
    table = schema({"shop/dto.py": _DTO, "shop/orders.py": _WRITER}).table("orders")
    assert table is not None
    assert [(index.columns, index.options, index.unique) for index in table.indexes] == [
        (("user_id", "at"), ("1", "-1"), False),
        (("id",), ("1",), True),
    ]
    assert [(key.columns, key.table, key.target, key.basis) for key in table.foreign_keys] == [
        (("user_id",), "users", ("id",), "name")
    ]


def test_what_is_closed() -> None:
    code = """
        from pymongo import MongoClient
        db = MongoClient().shop

        def f(body, key):
            db.closed.insert_one({"a": 1})
            db.spread.insert_one({"a": 1, **body})
            db.handed.insert_one(body)
            db.inside.insert_one({"a": 1})
            db.inside.update_one({}, {"$set": {f"settings.{key}": 1}})
            copied = db.copied.find_one({})
            db.copied.insert_one({**copied, "b": 2})
            db.read.find({"c": 1})
    """
    found = schema({"shop/a.py": code})
    closed = {name: table.closed for (_, name), table in found.tables.items()}
    assert closed == {"closed": True, "copied": True, "handed": False, "inside": True, "read": False, "spread": False}
    inside = found.table("inside")
    assert inside is not None
    assert [inside.path(path) for path in ("settings.theme", "other", "_id")] == ["open", "missing", "known"]


def test_a_writer_that_may_write_anywhere_taints_all() -> None:
    code = """
        from pymongo import MongoClient
        db = MongoClient().shop
        db.orders.insert_one({"a": 1})

        def copy(name, document):
            db[name].insert_one(document)
    """
    assert schema({"shop/a.py": code}).is_tainted("orders")


def test_strict_models_keep_what_they_list() -> None:
    code = """
        const { Schema, model } = require("mongoose");
        const User = model("User", new Schema({ email: { type: String, unique: true }, age: Number }, { timestamps: true }));
        User.create({ email: "a", nick: "b" });
    """
    found = schema({"shop/user.js": code}).table("users")
    assert found is not None
    assert found.closed
    assert found.path("nick") == "missing"
    assert found.path("createdAt") == "known"
    assert [index.columns for index in found.indexes] == [("email",)]


def test_objects_that_grow_by_themselves_end() -> None:
    """Each statement doubles what a walk over all of it would see."""
    grown = "\n".join(f"q = {{...q, a{number}: q}};" for number in range(120))
    code = f"""
        const {{ Schema, model, connection }} = require("mongoose");
        let q = {{}};
        {grown}
        const Order = model("Order", new Schema(q));
        Order.find(q);
        connection.db.collection("orders").updateMany(q, {{ $set: q }});
    """
    assert schema({"shop/orders.js": code}).table("orders") is not None
