"""What queries ask of the indexes of tables.

What comes in: a linked query and its schema. What goes out: Accesses, one for each table and each way its rows may be found. Only queries of documents
are read so far. This module does not judge.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Table
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.paths.lookups import Lookup, lookups

# Collections that the driver itself keeps files in, with the indexes it needs.
_FILES = ("fs.files", "fs.chunks")

# What lists the fields of a collection, more than one writer that sets some of them.
_TELLING = frozenset({"model", "validator", "dto"})


class Access(Struct, frozen=True):
    """A table's rows as one query finds them."""

    query: LinkedQuery
    table: Table
    lookup: Lookup

    @property
    def knows_indexes(self) -> bool:
        """Whether every index of the table is known."""
        return LOOSE not in self.table.options

    @property
    def is_served(self) -> bool:
        """Whether an index may find the rows: also one that serves a condition that is there only sometimes, or that nobody knows."""
        one = self.lookup
        if not one.whole or one.special or not self.knows_indexes:
            return True
        return self.table.serving((*one.equal, *one.maybe), one.ranged) is not None

    @property
    def is_narrow(self) -> bool:
        """Whether it finds a few: by a key, by a list of values, by what else nobody knows."""
        one = self.lookup
        if not one.whole or one.special or one.listed or "_id" in one.equal:
            return True
        return any(index.unique and set(index.columns) <= set(one.equal) for index in self.table.indexes)

    @property
    def names_fields(self) -> bool:
        """Whether it is by fields that documents have: what nobody sets needs no index."""
        told = any(not _TELLING.isdisjoint(column.evidence) for column in self.table.columns)
        return not any(
            self.table.path(path) == "missing" or (told and self.table.column(path.partition(".")[0]) is None)
            for path in self.lookup.found_by
            if path != "_id"
        )

    @property
    def is_sorted(self) -> bool:
        """Whether an index may give the order, or none is asked for."""
        one = self.lookup
        if not one.order or not one.whole or one.special or not self.knows_indexes:
            return True
        return self.table.sorting((*one.equal, *one.maybe), one.order) is not None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns of an index that would serve it: what must be equal, then the order, then ranges."""
        one = self.lookup
        order = tuple(
            path if way == "1" else f"{path} descending" for path, way in one.order or () if path not in one.equal
        )
        bare = {path for path, _ in one.order or ()}
        return (*one.equal, *order, *(path for path in one.ranged if path not in bare))


def accesses(query: LinkedQuery, schema: Schema) -> Iterator[Access]:
    """What a query asks of each table."""
    if query.document is None:
        return
    for lookup in lookups(query.document):
        # Of several collections nobody knows which this call is meant for.
        name = lookup.collection or query.document.collection
        table = schema.table(name) if name and not name.endswith(_FILES) else None
        if table is not None:
            yield Access(query, table, lookup)
