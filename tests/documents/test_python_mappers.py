"""Beanie's and MongoEngine's classes as this program reads them, against what the libraries make of them (tests/documents/README.md)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.documents.documents import PlacedModel, PlacedShape
from analyzer.program.program import build_program
from analyzer.schema.documents.indexes import declared

_HERE = Path(__file__).parent / "python"
RECORDED = json.loads((_HERE / "recorded.json").read_text(encoding="utf-8"))


@cache
def _read(library: str) -> dict[str, tuple[PlacedModel, PlacedShape]]:
    content = (_HERE / f"shop_{library}.py").read_bytes()
    project = Project("", "shop", (Dependency(library),))
    documents = build_program([extract(Source(f"shop_{library}.py", content, "python", project=project))]).documents
    placed = {one.model.name: one for one in documents.models}
    return {name: (one, shape) for name, one in placed.items() if (shape := documents.shape(one)) is not None}


def _names(library: str) -> list[str]:
    return [name for name, found in RECORDED[library].items() if found["collection"]]


CASES = [(library, name) for library in ("beanie", "mongoengine") for name in _names(library)]


def _stored(recorded: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Fields that reach the database, by the name they have there."""
    return {
        field["stored"]: field
        for field in recorded["fields"].values()
        if not field.get("back") and not (field.get("excluded") and field["stored"] != "revision_id")
    }


@pytest.mark.parametrize(("library", "name"), CASES)
def test_collections(library: str, name: str) -> None:
    assert _read(library)[name][0].collections == (RECORDED[library][name]["collection"],)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_fields(library: str, name: str) -> None:
    # Of what a library adds itself: `revision_id` is stored where Settings ask for it, `_class_id` is no field of the class.
    beside = {"revision_id", "_class_id"} if library == "beanie" else set()
    expected = _stored(RECORDED[library][name])
    shape = _read(library)[name][1]
    assert {field.name for field in shape.fields} - beside == set(expected) - beside
    for field in shape.fields:
        if field.name not in beside:
            assert not field.required or expected[field.name]["required"], field.name


@pytest.mark.parametrize("name", _names("beanie"))
def test_classes_that_share_a_collection(name: str) -> None:
    fields = {field.name for field in _read("beanie")[name][1].fields}
    assert ("_class_id" in fields) == bool(RECORDED["beanie"][name]["class_id"])


@pytest.mark.parametrize(("library", "name"), CASES)
def test_indexes(library: str, name: str) -> None:
    # Of classes that share a collection each index begins with the class, as every query of theirs does.
    expected = {
        (tuple((path, str(way)) for path, way in index["keys"] if path != "_cls"), index["unique"])
        for index in RECORDED[library][name]["indexes"]
    }
    found = {
        (tuple(zip(index.columns, index.options, strict=True)), index.unique)
        for index in declared(_read(library)[name][1])
    }
    assert found == expected


@pytest.mark.parametrize("name", _names("mongoengine"))
def test_closed(name: str) -> None:
    assert _read("mongoengine")[name][1].shape.closed == RECORDED["mongoengine"][name]["strict"]
