"""The reference graph and the questions rules ask of it.

What comes in: links that `link` decided. What goes out: answers. This module does not know SQL text.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.catalog.value_lists import AllowedValues
from analyzer.facts.cache import CachedQuery
from analyzer.facts.change.statements import Broken
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Span
from analyzer.link.access import Access, accesses
from analyzer.link.alternatives import once
from analyzer.link.lazy import LazyRead, lazy_reads
from analyzer.link.linked import Link, LinkedQuery, ValueSet
from analyzer.link.owners import Owner, is_repository, owners
from analyzer.link.standing import Blocked, CacheState, PlacedStep
from analyzer.program.program import Program
from analyzer.schema.documents.scripts import Disagreement, disagreements, scripts
from analyzer.schema.history import History, Rival, SchemaSource, Unregistered


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end


class ReferenceGraph(Struct, frozen=True, dict=True):
    """All links, queries and histories of one run. `models` are what entities ask of the schema, one a table."""

    program: Program
    histories: tuple[History, ...]
    queries: tuple[LinkedQuery, ...]
    sources: tuple[SchemaSource, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
    cache: tuple[CacheState, ...] = ()
    models: tuple[LinkedQuery, ...] = ()
    value_sets: tuple[ValueSet, ...] = ()

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        return {history.schema.name: history.schema for history in self.histories}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Those of queries that have a text: what documents lack is a question of its own."""
        plain = (query for query in self.queries if query.document is None)
        return (*once(plain), *(link for model in self.models for link in model.links))

    @cached_property
    def _sites(self) -> Mapping[Span, tuple[LinkedQuery, ...]]:
        found: dict[Span, list[LinkedQuery]] = {}
        for query in self.queries:
            found.setdefault(query.query.span, []).append(query)
        return {span: tuple(queries) for span, queries in found.items()}

    def texts(self, query: LinkedQuery) -> tuple[LinkedQuery, ...]:
        """The queries of one site: every text that it may run."""
        return self._sites.get(query.query.span, (query,))

    def tables_of(self, query: LinkedQuery, through: str = "") -> tuple[str, ...]:
        """The tables of a site, whichever text it runs; of a call `User.find` of it, those of that entity."""
        texts = self.texts(query)
        own = [one for one in texts if one.query.among and one.query.among == through.rpartition(".")[0]]
        return tuple(dict.fromkeys(table for one in own or texts for table in one.tables))

    @cached_property
    def _met(self) -> Mapping[Span, tuple[ValueSet, ...]]:
        found: dict[Span, list[ValueSet]] = {}
        for one in self.value_sets:
            found.setdefault(one.query.query.span, []).append(one)
        return {span: tuple(sets) for span, sets in found.items()}

    def met_by(self, query: LinkedQuery) -> tuple[ValueSet, ...]:
        """The closed sets of values that a query reads, writes or compares."""
        return tuple(one for one in self._met.get(query.query.span, ()) if one.query is query)

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """The repository of each collection of documents that has one."""
        return owners(self.queries, self.program)

    def is_same_language(self, path: str, other: str) -> bool:
        """Whether code of one file could call that of another."""
        files = (self.program.files.get(path), self.program.files.get(other))
        return len({one.language == "python" for one in files if one is not None}) < 2

    def in_repository(self, query: LinkedQuery) -> bool:
        """Whether a query is part of a repository's code."""
        function = self.program.functions.get(query.query.function) if query.query.function is not None else None
        return is_repository(query.query.span.path, function)

    @cached_property
    def script_disagreements(self) -> tuple[Disagreement, ...]:
        """What scripts that make the indexes of one database do differently."""
        own = (
            query.document
            for query in self.queries
            if query.document is not None and not self.is_test(query.query.span)
        )
        return tuple(disagreements(scripts(own)))

    def schema(self, name: str) -> Schema | None:
        return self.schemas.get(name)

    @cached_property
    def steps(self) -> tuple[PlacedStep, ...]:
        return tuple(PlacedStep(history, step) for history in self.histories for step in history.steps)

    def contradiction(self, schema: Schema, tables: tuple[str, ...], column: str | None) -> str:
        """What to add to "is missing" where a database that was given as evidence has it, "" where none does."""
        for rival in self.rivals:
            if rival.source.kind == "database" and rival.schema.dialect == schema.dialect:
                known = (rival.schema.table(name) for name in tables)
                if any(table is not None and (column is None or table.column(column)) for table in known):
                    return f"; the database file {rival.source.path} has it: it was made otherwise"
        return ""

    def basis(self, schema: Schema) -> tuple[Span, str] | None:
        """Where no migration makes the schema: the database file that a finding is relative to, with a sentence."""
        for history in self.histories:
            if history.schema.name == schema.name and history.sources and history.sources[0].kind == "database":
                return Span(
                    history.sources[0].path, 0, 0
                ), "no source makes the schema: it is what this database file holds"
        return None

    def never(self, schema: str, table: str, column: str | None = None) -> Blocked | None:
        """The step that would make an object, where it never does: it fails there itself, or another stops the runner before it."""
        history = next((one for one in self.histories if one.schema.name == schema), None)
        blocker = history.blocker if history is not None else None
        if history is None or blocker is None or history.whole is None:
            return None
        found = history.whole.table(table)
        inner = found.column(column) if found is not None and column is not None else found
        for step in history.steps:
            for change in step.changes:
                makes = (
                    inner is not None and (not step.reached or step is blocker) and _holds(change.span, inner.defined)
                )
                breaks = (
                    found is None and isinstance(change, Broken) and table.lower() in map(str.lower, change.touches)
                )
                if makes or breaks:
                    place = inner.defined if makes and inner is not None else change.span
                    return Blocked(place, step.migration.id, blocker, history.failing(blocker))
        return None

    def unrun(self, table: str, column: str | None = None) -> Span | None:
        """Where a file that nothing runs makes an object."""
        for rival in self.rivals:
            found = rival.schema.table(table) if rival.unrun else None
            made = found.column(column) if found is not None and column is not None else found
            if made is not None and made.defined.path in rival.unrun:
                return made.defined
        return None

    def beside(self, span: Span) -> tuple[FileFacts, ...]:
        """The files of the project that a place belongs to."""
        home = self.program.files.get(span.path)
        files = self.program.files.values()
        return tuple(file for file in files if home is not None and file.project.path == home.project.path)

    def cached(self, link: Link) -> tuple[CachedQuery, ...]:
        """An entry of the query cache that names what this link lacks, if there is one: some database had it once."""
        known = self._cached.get((link.schema, link.reference.column), ())
        return tuple(entry for tables, entry in known if tables <= _tables(link))[:1]

    @cached_property
    def _cached(self) -> Mapping[tuple[str, str | None], list[tuple[frozenset[str], CachedQuery]]]:
        found: dict[tuple[str, str | None], list[tuple[frozenset[str], CachedQuery]]] = {}
        for link, entry in ((link, state.entry) for state in self.cache for link in state.links):
            if entry is not None and _tables(link):
                found.setdefault((link.schema, link.reference.column), []).append((_tables(link), entry))
        return found

    def role(self, span: Span) -> str:
        """The role of a place: that of its file, or "test" in a part that is one; "code" where the file is not known."""
        file = self.program.files.get(span.path)
        if file is None:
            return "code"
        return "test" if any(test.start <= span.start < test.end for test in file.tests) else file.role

    def is_lenient(self, span: Span) -> bool:
        """Whether the language gives nothing, and no failure, for what a row does not have."""
        file = self.program.files.get(span.path)
        return file is not None and file.language in ("javascript", "typescript", "tsx")

    def is_test(self, span: Span) -> bool:
        """True where a failing statement may be meant to fail, and tables come and go: tests and seeds."""
        return self.role(span) in ("test", "seed")

    def column(self, schema: str, source: str) -> Column | None:
        """The column that `table.column` of an output names."""
        table_name, _, column_name = source.rpartition(".")
        found = self.schema(schema)
        table = found.table(table_name) if found is not None else None
        return table.column(column_name) if table is not None else None

    def allowed(self, schema: str, source: str) -> tuple[AllowedValues, ...]:
        """The lists that say which values `table.column` takes."""
        found, column = self.schema(schema), self.column(schema, source)
        table = found.table(source.rpartition(".")[0]) if found is not None else None
        return (
            found.allowed_values(table, column)
            if found is not None and table is not None and column is not None
            else ()
        )

    def is_unrestricted(self, schema: str, source: str) -> bool:
        """Whether `table.column` is sure to take any text."""
        found, column = self.schema(schema), self.column(schema, source)
        table = found.table(source.rpartition(".")[0]) if found is not None else None
        return found is not None and table is not None and column is not None and found.is_unrestricted(table, column)

    @cached_property
    def accesses(self) -> tuple[Access, ...]:
        """What queries of the code that runs every day ask of indexes, in order of place."""
        found: list[Access] = []
        for query in self.queries:
            schema = self.schema(query.schema)
            if schema is not None and query.document is not None and self.role(query.query.span) == "code":
                found += accesses(query, schema)
        return tuple(found)

    @cached_property
    def unindexed(self) -> Mapping[str, tuple[Access, ...]]:
        """Collections that have no index of their own, with what is asked of them beside their keys."""
        found: dict[str, list[Access]] = {}
        for one in self.accesses:
            paths = (*one.lookup.found_by, *one.lookup.maybe)
            if paths and "_id" not in paths and not one.table.indexes and one.knows_indexes:
                found.setdefault(one.table.name, []).append(one)
        return {name: tuple(asked) for name, asked in found.items()}

    @cached_property
    def added(self) -> Mapping[str, tuple[Span, ...]]:
        """Where code that runs every day adds documents, by collection."""
        found: dict[str, list[Span]] = {}
        for query in self.queries:
            if query.document is not None and query.document.adds and self.role(query.query.span) == "code":
                for name in query.document.collections:
                    found.setdefault(name, []).append(query.query.span)
        return {name: tuple(spans) for name, spans in found.items()}

    def lazy_reads(self, query: LinkedQuery) -> tuple[LazyRead, ...]:
        """Relations of its rows that loops load one by one; not those to one row of a table whose rows the function loads beforehand."""
        found = tuple(lazy_reads(query.query, query.file, self.program))
        loaded = {
            table
            for other in (self.queries if found else ())
            if other.query.function == query.query.function and other.query.span != query.query.span
            for table in other.tables[:1]
        }
        return tuple(
            one for one in found if one.relation.many or one.target is None or one.target.physical not in loaded
        )

    def is_key(self, schema: str, source: str) -> bool:
        """True where `table.column` is part of its table's primary key."""
        table_name, _, column_name = source.rpartition(".")
        found = self.schema(schema)
        table = found.table(table_name) if found is not None else None
        return table is not None and table.primary_key is not None and column_name in table.primary_key.columns


def _tables(link: Link) -> frozenset[str]:
    return frozenset((link.reference.table,) if link.reference.table else link.candidates)
