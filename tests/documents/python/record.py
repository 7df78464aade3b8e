"""Records what PyMongo, Motor, Beanie and MongoEngine do. How to run it stands in tests/documents/README.md."""

import asyncio
import collections
import datetime as dt
import decimal
import enum
import inspect
import json
import uuid
from importlib.metadata import version
from pathlib import Path
from typing import Any

import beanie
import bson
import mongoengine
import motor.motor_asyncio as motor
import pymongo
from beanie.odm.queries.find import FindMany, FindOne
from beanie.odm.utils.init import Initializer
from mongoengine.queryset import QuerySet
from pymongo import UpdateOne
from pymongo.asynchronous.command_cursor import AsyncCommandCursor
from pymongo.asynchronous.cursor import AsyncCursor
from pymongo.command_cursor import CommandCursor
from pymongo.cursor import Cursor
from pymongo.errors import ServerSelectionTimeoutError

from tests.documents.python import shop_beanie, shop_mongoengine

RECORDED = Path(__file__).with_name("recorded.json")
NOWHERE = {"host": "mongodb://127.0.0.1:1", "serverSelectionTimeoutMS": 1, "connect": False}
CLASSES = {
    "pymongo.MongoClient": pymongo.MongoClient,
    "pymongo.Database": pymongo.database.Database,
    "pymongo.Collection": pymongo.collection.Collection,
    "pymongo.Cursor": Cursor,
    "pymongo.CommandCursor": CommandCursor,
    "pymongo.AsyncMongoClient": pymongo.AsyncMongoClient,
    "pymongo.AsyncDatabase": pymongo.asynchronous.database.AsyncDatabase,
    "pymongo.AsyncCollection": pymongo.asynchronous.collection.AsyncCollection,
    "pymongo.AsyncCursor": AsyncCursor,
    "pymongo.AsyncCommandCursor": AsyncCommandCursor,
    "motor.AsyncIOMotorClient": motor.AsyncIOMotorClient,
    "motor.AsyncIOMotorDatabase": motor.AsyncIOMotorDatabase,
    "motor.AsyncIOMotorCollection": motor.AsyncIOMotorCollection,
    "motor.AsyncIOMotorCursor": motor.AsyncIOMotorCursor,
    "motor.AsyncIOMotorCommandCursor": motor.AsyncIOMotorCommandCursor,
    "beanie.Document": beanie.Document,
    "beanie.FindMany": FindMany,
    "beanie.FindOne": FindOne,
    "mongoengine.Document": mongoengine.Document,
    "mongoengine.QuerySet": QuerySet,
}


def awaits(method: Any) -> bool:
    """Whether a call of a method must be awaited."""
    marks = ("is_async_method", "coroutine_annotation")
    return inspect.iscoroutinefunction(method) or any(getattr(method, mark, False) for mark in marks)


def described(owner: type, name: str) -> dict[str, Any]:
    method = inspect.getattr_static(owner, name)
    if isinstance(method, property) or not callable(getattr(owner, name)):
        return {"kind": "attribute"}
    real = getattr(owner, name)
    found: dict[str, Any] = {"kind": "method", "awaited": awaits(real)}
    if not hasattr(real, "pymongo_method_name"):
        signature = inspect.signature(real)
        found["parameters"] = [one for one in signature.parameters if one != "self"]
        gives = signature.return_annotation
        found["gives"] = "" if gives is inspect.Signature.empty else str(gives)
    return found


def surface() -> dict[str, dict[str, Any]]:
    """The public names of the classes."""
    return {
        label: {name: described(owner, name) for name in sorted(dir(owner)) if not name.startswith("_")}
        for label, owner in CLASSES.items()
    }


def outcome(call: Any) -> str:
    """What a call raises; "accepted" where it gets as far as the server."""
    try:
        call()
    except ServerSelectionTimeoutError:
        return "accepted"
    except Exception as error:  # noqa: BLE001 - that is the record
        return f"{type(error).__name__}: {error}"
    return "accepted"


