"""Where an import leads. This module does not know how that is found out."""

from typing import Protocol

from msgspec import Struct

from analyzer.facts.file import FileFacts, Import


class Target(Struct, frozen=True):
    """`path` is a file of the repository; `name` what is meant in it, "" for the module itself, "*" for all of its names."""

    path: str
    name: str


class Modules(Protocol):
    """The modules of one language."""

    def find(self, file: FileFacts, imported: Import) -> Target | None:
        """Where an import of a file leads, None for what lies outside or cannot be found."""

    def is_local(self, file: FileFacts, imported: Import) -> bool:
        """Whether it should lie inside the repository."""
