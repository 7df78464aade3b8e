"""Relations that loops read and that their query did not load.

What comes in: a linked query and the program's entities. What goes out: LazyReads. A relation that the library loads with its entity, refuses to load, or of
whose loading nothing is known, is none. This module does not judge.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.entity import Relation
from analyzer.facts.file import FileFacts
from analyzer.facts.query import Query, RelationRead
from analyzer.facts.source import Span
from analyzer.program.entities.table import Table
from analyzer.program.program import Program


class LazyRead(Struct, frozen=True):
    """`relation` of `owner` is loaded for each turn of the loop; `target` is what it leads to."""

    read: RelationRead
    owner: str
    relation: Relation
    target: Table | None

    @property
    def loop(self) -> Span:
        return self.read.loop


def lazy_reads(query: Query, file: FileFacts, program: Program) -> Iterator[LazyRead]:
    """The first relation of each path that is loaded when it is touched."""
    for read in query.touched:
        found = _first(read, query, file, program)
        if found is not None:
            yield found


def _first(read: RelationRead, query: Query, file: FileFacts, program: Program) -> LazyRead | None:
    table = program.entities.table(read.entity, file)
    for at, name in enumerate(read.path):
        relation = table.relations.get(name) if table is not None else None
        if table is None or relation is None:
            return None
        target = program.entities.table(relation.target, program.files[relation.span.path])
        told = any(_speaks_of(path, read.path[: at + 1]) for path in query.eager)
        if relation.loading == "lazy" and not told:
            return LazyRead(read, table.entity.name, relation, target)
        if relation.loading not in ("eager", "lazy"):
            return None
        table = target
    return None


def _speaks_of(path: tuple[str, ...], read: tuple[str, ...]) -> bool:
    return path[-1:] == ("*",) or path == read
