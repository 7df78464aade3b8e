"""What databases check themselves: `$jsonSchema`, in the forms that code sets it in."""

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.source import Dependency, Project, Source
from tests.extract.javascript import facts
from tests.shapes import fields, shape_text

_SCHEMA = """{ bsonType: "object", required: ["email", "age"], additionalProperties: false, properties: {
  _id: { bsonType: "objectId" }, email: { bsonType: "string" }, kind: { enum: ["a", "b"] }, note: { bsonType: ["string", "null"] },
  tags: { bsonType: "array", items: { bsonType: "string" } }, home: { bsonType: "object", required: ["city"], properties: { city: { type: "string" }, at: { bsonType: "date" } } },
  list: { bsonType: "array" }, rows: { bsonType: "array", items: { bsonType: "object", properties: { n: { bsonType: "int" } } } }, odd: { bsonType: "javascript" },
} }"""
_FIELDS = [
    "_id: objectId", "email: string required", "kind: ? in a/b", "note: string|null", "tags: [string]", "home: object{city: string required, at: date}",
    "list: [?]", "rows: [object{n: int}]", "odd: ?", "age: ? required",
]  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        'db.createCollection("users", { validator: { $jsonSchema: SCHEMA } });',
        'const userSchema = SCHEMA;\nawait db.createCollection("users", { validator: { $jsonSchema: userSchema } });',
        'const options = { validator: { $jsonSchema: SCHEMA }, validationLevel: "strict" };\nawait client.db("shop").createCollection("users", options);',
        'await db.command({ collMod: "users", validator: { $jsonSchema: SCHEMA } });',
        'db.runCommand({ collMod: "users", validator: { $jsonSchema: SCHEMA } })',
    ],
)
def test_a_validator(code: str) -> None:
    found = facts(code.replace("SCHEMA", _SCHEMA), "javascript", ("mongodb",)).shapes
    assert [(one.kind, shape_text(one)) for one in found] == [("validator", "users in users")]
    assert fields(found[0]) == _FIELDS


def test_a_script_of_the_shell_needs_no_import() -> None:
    found = facts(
        'db.createCollection("users", { validator: { $jsonSchema: { properties: { a: { bsonType: "int" } } } } })',
        "javascript",
    )
    assert [fields(one) for one in found.shapes] == [["a: int"]]


@pytest.mark.parametrize(
    "code",
    [
        'db.createCollection("users")',
        "db.createCollection(name, { validator: { $jsonSchema: {} } })",
        'db.createCollection("users", { validator: { age: { $gt: 1 } } })',
        "db.command({ ping: 1 })",
    ],
)  # fmt: skip
def test_no_validator(code: str) -> None:
    assert not facts(code, "javascript", ("mongodb",)).shapes


@pytest.mark.parametrize(
    "code",
    [
        'db.create_collection("users", validator={"$jsonSchema": {"required": ["a"], "properties": {"a": {"bsonType": "int"}}}})',
        'db.command("collMod", "users", validator={"$jsonSchema": {"required": ["a"], "properties": {"a": {"bsonType": "int"}}}})',
        'db.command({"collMod": "users", "validator": {"$jsonSchema": {"required": ["a"], "properties": {"a": {"bsonType": "int"}}}}})',
    ],
)
def test_a_validator_of_python(code: str) -> None:
    project = Project("", dependencies=(Dependency("pymongo"),))
    found = extract(Source("shop.py", code.encode(), "python", project=project)).shapes
    assert [(shape_text(one), fields(one)) for one in found] == [("users open in users", ["a: int required"])]