def truth() -> dict[str, str]:
    """What `bool()` of a handle does."""
    client, awaiting = pymongo.MongoClient(**NOWHERE), pymongo.AsyncMongoClient(**NOWHERE)
    moved = motor.AsyncIOMotorClient(**NOWHERE)
    handles = {
        "pymongo.MongoClient": client,
        "pymongo.Database": client.shop,
        "pymongo.Collection": client.shop.users,
        "pymongo.Cursor": client.shop.users.find(),
        "pymongo.AsyncMongoClient": awaiting,
        "pymongo.AsyncDatabase": awaiting.shop,
        "pymongo.AsyncCollection": awaiting.shop.users,
        "pymongo.AsyncCursor": awaiting.shop.users.find(),
        "motor.AsyncIOMotorClient": moved,
        "motor.AsyncIOMotorDatabase": moved.shop,
        "motor.AsyncIOMotorCollection": moved.shop.users,
        "motor.AsyncIOMotorCursor": moved.shop.users.find(),
    }
    found = {}
    for label, handle in handles.items():
        try:
            found[label] = str(bool(handle))
        except Exception as error:  # noqa: BLE001 - that is the record
            found[label] = f"{type(error).__name__}: {error}"
    return found


ARGUMENTS: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
    "update_one({}, {'a': 1})": ("update_one", ({}, {"a": 1}), {}),
    "update_one({}, {})": ("update_one", ({}, {}), {}),
    "update_one({}, {'$set': {}})": ("update_one", ({}, {"$set": {}}), {}),
    "update_one({}, {'$set': {'a': 1}, 'b': 1})": ("update_one", ({}, {"$set": {"a": 1}, "b": 1}), {}),
    "update_one({}, {'b': 1, '$set': {'a': 1}})": ("update_one", ({}, {"b": 1, "$set": {"a": 1}}), {}),
    "update_one({}, [{'$set': {'a': 1}}])": ("update_one", ({}, [{"$set": {"a": 1}}]), {}),
    "update_one({}, [])": ("update_one", ({}, []), {}),
    "update_one({}, None)": ("update_one", ({}, None), {}),
    "update_one('id', {'$set': {'a': 1}})": ("update_one", ("id", {"$set": {"a": 1}}), {}),
    "update_many({}, {'a': 1})": ("update_many", ({}, {"a": 1}), {}),
    "find_one_and_update({}, {'a': 1})": ("find_one_and_update", ({}, {"a": 1}), {}),
    "find_one_and_replace({}, {'$set': {'a': 1}})": ("find_one_and_replace", ({}, {"$set": {"a": 1}}), {}),
    "replace_one({}, {'$set': {'a': 1}})": ("replace_one", ({}, {"$set": {"a": 1}}), {}),
    "replace_one({}, {'a': 1})": ("replace_one", ({}, {"a": 1}), {}),
    "replace_one({}, {})": ("replace_one", ({}, {}), {}),
    "insert_one([{}])": ("insert_one", ([{}],), {}),
    "insert_one({'a.b': 1, '$c': 1})": ("insert_one", ({"a.b": 1, "$c": 1},), {}),
    "insert_many([])": ("insert_many", ([],), {}),
    "insert_many({})": ("insert_many", ({},), {}),
    "insert_many(generator)": ("insert_many", (iter([{}]),), {}),
    "bulk_write([])": ("bulk_write", ([],), {}),
    "bulk_write([{'updateOne': {}}])": ("bulk_write", ([{"updateOne": {}}],), {}),
    "bulk_write([UpdateOne({}, {'$set': {'a': 1}})])": ("bulk_write", ([UpdateOne({}, {"$set": {"a": 1}})],), {}),
    "delete_one()": ("delete_one", (), {}),
    "delete_many()": ("delete_many", (), {}),
    "delete_many({})": ("delete_many", ({},), {}),
    "count_documents()": ("count_documents", (), {}),
    "distinct('a')": ("distinct", ("a",), {}),
    "aggregate({})": ("aggregate", ({},), {}),
    "aggregate([])": ("aggregate", ([],), {}),
    "find('id')": ("find", ("id",), {}),
    "find({}, 'name')": ("find", ({}, "name"), {}),
    "find({}, {})": ("find", ({}, {}), {}),
    "find({}, limit='5')": ("find", ({},), {"limit": "5"}),
    "find({}, sort='a')": ("find", ({},), {"sort": "a"}),
    "find({}, sort={'a': -1})": ("find", ({},), {"sort": {"a": -1}}),
    "find_one('id')": ("find_one", ("id",), {}),
    "find_one(5)": ("find_one", (5,), {}),
    "create_index('a')": ("create_index", ("a",), {}),
    "create_index([])": ("create_index", ([],), {}),
    "create_index(['a', 'b'])": ("create_index", (["a", "b"],), {}),
    "create_index({'a': 1})": ("create_index", ({"a": 1},), {}),
    "create_index([('a', 1), ('b', -1)])": ("create_index", ([("a", 1), ("b", -1)],), {}),
}


