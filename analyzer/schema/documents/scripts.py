"""Scripts that make the indexes of one database, and do not make the same.

What comes in: queries of documents. What goes out: Disagreements of two files. This module does not know which of them is right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from analyzer.catalog.table import Index
from analyzer.facts.source import Span
from analyzer.program.documents.query import DocumentQuery
from analyzer.schema.documents.indexes import created

# A file that makes indexes of fewer collections is no script of a database.
_SEVERAL = 3
_ALIKE = 0.5

Keys = tuple[tuple[str, ...], tuple[str, ...], bool]


class Script(Struct, frozen=True):
    """A file that makes indexes: by collection, each with its place. `database` is the one it makes them in, "" where nobody says."""

    path: str
    indexes: Mapping[str, Mapping[Keys, Index]]
    database: str = ""
    named: Span | None = None


class Disagreement(Struct, frozen=True):
    """What two scripts do differently, at `span` of the second and `other` of the first; `collection` is "" where it is the database itself."""

    left: str
    right: str
    span: Span
    other: Span
    collection: str
    words: str


def scripts(queries: Iterable[DocumentQuery]) -> list[Script]:
    """Files that make indexes of several collections."""
    found: dict[str, dict[str, dict[Keys, Index]]] = {}
    databases: dict[str, dict[str, Span]] = {}
    for query in queries:
        for index in created(query):
            for target in query.targets if len(query.targets) == 1 and query.targets[0].model is None else ():
                home = found.setdefault(query.path, {}).setdefault(target.name, {})
                home.setdefault((index.columns, index.options, index.unique), index)
                databases.setdefault(query.path, {}).setdefault(target.database, query.span)
    return [
        Script(path, indexes, *(next(iter(databases[path].items())) if len(databases[path]) == 1 else ()))
        for path, indexes in sorted(found.items())
        if len(indexes) >= _SEVERAL
    ]


def disagreements(known: Sequence[Script]) -> Iterator[Disagreement]:
    """Pairs of scripts that are alike and not the same."""
    for left, right in combinations(known, 2):
        shared = left.indexes.keys() & right.indexes.keys()
        if len(shared) >= _ALIKE * min(len(left.indexes), len(right.indexes)) and len(shared) >= _SEVERAL:
            yield from _between(left, right, sorted(shared))


def _between(left: Script, right: Script, shared: Sequence[str]) -> Iterator[Disagreement]:
    if left.database and right.database and left.database != right.database and left.named and right.named:
        words = f'they are made in database "{right.database}" here, in "{left.database}" there'
        yield Disagreement(left.path, right.path, right.named, left.named, "", words)
    for name in shared:
        ours, theirs = left.indexes[name], right.indexes[name]
        lost, more = [k for k in ours if k not in theirs], [k for k in theirs if k not in ours]
        if lost or more:
            span = theirs[more[0]].defined if more else next(iter(theirs.values())).defined
            other = ours[lost[0]].defined if lost else next(iter(ours.values())).defined
            words = "; ".join(
                [*(f"({_shown(k)}) is made only here" for k in more), *(f"({_shown(k)}) is missing here" for k in lost)]
            )
            yield Disagreement(left.path, right.path, span, other, name, words)


def _shown(keys: Keys) -> str:
    columns, ways, unique = keys
    told = ", ".join(f"{column} {way}" if way != "1" else column for column, way in zip(columns, ways, strict=True))
    return f"unique {told}" if unique else told
