"""Which collection a call reaches: handles through names, classes, helpers, containers and files."""

import pytest

from analyzer.program.documents.evaluation import closed
from tests.documents.shop import queries

_CLIENT = "from motor.motor_asyncio import AsyncIOMotorClient\nclient = AsyncIOMotorClient(url)\n"


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("client.shop.orders.find({})", "orders"),
        ("client['shop']['orders'].find({})", "orders"),
        ("client[name].orders.find({})", "orders"),
        ("client.get_database('shop').get_collection('orders').find({})", "orders"),
        ("client.get_default_database()['orders'].find({})", "orders"),
        ("ORDERS = 'orders'\nclient.shop[ORDERS].find({})", "orders"),
        ("db = client.shop\ndb.orders.find({})", "orders"),
        ("client.shop[os.environ.get('ORDERS', 'orders')].find({})", "orders"),
        ("client.shop[os.environ['ORDERS']].find({})", "?"),
        ("db = client.shop\norders = db.orders\nasync def all():\n    return await orders.find({}).to_list(5)", "orders"),
        ("db = client.shop\ndb.orders.archive.find({})", "orders.archive"),
        ("db = client.shop\ndb.orders.with_options(codec_options=c).find({})", "orders"),
        ("db = client.shop\nfor name in ('orders', 'users'):\n    db[name].find({})", "orders|users"),
        ("db = client.shop\ndef f(name):\n    db[name].find({})", "?"),
        ("def f(db):\n    db.orders.find({})", "orders"),
        ("def f(get_db):\n    get_db().orders.find({})", "orders"),
        ("async def get_db():\n    return client.shop\nasync def f():\n    (await get_db()).orders.find({})", "orders"),
        ("def get_db():\n    yield client.shop\ndef f(db=Depends(get_db)):\n    db.orders.find({})", "orders"),
        ("def f(store: AsyncIOMotorDatabase):\n    store.orders.find({})", "orders"),
    ],
)  # fmt: skip
def test_python(code: str, reached: str) -> None:
    assert [one.rpartition(".find(")[0] for one in queries({"shop/a.py": _CLIENT + code + "\n"})][-1] == reached


@pytest.mark.parametrize(
    "code",
    [
        "names = ['a']\nnames.find('a')",
        "import re\nre.compile('a').search('b')",
        "class Shelf:\n    def find(self, filter): ...\nShelf().find({})",
        "db.session.add(user)",
    ],
)
def test_what_is_no_query(code: str) -> None:
    assert queries({"shop/a.py": _CLIENT + code + "\n"}) == []


@pytest.mark.parametrize(
    "kept",
    [
        "if not hasattr(cls, 'only'):\n            cls.only = super().__new__(cls)\n            cls.only.db = client.shop\n        return cls.only",
        "made = super().__new__(cls)\n        made.db = client.shop\n        return made",
        "if cls._only is None:\n            cls._only = object.__new__(cls)\n            cls._only.db = client.shop\n        return cls._only",
    ],
)
def test_what_new_gives_the_object(kept: str) -> None:
    code = f"class Store:\n    _only = None\n    def __new__(cls):\n        {kept}\ndef orders():\n    Store().db.orders.find({{}})\n"
    assert queries({"shop/a.py": _CLIENT + code}) == ["orders.find({})"]


_BASE = """
    class Repository:
        def __init__(self, collection):
            self._collection = collection

        async def one(self, id):
            return await self._collection.find_one({"id": id})

        async def many(self, query, *, sort=None):
            cursor = self._collection.find(query)
            if sort:
                cursor = cursor.sort(sort)
            return await cursor.to_list(100)

        async def change(self, id, updates):
            return await self._collection.update_one({"id": id}, {"$set": updates})
"""
_ORDERS = """
    from .base import Repository

    class Orders(Repository):
        def __init__(self, collection):
            super().__init__(collection)

        async def of_user(self, user_id):
            return await self.many({"user_id": user_id}, sort=[("at", -1)])

    class Users(Repository):
        pass
"""
_WIRING = """
    from fastapi import Depends
    from .database import get_db
    from .orders import Orders, Users
    from .service import Service

    def service(db=Depends(get_db)) -> Service:
        return Service(Orders(db.orders), Users(db["users"]))
"""
_SERVICE = """
    class Service:
        def __init__(self, orders, users):
            self.orders = orders
            self.users = users

        async def pay(self, id):
            await self.orders.change(id, {"paid": True})
            return await self.users.many({"active": True})
"""
_DATABASE = """
    from motor.motor_asyncio import AsyncIOMotorClient

    class Manager:
        def __init__(self):
            self.client = None
            self.db = None

        async def connect(self):
            self.client = AsyncIOMotorClient("mongodb://localhost")
            self.db = self.client["shop"]

    manager = Manager()

    async def get_db():
        return manager.db
"""


def test_a_base_repository_is_read_for_each_of_its_callers() -> None:
    files = {
        "shop/base.py": _BASE, "shop/orders.py": _ORDERS, "shop/wiring.py": _WIRING, "shop/service.py": _SERVICE, "shop/database.py": _DATABASE,
    }  # fmt: skip
    assert queries(files) == [
        "orders|users.find_one({id: <id>})*",
        "orders|users.find(<query>).sort.to_list*",
        "orders|users.update_one({id: <id>}, {$set: <updates>})*",
        "orders.find({user_id: <user_id>}).sort.to_list",
        "orders.update_one({id: <id>}, {$set: {paid: true}})",
        "users.find({active: true}).sort.to_list",
    ]