def refusals() -> dict[str, str]:
    """Which arguments a driver refuses before it asks the server."""
    users = pymongo.MongoClient(**NOWHERE).shop.users
    found = {
        label: outcome(lambda name=name, args=args, words=words: getattr(users, name)(*args, **words))
        for label, (name, args, words) in ARGUMENTS.items()
    }
    cursor = users.find
    return found | {
        "UpdateOne({}, {'a': 1})": outcome(lambda: UpdateOne({}, {"a": 1})),
        "find().sort('a')": outcome(lambda: cursor().sort("a")),
        "find().sort({'a': 1})": outcome(lambda: cursor().sort({"a": 1})),
        "find().sort([])": outcome(lambda: cursor().sort([])),
        "find().limit(-1)": outcome(lambda: cursor().limit(-1)),
        "find().limit(None)": outcome(lambda: cursor().limit(None)),
        "find().skip(-1)": outcome(lambda: cursor().skip(-1)),
        "find().sort('a').sort('b')": outcome(lambda: cursor().sort("a").sort("b")),
    }


class Color(enum.Enum):
    RED = "red"


class Shade(str, enum.Enum):  # noqa: UP042 - as it is mostly written
    DARK = "dark"


VALUES: dict[str, Any] = {
    "datetime.date": dt.date(2024, 1, 1),
    "datetime.datetime": dt.datetime(2024, 1, 1),  # noqa: DTZ001 - without a zone, as it is mostly written
    "datetime.time": dt.time(1),
    "datetime.timedelta": dt.timedelta(1),
    "decimal.Decimal": decimal.Decimal(1),
    "uuid.UUID": uuid.uuid4(),
    "set": {1},
    "frozenset": frozenset({1}),
    "tuple": (1,),
    "bytes": b"x",
    "enum.Enum": Color.RED,
    "str, enum.Enum": Shade.DARK,
    "Path": Path(),
    "complex": 1j,
    "2 ** 63": 2**63,
    "generator": iter([1]),
    "deque": collections.deque([1]),
    "object": object(),
}


def encoded() -> dict[str, str]:
    """Which values a driver can store."""
    found = {label: outcome(lambda value=value: bson.encode({"a": value})) for label, value in VALUES.items()}
    found["key of int"] = outcome(lambda: bson.encode({1: 1}))
    return {label: text.split(", of type")[0].split(" at 0x")[0] for label, text in found.items()}


async def lengths() -> dict[str, str]:
    """What `to_list(length)` of a cursor with two documents gives."""
    found: dict[str, str] = {}
    for length in (None, 0, 1, 2, -1):
        cursor = motor.AsyncIOMotorClient(**NOWHERE).shop.users.find()
        documents = collections.deque([{"a": 1}, {"a": 2}])
        got = asyncio.get_running_loop().create_future()
        got.set_result(len(documents))
        cursor._data = lambda documents=documents: documents
        cursor._get_more = lambda got=got: got
        cursor.delegate._killed = False
        if length is None:
            # With no length it would ask for more: the cursor is at its end by then.
            continue
        try:
            found[f"motor {length}"] = str(len(await cursor.to_list(length)))
        except Exception as error:  # noqa: BLE001 - that is the record
            found[f"motor {length}"] = f"{type(error).__name__}: {error}"
    for length in (0, -1):
        cursor = pymongo.AsyncMongoClient(**NOWHERE).shop.users.find()
        try:
            await cursor.to_list(length)
            found[f"pymongo {length}"] = "accepted"
        except ServerSelectionTimeoutError:
            found[f"pymongo {length}"] = "accepted"
        except Exception as error:  # noqa: BLE001 - that is the record
            found[f"pymongo {length}"] = f"{type(error).__name__}: {error}"
    return found


