"""What the methods of libraries of documents mean, as a table.

What comes in: nothing. What goes out: look-ups by the kind of receiver and language or library. Sources stand in the table. This module does not know code.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

Effect = Literal["select", "insert", "update", "delete", "upsert", "aggregate", "ddl", "other"]


class Meaning(Struct, frozen=True):
    """`roles` are those of the arguments by position: "filter", "update", "document", "documents", "pipeline", "keys" .. "-" says nothing."""

    effect: Effect
    roles: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """The table; receivers are "collection.python", "model.mongoose", "document.beanie" .."""

    words: dict[str, str]
    collection: dict[str, dict[str, str]]
    model: dict[str, dict[str, str]]
    document: dict[str, dict[str, str]]
    step: dict[str, str]
    own: dict[str, list[str]]
    beside: dict[str, list[str]]
    makes: dict[str, str]
    types: dict[str, str]
    gives: dict[str, str]

    def collection_method(self, language: str, name: str) -> Meaning | None:
        return _meaning(self.collection[family(language)].get(name))

    def model_method(self, framework: str, name: str) -> Meaning | None:
        return _meaning(self.model.get(framework, {}).get(name))

    def document_method(self, framework: str, name: str) -> Meaning | None:
        return _meaning(self.document.get(framework, {}).get(name))

    def is_own(self, language: str, name: str) -> bool:
        """Whether no other kind of library calls a method so."""
        return name in self.own[family(language)]

    def is_known(self, name: str) -> bool:
        """Whether any receiver has a method of this name."""
        return name in _names()


@cache
def table() -> Table:
    data = tomllib.loads((resources.files(__package__) / "methods.toml").read_text(encoding="utf-8"))
    return Table(**data)


@cache
def _names() -> frozenset[str]:
    known = table()
    return frozenset(
        name
        for kind in (known.collection, known.model, known.document)
        for methods in kind.values()
        for name in methods
    )


def family(language: str) -> str:
    """The languages of one library."""
    return "python" if language == "python" else "javascript"


@cache
def _meaning(text: str | None) -> Meaning | None:
    if text is None:
        return None
    effect, _, roles = text.partition(":")
    return Meaning(effect, tuple(role.strip() for role in roles.split(",") if role.strip()))  # type: ignore[arg-type]
