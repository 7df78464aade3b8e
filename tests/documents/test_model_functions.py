"""Functions around models: what a schema hands to its models, models that a function makes, models that code only asks for."""

import pytest

from tests.documents.shop import program, queries, schema

_HEAD = 'import mongoose, { Schema, model } from "mongoose";\n'
_ORDER = _HEAD + "const orderSchema = new Schema({ user: String, total: Number });\n"
_MODEL = "export const Order = model('Order', orderSchema);\n"


def collections(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {one.model.registered: one.collections for one in program(files).documents.models}


@pytest.mark.parametrize(
    "code",
    [
        "orderSchema.statics.open = function () { return this.find({ total: 1 }); };",
        "orderSchema.statics = { open() { return this.find({ total: 1 }); } };",
        "orderSchema.static('open', function () { return this.find({ total: 1 }); });",
        "orderSchema.static({ open() { return this.find({ total: 1 }); } });",
        "orderSchema.methods.open = function () { return this.constructor.find({ total: 1 }); };",
        "orderSchema.method('open', function () { return this.constructor.find({ total: 1 }); });",
        "orderSchema.post('save', async function () { await this.constructor.find({ total: 1 }); });",
        "orderSchema.statics.open = function () { return [1].map(() => this.find({ total: 1 })); };",
    ],
)
def test_this_in_a_function_of_a_schema(code: str) -> None:
    assert queries({"shop/order.js": _ORDER + code + "\n" + _MODEL}) == ["orders.find({total: 1})"]


def test_functions_in_the_options_of_a_schema() -> None:
    statics = (
        "{ statics: { open() { return this.find({ total: 1 }); } }, methods: { close() { return this.deleteOne(); } } }"
    )
    code = _HEAD + f"const orderSchema = new Schema({{ total: Number }}, {statics});\n" + _MODEL
    assert queries({"shop/order.js": code}) == ["orders.find({total: 1})", "orders.deleteOne()"]


def test_a_model_of_another_file_has_the_functions_of_its_schema() -> None:
    files = {
        "shop/schema.js": _ORDER.replace("const o", "export const o")
        + "orderSchema.statics.of = function (filter) { return this.find(filter); };",
        "shop/order.js": _HEAD + "import { orderSchema } from './schema';\n" + _MODEL,
        "shop/use.js": "import { Order } from './order';\nexport const mine = () => Order.of({ user: 'me' });",
    }
    assert queries(files) == ["orders.find(<filter>)*", 'orders.find({user: "me"})']


def test_a_hook_of_a_query_is_of_no_document() -> None:
    code = "orderSchema.pre('find', function () { this.updateOne({ total: 1 }); });\n"
    assert queries({"shop/order.js": _ORDER + code + _MODEL}) == ["?.updateOne({total: 1})*"]


def test_a_document_deletes_itself() -> None:
    use = "import { Order } from './order';\nexport async function drop(id) {\n  const order = await Order.findById(id);\n  await order.deleteOne();\n}"
    files = {"shop/order.js": _ORDER + _MODEL, "shop/use.js": use}
    assert queries(files) == ["orders.findById(<id>)*", "orders.deleteOne()"]
    files["shop/use.js"] = "import { Order } from './order';\nawait Order.findOne({ total: 1 }).deleteOne();"
    assert queries(files) == ["orders.findOne({total: 1}).deleteOne"]


def test_a_model_that_is_called_as_a_logger_is() -> None:
    code = _HEAD + "const Log = model('Log', new Schema({ line: String }));\nawait Log.find({ line: 'a' });"
    assert queries({"shop/log.js": code}) == ['logs.find({line: "a"})']
    code = (
        _HEAD
        + "const Url = model('Url', new Schema({ to: String }));\nconst url = await Url.findOne({ to: 'a' });\nurl.save();"
    )
    assert queries({"shop/url.js": code}) == ['urls.findOne({to: "a"})', "urls.save()"]


_MAKE = (
    _HEAD
    + "export default function makeModel(name, schema, collection) {\n  return model(name, schema, collection);\n}\n"
)


@pytest.mark.parametrize(
    ("made", "collection"),
    [
        ("makeModel('Order', orderSchema)", "orders"),
        ("makeModel(NAME, orderSchema)", "goods"),
        ("makeModel('Order', orderSchema, 'carts')", "carts"),
        ("makeModel(nameOf(1), orderSchema)", "?"),
    ],
)
def test_a_function_of_the_codes_own_makes_models(made: str, collection: str) -> None:
    files = {
        "shop/make.ts": _MAKE,
        "shop/index.ts": "export { default as makeModel } from './make';",
        "shop/order.ts": "import { makeModel } from './index';\nconst NAME = 'Good';\n"
        + _ORDER
        + f"const Orders = {made};\nexport default Orders;",
        "shop/use.ts": "import Orders from './order';\nexport const all = () => Orders.find({ total: 1 });",
    }
    assert queries(files)[0].partition(".")[0] == collection


def test_a_function_that_makes_models_of_classes() -> None:
    files = {
        "shop/make.ts": "import { getModelForClass } from '@typegoose/typegoose';\nexport const modelOf = (one) => getModelForClass(one);",
        "shop/order.ts": "import { prop } from '@typegoose/typegoose';\nimport { modelOf } from './make';\n"
        "class Order { @prop() total: number; }\nexport const Orders = modelOf(Order);\nOrders.find({ total: 1 });",
    }
    assert queries(files) == ["orders.find({total: 1})"]


_NEST = 'import { Prop, Schema, SchemaFactory, InjectModel } from "@nestjs/mongoose";\n'


def test_a_model_that_is_only_asked_for() -> None:
    files = {
        "shop/order.ts": _NEST
        + "@Schema({ collection: 'carts' })\nexport class Order { @Prop() total: number; }\nexport const OrderSchema = SchemaFactory.createForClass(Order);",
        "shop/list.ts": "import { OrderSchema, Order } from './order';\nexport const LISTED = { name: Order.name, schema: OrderSchema };",
        "shop/service.ts": _NEST
        + "import { Order } from './order';\nexport class Orders {\n  constructor(@InjectModel(Order.name) private orders: Model<Order>) {}\n"
        "  all() { return this.orders.find({ total: 1 }); }\n}",
    }
    assert queries(files) == ["carts.find({total: 1})"]
    # What is registered says more.
    files["shop/module.ts"] = (
        'import { MongooseModule } from "@nestjs/mongoose";\nimport { Order, OrderSchema } from "./order";\n'
        "MongooseModule.forFeature([{ name: Order.name, schema: OrderSchema, collection: 'baskets' }]);"
    )
    assert queries(files) == ["baskets.find({total: 1})"]
    assert collections(files) == {"Order": ("baskets",)}


def test_lists_of_typegooses_classes() -> None:
    files = {
        "shop/order.ts": "import { prop } from '@typegoose/typegoose';\nexport class Order { @prop() total: number; }\nexport class User { @prop() name: string; }",
        "shop/module.ts": 'import { TypegooseModule } from "nestjs-typegoose";\nimport { Order, User } from "./order";\nimport "mongoose";\n'
        "TypegooseModule.forFeature([User, { typegooseClass: Order, schemaOptions: { collection: 'carts' } }]);",
    }
    assert collections(files) == {"User": ("users",), "Order": ("carts",)}


def test_an_index_that_another_file_decides_on_may_be_there() -> None:
    code = (
        _HEAD
        + "import { unique } from './flags';\nexport const User = model('User', new Schema({ name: { type: String, unique }, age: Number }));"
    )
    documents = program({"shop/user.js": code}).documents
    placed = documents.shape(documents.registered("User")[0])
    assert placed is not None
    assert [(field.name, field.indexed, field.unique) for field in placed.fields if field.name in ("name", "age")] == [
        ("name", True, False),
        ("age", False, False),
    ]


def test_a_library_that_keeps_sessions_makes_their_index() -> None:
    files = {
        "shop/session.js": _HEAD
        + "export const Session = model('Session', new Schema({ session: String, expires: Date }));",
        "shop/app.js": "import MongoStore from 'connect-mongo';\napp.use(session({ store: MongoStore.create({ mongoUrl }) }));",
    }
    table = schema(files).table("sessions")
    assert table is not None
    assert [index.columns for index in table.indexes] == [("expires",)]


def test_a_function_that_is_called_as_a_method_of_the_driver_is() -> None:
    code = (
        'import { MongoClient } from "mongodb";\nasync function createIndexes(client) {\n  const db = client.db();\n'
        '  await db.collection("orders").createIndexes([{ key: { total: 1 } }]);\n  await db.collection("users").createIndexes([{ key: { name: 1 } }]);\n}\n'
        "new MongoClient(url).connect().then((client) => createIndexes(client));"
    )
    assert queries({"shop/db.js": code}) == ["orders.createIndexes()", "users.createIndexes()"]
