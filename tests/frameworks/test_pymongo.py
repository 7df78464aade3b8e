"""What PyMongo and Motor hand to a database to check."""

import pytest

from tests.extract.python_source import facts
from tests.python_documents import fields, shape

SCHEMA = '{"bsonType": "object", "required": ["a"], "properties": {"a": {"bsonType": "string", "enum": ["x", "y"]}, "b": {"bsonType": ["int", "null"]}, "c": {"type": "array", "items": {"bsonType": "object", "properties": {"d": {}}}}}, "additionalProperties": False}'


@pytest.mark.parametrize(
    "call",
    [
        'db.create_collection("users", validator={"$jsonSchema": SCHEMA})',
        'db.command("collMod", "users", validator={"$jsonSchema": SCHEMA})',
        'db.command({"collMod": "users", "validator": {"$jsonSchema": SCHEMA}})',
    ],
)
def test_validators(call: str) -> None:
    found = facts(f"SCHEMA = {SCHEMA}\nasync def main(db):\n    await {call}\n", "motor")
    assert fields(found, "users") == ["a: string required in x/y", "b: int|null", "c: [object{d: ?}]"]
    assert (shape(found, "users").kind, shape(found, "users").closed) == ("validator", True)


def test_other_collections_have_none() -> None:
    assert not facts(
        "db.create_collection('a')\ndb.command('ping')\ndb.create_collection(name, validator={})\n", "pymongo"
    ).shapes
