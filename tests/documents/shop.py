"""Programs of a few files that keep documents, as text: `{"shop/users.py": "..."}` -> what their calls reach."""

from collections.abc import Mapping
from textwrap import dedent

from analyzer.catalog.schema import Schema
from analyzer.extract.extract import extract
from analyzer.facts.source import Dependency, Language, Project, Source
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.program import Program, build_program
from analyzer.schema.documents.collections import documents_history
from tests.values import shown

_LANGUAGES: dict[str, Language] = {"py": "python", "js": "javascript", "ts": "typescript"}
_PROJECT = Project(
    "", "shop", tuple(Dependency(name) for name in ("motor", "pymongo", "mongodb", "mongoose", "beanie"))
)


def program(files: Mapping[str, str]) -> Program:
    return build_program(
        extract(Source(path, dedent(code).encode(), _LANGUAGES[path.rpartition(".")[2]], project=_PROJECT))
        for path, code in files.items()
    )


def queries(files: Mapping[str, str]) -> list[str]:
    """`orders.find({a: 1})`, in order of place; `orders|users` for one of both, `?` for nobody knows, `*` behind what callers choose."""
    return [_shown(query) for query in program(files).documents.queries]


def schema(files: Mapping[str, str]) -> Schema:
    history = documents_history(program(files))
    assert history is not None
    return history.schema


def fields(files: Mapping[str, str], collection: str) -> dict[str, str]:
    """The type of each path."""
    table = schema(files).table(collection)
    assert table is not None
    return {column.name: column.type.name for column in table.columns}


def _shown(query: DocumentQuery) -> str:
    given = ", ".join(
        shown(value)
        for role, value in query.given
        if role in ("filter", "update", "document", "documents", "keys", "id")
    )
    steps = "".join(f".{step.name}" for step in query.steps)
    return f"{'|'.join(query.collections) or '?'}.{query.method}({given}){steps}{'*' if query.generic else ''}"
