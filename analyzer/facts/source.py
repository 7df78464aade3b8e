"""Files as the analysis sees them: bytes with a language, a role and the project they belong to.

This module does not know where the bytes came from: a disk, an editor buffer or a test corpus.
"""

import re
from typing import Literal

from msgspec import Struct

Language = Literal["rust", "typescript", "tsx", "javascript", "python", "sql", "toml", "json", "text", "build", "shell"]
Role = Literal["code", "migration", "schema", "test", "seed", "generated", "config", "vendored"]
Direction = Literal["up", "down", "both"]
# Those of SQL are `DIALECTS`; the other one's queries are documents, and no text.
Dialect = Literal["postgres", "sqlite", "mysql", "mongodb"]

DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgres", "mysql")


class Span(Struct, frozen=True, order=True):
    """A half-open range of bytes of one file; `path` is relative to the root and posix."""

    path: str
    start: int
    end: int


class Dependency(Struct, frozen=True):
    """A package a manifest asks for; `features` are Cargo features or Python extras. `version` is the range a package.json writes, or the pin of a requirement."""

    name: str
    features: tuple[str, ...] = ()
    version: str = ""


class Project(Struct, frozen=True):
    """A folder with a manifest (Cargo.toml, package.json, pyproject.toml ...). `path` is "" for the root.

    `dependencies` holds those of the manifest and of the workspace manifests above it, `through` the names of those that packages of the same
    repository bring with them.
    """

    path: str
    name: str = ""
    dependencies: tuple[Dependency, ...] = ()
    through: tuple[str, ...] = ()

    def depends_on(self, names: frozenset[str]) -> bool:
        return any(dependency.name in names for dependency in self.dependencies)

    def major(self, name: str) -> int | None:
        """The major version of a package that the manifest asks for, None where it names none."""
        version = next((one.version for one in self.dependencies if one.name == name), "")
        found = re.fullmatch(r"(?:workspace:)?[~^v=]*\s*(\d+)(?:[.x*].*)?", version.strip())
        return int(found[1]) if found is not None else None

    def reaches(self, names: frozenset[str]) -> bool:
        """Whether it depends on one of `names`, or on a package of the repository that does."""
        return self.depends_on(names) or not names.isdisjoint(self.through)


class Layout(Struct, frozen=True):
    """What the name and place of a SQL file say of it, by the conventions of a migration tool.

    `folder` is the migrations folder, `version` sorts as the tool sorts (numbers as numbers), `direction` is "both" where
    one file holds the way up and the way down. `dialect` is set where the name or the folder is one of several parallel ones
    (`migrations/sqlite/`, `users.sql.postgres`): files of different dialects are different histories, also in one folder.
    `registered` is False where the tool keeps a journal that does not list the file, `named` where no tool is known and nothing else in the
    repository names the file or its folder. `transactional`, `batch` and
    `behind` are as of a Migration.
    """

    tool: str
    folder: str
    version: tuple[int | str, ...]
    name: str
    direction: Direction
    dialect: Dialect | None = None
    registered: bool = True
    named: bool = True
    transactional: bool = False
    batch: bool = False
    behind: str = ""


class Source(Struct, frozen=True):
    """One file. `layout` is set for SQL files that belong to a migrations folder; a snapshot of the schema has that of its migration."""

    path: str
    content: bytes
    language: Language
    role: Role = "code"
    project: Project = Project("")
    layout: Layout | None = None
