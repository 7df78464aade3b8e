"""Repositories: classes and files that keep the code of one collection, and so own it.

What comes in: queries of documents and the program. What goes out: Owners by collection. A repository is known by what it is called. This module does not judge who
may go around one.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.call import Function
from analyzer.facts.source import Span
from analyzer.link.linked import LinkedQuery
from analyzer.program.naming import named
from analyzer.program.program import Program

# What people call the classes, files and folders that stand between code and database.
_CLASS = re.compile(r"(?:Repository|Repo|Dao|DAO)$")
_PATH = re.compile(
    r"(?:^|/)(?:repositor(?:y|ies)|repos|daos?)/|(?:[._-]repository|[._-]repo|Repository|[._-]dao|Dao)\.\w+$"
)
# Those that only others take from.
_GENERAL = re.compile(
    r"^(?:Base|Generic|Abstract|Mongo|Mongoose|Mongodb|MongoDB|Crud|CRUD|Common|Async|I)*(?:Repository|Repo|Dao|DAO)$"
)
_TEST = re.compile(r"(?:^|/)(?:tests?|__tests__|spec)/")


class Owner(Struct, frozen=True):
    """`name` is the class, or the file where functions of a file do the work."""

    span: Span
    name: str
    path: str


def is_repository(path: str, function: Function | None) -> bool:
    """Whether code is part of a repository."""
    owner = function.owner if function is not None else ""
    return bool(_CLASS.search(owner)) or bool(_PATH.search(path))


def is_particular(name: str) -> bool:
    """Whether a class is a repository of something."""
    return _CLASS.search(name) is not None and _GENERAL.match(name) is None


def owners(queries: tuple[LinkedQuery, ...], program: Program) -> dict[str, Owner]:
    """The repository of each collection that has one."""
    found: dict[Owner, set[str]] = {}
    for query in queries:
        if query.document is not None and query.document.collection and not _TEST.search(query.document.path):
            owner = _owner(query.document.path, query.document.function, program)
            if owner is not None:
                found.setdefault(owner, set()).add(query.document.collection)
    for path, kept in program.documents.classes:
        collections = program.documents.kept_by(path, kept) if is_particular(kept.name) else ()
        if collections and not _TEST.search(path):
            found.setdefault(Owner(kept.span, kept.name, path), set()).update(collections)
    return {name: owner for owner, names in reversed(found.items()) for name in _owned(owner, names)}


def _owner(path: str, function: Span | None, program: Program) -> Owner | None:
    known = program.functions.get(function) if function is not None else None
    if not is_repository(path, known):
        return None
    name = known.owner if known is not None else ""
    one = next((one for there, one in program.documents.classes if (there, one.name) == (path, name)), None)
    if one is not None and _CLASS.search(one.name):
        if not is_particular(one.name):
            return None
        return Owner(one.span, one.name, path)
    return Owner(Span(path, 0, 0), path.rpartition("/")[2], path)


def _owned(owner: Owner, names: set[str]) -> Iterator[str]:
    """One collection alone is its own; of several the one that it is called after."""
    if len(names) == 1:
        yield from names
        return
    words = named(owner.name.partition(".")[0], "snake_case").split("_")
    for name in names:
        if any(len(word) > 2 and named(name, "snake_case").rstrip("s").startswith(word.rstrip("s")) for word in words):
            yield name
