"""What mongoose itself says of collections' names and of schemas, beside what is read of the same source."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzer.catalog.pluralize import pluralize
from analyzer.extract.extract import extract
from analyzer.facts.document import DocumentField, DocumentShape
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Source

_HERE = Path(__file__).parent
RECORD = json.loads((_HERE / "mongoose.json").read_text())
_KINDS = {
    "String": "string", "Number": "number", "Boolean": "bool", "Date": "date", "Buffer": "binData", "ObjectId": "objectId", "ObjectID": "objectId",
    "Mixed": "mixed", "Decimal128": "decimal", "BigInt": "long", "Map": "map", "Embedded": "object", "Subdocument": "object", "Array": "array",
}  # fmt: skip


@cache
def _facts() -> FileFacts:
    return extract(Source("schemas.js", (_HERE / "schemas.js").read_bytes(), "javascript"))


def _shape(name: str) -> DocumentShape:
    return next(shape for shape in _facts().shapes if shape.name == name)


@pytest.mark.parametrize("name", RECORD["plurals"])
def test_a_collection_is_called_as_mongoose_calls_it(name: str) -> None:
    assert pluralize(name) == RECORD["plurals"][name]


def _flat(fields: tuple[DocumentField, ...], before: str = "") -> dict[str, DocumentField]:
    """Fields by dotted path, as mongoose has them: a plain object is no path of its own."""
    found: dict[str, DocumentField] = {}
    for field in fields:
        path = f"{before}{field.name}"
        own = any(inner.name == "_id" for inner in field.fields)
        if field.kinds == ("object",) and field.fields and not field.many and not own and path not in _SUBDOCUMENTS:
            found.update(_flat(field.fields, f"{path}."))
        else:
            found[path] = field
    return found


# Subdocuments without a key of their own are not told from plain objects.
_SUBDOCUMENTS = {"parent"}


def _told(field: DocumentField) -> dict[str, Any]:
    kinds = "|".join(field.kinds)
    told: dict[str, Any] = {"is": f"[{kinds}]" if field.many else kinds}
    # What is embedded has no version of its own.
    inside = field.fields or (_shape(field.shape).fields if field.shape else ())
    if inside:
        told["fields"] = {path: _told(one) for path, one in _flat(inside).items() if path != "__v"}
    return told | _marks(field.required, field.refers, field.members)


def _recorded(entry: dict[str, Any]) -> dict[str, Any]:
    many = entry["is"] in ("Array", "DocumentArray")
    kind = "object" if many and "fields" in entry else _KINDS[entry.get("of", "Mixed") if many else entry["is"]]
    told: dict[str, Any] = {"is": f"[{kind}]" if many else kind}
    if "fields" in entry:
        told["fields"] = {path: _recorded(one) for path, one in entry["fields"].items()}
    return told | _marks(entry.get("required", False), entry.get("ref", ""), entry.get("enum"))


def _marks(required: object, refers: object, members: object) -> dict[str, Any]:
    marks = {
        "required": required,
        "ref": refers,
        "enum": sorted(members) if isinstance(members, tuple | list) else None,
    }
    return {name: value for name, value in marks.items() if value}


@pytest.mark.parametrize("name", RECORD["schemas"])
def test_a_schema_has_the_paths_that_mongoose_gives_it(name: str) -> None:
    shape, entry = _shape(name), RECORD["schemas"][name]
    fields = {field.name: field for field in shape.fields}
    for base in shape.bases:
        fields |= {field.name: field for field in _shape(base).fields}
    read = {path: _told(field) for path, field in _flat(tuple(fields.values())).items()}
    assert read == {path: _recorded(one) for path, one in entry["paths"].items()}


@pytest.mark.parametrize("name", RECORD["schemas"])
def test_a_schema_has_the_names_that_are_no_fields(name: str) -> None:
    shape, entry = _shape(name), RECORD["schemas"][name]
    others = {
        word for word in (*entry["virtuals"], *entry["methods"], *entry["statics"]) if word not in entry["aliases"]
    }
    assert set(shape.others) == others
    assert {field.alias: field.name for field in shape.fields if field.alias} == entry["aliases"]


@pytest.mark.parametrize("name", RECORD["schemas"])
def test_a_schema_has_its_indexes_and_options(name: str) -> None:
    shape, entry = _shape(name), RECORD["schemas"][name]
    read = [[[list(key) for key in index.keys], index.unique] for index in shape.indexes]
    assert sorted(read) == sorted(entry["indexes"])
    assert shape.closed == (entry["strict"] is not False)
    assert shape.collection == entry["collection"]


def test_what_is_filled_is_what_a_new_document_has() -> None:
    made = RECORD["versions"]["9"]["made"]
    code = b"""const made = new mongoose.Schema({ name: String, tags: [String], nested: { a: String }, sub: new mongoose.Schema({ b: String }), items: [{ c: String }] },
      { timestamps: true });"""
    shape = extract(Source("a.js", b'const mongoose = require("mongoose");\n' + code, "javascript")).shapes[0]
    filled = {field.name for field in shape.fields if field.filled}
    # What is written by `save` alone: the version and the times.
    assert filled - {"__v", "createdAt", "updatedAt"} == set(made["document"]) - {"sub"}
    assert list(shape.others) == made["virtuals"]