def limits() -> str:
    """What PyMongo's documentation says of a limit of 0."""
    text = " ".join((inspect.getdoc(Cursor.limit) or "").split())
    return next(sentence for sentence in text.split(". ") if "``0``" in sentence or "of 0" in sentence)


# ------------------------------------------------------------------ mappers
class Collection:
    """Stands in for a collection: remembers the indexes it is asked to make."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.made: list[Any] = []

    async def index_information(self) -> dict[str, Any]:
        return {}

    async def create_indexes(self, indexes: list[Any]) -> list[str]:
        self.made = [one.document for one in indexes]
        return []


class Shop:
    """Stands in for a database."""

    def __init__(self) -> None:
        self.found: dict[str, Collection] = {}
        self.client = self

    append_metadata = None

    async def command(self, *_: Any) -> dict[str, str]:
        return {"version": "7.0.0"}

    async def list_collection_names(self, **_: Any) -> list[str]:
        return []

    def __getitem__(self, name: str) -> Collection:
        return self.found.setdefault(name, Collection(name))


async def beanie_models() -> dict[str, Any]:
    classes = [
        one
        for one in vars(shop_beanie).values()
        if inspect.isclass(one) and issubclass(one, beanie.Document) and one.__module__ == shop_beanie.__name__
    ]
    shop = Shop()
    made: dict[str, Any] = {}
    for one in classes:
        shop.found = {}
        await Initializer(database=shop, document_models=classes)
        collection = one.get_pymongo_collection()
        links = one.get_link_fields() or {}
        made[one.__name__] = {
            "collection": collection.name,
            "class_id": one._class_id or "",
            "fields": {
                name: {
                    "stored": field.alias or name,
                    "required": field.is_required(),
                    "excluded": bool(field.exclude),
                    "link": links[name].document_class.__name__ if name in links else "",
                    "back": name in links and "BACK" in links[name].link_type.name,
                }
                for name, field in one.model_fields.items()
            },
            "extra": one.model_config.get("extra") or "ignore",
        }
    for one in classes:
        indexes = one.get_pymongo_collection().made
        made[one.__name__]["indexes"] = [
            {"keys": list(index["key"].items()), "unique": bool(index.get("unique"))} for index in indexes
        ]
    return made


def mongoengine_models() -> dict[str, Any]:
    found = {}
    for one in vars(shop_mongoengine).values():
        if not inspect.isclass(one) or one.__module__ != shop_mongoengine.__name__:
            continue
        meta = one._meta
        found[one.__name__] = {
            "collection": meta.get("collection") or "",
            "abstract": bool(meta.get("abstract")),
            "strict": bool(meta.get("strict", True)) and not getattr(one, "_dynamic", False),
            "fields": {
                name: {
                    "stored": field.db_field,
                    "required": bool(field.required),
                    "class": type(field).__name__,
                    "choices": [str(choice) for choice in field.choices or ()],
                }
                for name, field in getattr(one, "_fields", {}).items()
            },
            "indexes": [
                {"keys": [list(key) for key in spec["fields"]], "unique": bool(spec.get("unique"))}
                for spec in meta.get("index_specs") or ()
            ],
        }
    return found


async def record() -> dict[str, Any]:
    return {
        "versions": {name: version(name) for name in ("pymongo", "motor", "beanie", "mongoengine", "pydantic")},
        "truth": truth(),
        "refusals": refusals(),
        "encoded": encoded(),
        "to_list": await lengths(),
        "limit": limits(),
        "beanie": await beanie_models(),
        "mongoengine": mongoengine_models(),
        "surface": surface(),
    }


if __name__ == "__main__":
    mongoengine.connect("shop", **NOWHERE)
    RECORDED.write_text(json.dumps(asyncio.run(record()), indent=1, sort_keys=False) + "\n", encoding="utf-8")
