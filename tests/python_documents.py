"""Shapes and models of a file by name, as text, for tests."""

from analyzer.facts.document import DocumentShape
from analyzer.facts.file import FileFacts
from tests import shapes


def shape(facts: FileFacts, name: str) -> DocumentShape:
    (found,) = [one for one in facts.shapes if one.name == name]
    return found


def fields(facts: FileFacts, name: str) -> list[str]:
    return shapes.fields(shape(facts, name))


def indexes(facts: FileFacts, name: str) -> list[str]:
    return [shapes.index_text(one) for one in shape(facts, name).indexes]


def model(facts: FileFacts, name: str) -> str:
    """Where a model keeps its documents, and what that hangs on."""
    (one,) = [found for found in facts.document_models if found.name == name]
    where = shapes.model_text(one).removeprefix(f"{name} ({name})").replace(f": {name} in ", " in ").strip()
    words = ["base" * one.is_base, f"if {'|'.join(one.inherits)}" * bool(one.inherits), one.shares]
    return " ".join(filter(None, [where, *words]))
