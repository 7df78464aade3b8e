"""The table of methods against the public names of the drivers (tests/documents/README.md)."""

import json
from pathlib import Path
from typing import Any

import pytest

from analyzer.program.documents.libraries.methods import table

SURFACE: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "python" / "recorded.json").read_text(encoding="utf-8")
)["surface"]
COLLECTIONS = ("pymongo.Collection", "pymongo.AsyncCollection", "motor.AsyncIOMotorCollection")
DATABASES = ("pymongo.Database", "pymongo.AsyncDatabase", "motor.AsyncIOMotorDatabase")
# Methods of PyMongo 3 that are still written, and that of mongo's own shell.
OLD = {"ensure_index", "insert", "update", "remove", "save", "count", "find_and_modify", "map_reduce"}
# Roles that go by another name in the signatures.
_NAMES = {"path": {"key"}, "document": {"document", "replacement"}, "-": set[str]()}


def test_methods_of_collections_exist() -> None:
    real = {name for label in COLLECTIONS for name in SURFACE[label]}
    assert set(table().collection["python"]) - OLD <= real


@pytest.mark.parametrize("label", COLLECTIONS)
def test_no_public_name_of_a_collection_is_taken_for_a_collection(label: str) -> None:
    known = {*table().collection["python"], *table().beside["collection"], *table().gives}
    assert set(SURFACE[label]) <= known


@pytest.mark.parametrize("label", DATABASES)
def test_no_public_name_of_a_database_is_taken_for_a_collection(label: str) -> None:
    assert set(SURFACE[label]) <= {*table().beside["database"], *table().gives}


@pytest.mark.parametrize("name", sorted(set(table().collection["python"]) - OLD))
def test_arguments_stand_where_the_table_says(name: str) -> None:
    parameters = SURFACE["pymongo.Collection"][name].get("parameters", [])
    meaning = table().collection_method("python", name)
    assert meaning is not None
    positions = [one for one in parameters if one not in ("args", "kwargs")]
    for role, real in zip(meaning.roles, positions, strict=False):
        assert role in ("-", real) or real in _NAMES.get(role, set()), (role, real)


@pytest.mark.parametrize(
    ("kind", "library", "labels"),
    [
        ("model", "beanie", ("beanie.Document", "beanie.FindMany")),
        ("document", "beanie", ("beanie.Document",)),
        ("document", "mongoengine", ("mongoengine.Document",)),
    ],
)
def test_methods_of_mappers_exist(kind: str, library: str, labels: tuple[str, ...]) -> None:
    real = {name for label in labels for name in SURFACE[label]}
    assert set(getattr(table(), kind)[library]) <= real