def test_collections_kept_by_class() -> None:
    code = """
        from pymongo import MongoClient

        class User: ...
        class Order: ...

        class Store:
            NAMES = {User: "users", Order: "orders"}

            def __init__(self):
                self._db = MongoClient()["shop"]

            def of(self, model):
                return self._db[self.NAMES[model]]

            def one(self, model, **query):
                return self.of(model).find_one(query)

        store = Store()
        store.one(User, email="a@b.c")
        store.one(Order, paid=True)
    """
    assert queries({"shop/store.py": code}) == [
        "users|orders.find_one(<query>)*",
        'users.find_one({email: "a@b.c"})',
        "orders.find_one({paid: true})",
    ]


def test_helpers_with_constant_arguments() -> None:
    code = """
        async def ensure_indexes(db):
            async def ensure(col, keys, **options):
                await db[col].create_index(keys, **options)

            await ensure("orders", [("id", 1)], unique=True)
            await ensure("users", "email")
    """
    assert queries({"shop/init.py": code})[1:] == ['orders.create_index([["id", 1]])', 'users.create_index("email")']


def test_a_function_that_calls_itself_ends() -> None:
    code = """
        def walk(db, query):
            for one in db.nodes.find(query):
                walk(db, {"parent": one["_id"]})
    """
    assert queries({"shop/walk.py": code}) == ["nodes.find(<query>)*"]


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("const client = new MongoClient(url); client.db('shop').collection('orders').find({});", "orders"),
        ("const client = new MongoClient(url); const db = client.db(); db.collection<Order>('orders').find({});", "orders"),
        ("async function getDb() { return (await new MongoClient(url).connect()).db('shop'); }\n(await getDb()).collection('orders').find({});", "orders"),
        ("const { orders } = { orders: new MongoClient(url).db().collection('orders') }; orders.find({});", "orders"),
        ("mongoose.connection.db.collection('orders').find({});", "orders"),
        ("mongoose.connection.collection('orders').find({});", "orders"),
        ("db.collection(process.env.ORDERS || 'orders').find({});", "orders"),
        ("export const handler = (db: Db) => db.collection(process.env.NAME).find({});", "?"),
    ],
)  # fmt: skip
def test_node(code: str, reached: str) -> None:
    head = "import { MongoClient, Db } from 'mongodb';\nimport mongoose from 'mongoose';\n"
    assert [one.rpartition(".find(")[0] for one in queries({"shop/a.ts": head + code + "\n"})][-1] == reached


def test_models_across_files() -> None:
    files = {
        "shop/user.js": """
            const mongoose = require("mongoose");
            const schema = new mongoose.Schema({ email: String });
            module.exports = mongoose.model("User", schema);
        """,
        "shop/order.ts": """
            import { Schema, model } from "mongoose";
            const orderSchema = new Schema({ total: Number }, { collection: "purchases" });
            export const Order = model("Order", orderSchema);
        """,
        "shop/use.js": """
            const User = require("./user");
            const { Order } = require("./order");
            async function run() {
              await User.findOne({ email: "a" });
              await Order.find({ total: 1 }).sort({ total: -1 });
              const user = await User.findById(id);
              user.email = "b";
              await user.save();
            }
        """,
    }
    assert queries(files) == [
        'users.findOne({email: "a"})',
        "purchases.find({total: 1}).sort",
        "users.findById(id)",
        "users.save()",
    ]


def test_nest_injects_models() -> None:
    files = {
        "shop/user.schema.ts": """
            import { Prop, Schema, SchemaFactory } from "@nestjs/mongoose";

            @Schema()
            export class User {
              @Prop({ required: true })
              email: string;
            }
            export const UserSchema = SchemaFactory.createForClass(User);
        """,
        "shop/users.module.ts": """
            import { MongooseModule } from "@nestjs/mongoose";
            import { User, UserSchema } from "./user.schema";

            @Module({ imports: [MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])] })
            export class UsersModule {}
        """,
        "shop/users.service.ts": """
            import { InjectModel } from "@nestjs/mongoose";
            import { Model } from "mongoose";
            import { User } from "./user.schema";

            export class UsersService {
              constructor(@InjectModel(User.name) private readonly users: Model<User>) {}
              byEmail(email: string) {
                return this.users.findOne({ email });
              }
            }
        """,
    }
    assert queries(files) == ["users.findOne({email: (<email> as string)})"]


def test_modules_of_a_package_that_stands_in_a_folder() -> None:
    """`import web` in `site/web/orders.py`: the folder of the package is on the path, the modules of it are its attributes."""
    files = {
        "site/web/__init__.py": "import web.db\nimport web.orders\n",
        "site/web/db.py": _CLIENT
        + "_kept = None\ndef connect():\n    global _kept\n    _kept = _kept or client.shop\n    return _kept\n",
        "site/web/orders.py": "import web\ndef all():\n    store = web.db.connect()\n    return store.orders.find({})\n",
    }
    assert queries(files) == ["orders.find({})"]


def test_walks_for_one_value_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the walks for one value may do together is bounded: beyond it a value stays as it is written."""
    code = "db = client.shop\nEMAIL = 'a'\ndef find():\n    db.users.find({'email': EMAIL})\n"
    assert queries({"shop/a.py": _CLIENT + code}) == ['users.find({email: "a"})']
    monkeypatch.setattr(closed, "_STEPS", -1)
    assert queries({"shop/a.py": _CLIENT + code})[0].startswith("users.find(")
