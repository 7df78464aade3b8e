"""All that is known of one file: the only value that is cached.

This module does not know other files.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.cache import BuildSetting, CachedQuery
from analyzer.facts.call import Call, Function, Loop
from analyzer.facts.document import DocumentModel, DocumentShape
from analyzer.facts.entity import Entity, Naming, Related, Renamed
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.holder import Holder
from analyzer.facts.model import Model
from analyzer.facts.query import Query
from analyzer.facts.registry import Registry
from analyzer.facts.revision import Revision, Routine
from analyzer.facts.snapshot import Snapshot
from analyzer.facts.source import DIALECTS, Dialect, Language, Layout, Project, Role, Span
from analyzer.facts.text import Text
from analyzer.facts.value import Objects


class Constant(Struct, frozen=True):
    """A module-level or class-level name bound once to a string. `name` has its owner before it (`Repo.SQL`)."""

    span: Span
    name: str
    text: Text


class Import(Struct, frozen=True):
    """`name` of `module` is bound here as `alias`; `name` is "" for the module itself, "*" for all its names."""

    span: Span
    module: str
    name: str
    alias: str


class PathAlias(Struct, frozen=True):
    """An entry of tsconfig's `paths`, or its `baseUrl` as the pattern `*`; `targets` are relative to the file's folder."""

    pattern: str
    targets: tuple[str, ...]


class Changeset(Struct, frozen=True):
    """A step of a file that holds several. It runs on databases of `dialects`, `guarded` ones only where a condition holds, and a failure of
    a `tolerated` one stops nothing.
    """

    id: str
    dialects: tuple[Dialect, ...] = DIALECTS
    transactional: bool = True
    guarded: bool = False
    tolerated: bool = False


class Script(Struct, frozen=True):
    """SQL that a file holds as a whole or in part: the up or the down section of a migration, a dump, a query file.

    `changeset` is set where the file is more than one migration.
    """

    text: Text
    direction: Literal["up", "down"]
    changeset: Changeset | None = None


class Connection(Struct, frozen=True):
    """A database URL or a driver's constructor: evidence for a dialect. `database` is what follows the scheme, "" unknown."""

    span: Span
    dialect: str
    database: str = ""


class Suppression(Struct, frozen=True):
    """`rules` are silent on `line` (1-based), or in the whole file where `line` is None."""

    span: Span
    rules: tuple[str, ...]
    line: int | None
    reason: str = ""


class FileError(Struct, frozen=True):
    """What could not be read of a file, at a byte, or of the file as a whole where `span` is None."""

    path: str
    message: str
    span: Span | None = None


class FileFacts(Struct, frozen=True):
    """Everything extraction says of one file; tuples are in source order. `tests` are the parts that only a test run compiles.

    `extends` are what a tsconfig inherits from, as written, the strongest first. `exports` are the entries of a package.json: `.` and `./*`
    for other packages, `#*` for itself.
    `unread` are names of macros that may hold checked queries of which no Query was made.
    """

    path: str
    digest: str
    language: Language
    role: Role
    project: Project
    layout: Layout | None = None
    queries: tuple[Query, ...] = ()
    models: tuple[Model, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    entities: tuple[Entity, ...] = ()
    related: tuple[Related, ...] = ()
    namings: tuple[Naming, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    revisions: tuple[Revision, ...] = ()
    routines: tuple[Routine, ...] = ()
    shapes: tuple[DocumentShape, ...] = ()
    document_models: tuple[DocumentModel, ...] = ()
    objects: Objects = Objects()
    functions: tuple[Function, ...] = ()
    holders: tuple[Holder, ...] = ()
    calls: tuple[Call, ...] = ()
    loops: tuple[Loop, ...] = ()
    constants: tuple[Constant, ...] = ()
    imports: tuple[Import, ...] = ()
    scripts: tuple[Script, ...] = ()
    connections: tuple[Connection, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    tests: tuple[Span, ...] = ()
    aliases: tuple[PathAlias, ...] = ()
    extends: tuple[str, ...] = ()
    exports: tuple[PathAlias, ...] = ()
    registries: tuple[Registry, ...] = ()
    cached: tuple[CachedQuery, ...] = ()
    settings: tuple[BuildSetting, ...] = ()
    unread: tuple[Span, ...] = ()
    snapshot: Snapshot | None = None
    errors: tuple[FileError, ...] = ()
