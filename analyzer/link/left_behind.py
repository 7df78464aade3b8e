"""Documents that are left when the one whose key they hold is deleted.

What comes in: queries, the program and the schema of collections. What goes out: Left values. A child counts as looked after where a function that deletes the parent,
what it runs, what runs it, or the file of the parent's model writes to the child's collection, or looks there for the key: it may refuse. This module does not judge which children matter.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import ForeignKey
from analyzer.facts.source import Span
from analyzer.link.linked import LinkedQuery
from analyzer.program.program import Program

_WRITES = frozenset({"update", "upsert", "delete", "other"})
_READS = frozenset({"select", "aggregate"})


class Child(Struct, frozen=True):
    name: str
    key: ForeignKey


class Left(Struct, frozen=True):
    """`query` deletes a document by its key; `children` are collections that still hold the key, `cared` those that are looked after."""

    query: LinkedQuery
    children: tuple[Child, ...]
    cared: tuple[str, ...]


def left_behind(queries: tuple[LinkedQuery, ...], program: Program, schema: Schema) -> Iterator[Left]:
    """Every delete of a parent that leaves children."""
    touched = _touched(queries)
    said: set[Span] = set()
    for query in sorted(queries, key=lambda query: len(query.document.via) if query.document is not None else 0):
        document = query.document
        if document is None or document.effect != "delete" or not document.collection or document.function is None:
            continue
        children = tuple(_children(schema, document.collection)) if _is_of_one(query) else ()
        if not children or not said.isdisjoint(document.via):
            # The driver's own call has been told.
            continue
        runs = program.documents.runs
        functions = {below for above in runs.above(document.function) for below in runs.below(above)}
        homes = {target.path for target in document.targets if target.path}
        cared = {name for span, names in touched.items() if span in functions or span.path in homes for name in names}
        missed = tuple(child for child in children if child.name not in cared)
        if missed:
            said.add(document.span)
            yield Left(query, missed, tuple(child.name for child in children if child.name in cared))


def _touched(queries: tuple[LinkedQuery, ...]) -> Mapping[Span, frozenset[str]]:
    """The collections that functions write to, as far as deleting and changing goes, and those that they search by a key."""
    found: dict[Span, set[str]] = {}
    for query in queries:
        document = query.document
        if document is None or document.function is None or (document.generic and not document.collection):
            # What its callers make of it stands at their calls.
            continue
        asks = document.effect in _READS and any(
            field.use.role == "filter" and field.use.path != "_id" for field in query.fields
        )
        if document.effect in _WRITES or asks:
            found.setdefault(document.function, set()).update(document.collections)
    return {span: frozenset(names) for span, names in found.items()}


def _is_of_one(query: LinkedQuery) -> bool:
    """Whether documents are deleted by their own key, or one that is in memory."""
    document = query.document
    keyed = any(field.use.role == "filter" and field.use.path in ("_id", "id") for field in query.fields)
    in_memory = document is not None and not document.given and all(one.model is not None for one in document.targets)
    return keyed or in_memory


def _children(schema: Schema, parent: str) -> Iterator[Child]:
    """Collections that hold the key of a parent, and keep no deleted documents themselves."""
    for table in schema.tables.values():
        for key in table.foreign_keys:
            column = table.column(key.columns[0])
            told = column is not None and set(column.evidence) - {"index"}
            if key.table == parent and table.name != parent and told and table.deletion_mark is None:
                yield Child(table.name, key)
                break
