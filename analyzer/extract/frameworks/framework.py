"""What a framework module declares.

What comes in: nothing. What goes out: the Framework value, and the Site a refinement sees. This module does not know any framework.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.languages import Captures
from analyzer.extract.scope import Scope
from analyzer.facts.call import Function
from analyzer.facts.document import DocumentModel, DocumentShape
from analyzer.facts.entity import Entity, Naming, Related, Renamed
from analyzer.facts.file import Constant, Import
from analyzer.facts.model import Model
from analyzer.facts.query import Query
from analyzer.facts.revision import Revision, Routine
from analyzer.facts.source import Language, Source
from analyzer.facts.value import Objects

Declared = Entity | Related | Naming | Renamed | Revision | Routine | Constant


class Site(Struct, frozen=True):
    """A match of a framework's `.scm`: captures by name, and the settings of its pattern."""

    captures: Captures
    settings: dict[str, str]
    scope: Scope
    source: Source

    def node(self, name: str) -> Node | None:
        return self.captures[name][0] if name in self.captures else None


class Declarations(Struct, frozen=True):
    """What a library of documents reads its shapes and models from: the file's values, its classes that hold data, its imports and functions."""

    objects: Objects
    models: tuple[Model, ...]
    source: Source
    imports: tuple[Import, ...] = ()
    functions: tuple[Function, ...] = ()


class Framework(Struct, frozen=True):
    """`name` is also the name of its `.scm`. It is looked for in files of `languages` whose project depends on one of
    `dependencies` or whose bytes hold one of `tokens`. `refine` turns a site (`@query`) into queries where the captures do not say it all,
    `declare` one of `@declaration` into what it declares;
    `dialect` is what the driver speaks, "" where it speaks several; `trusted` says that a site whose text is unknown is a query
    all the same, because nothing else has such a name; `reexported` says that packages hand the library on, so that what uses it need not name it.
    `documents` is set for a library whose database keeps documents: it gives the shapes and models of a file whose values were read.
    """

    name: str
    languages: tuple[Language, ...]
    dependencies: frozenset[str]
    tokens: tuple[bytes, ...]
    dialect: str = ""
    refine: Callable[[Site], Iterable[Query]] | None = None
    declare: Callable[[Site], Iterable[Declared]] | None = None
    reexported: bool = False
    documents: Callable[[Declarations], Iterable[DocumentShape | DocumentModel]] | None = None

    def is_active(self, source: Source) -> bool:
        needed = source.project.reaches if self.reexported else source.project.depends_on
        return source.language in self.languages and (
            any(token in source.content for token in self.tokens) or needed(self.dependencies)
        )
