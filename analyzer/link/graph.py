"""The reference graph and the questions rules ask of it.

What comes in: links that `link` decided. What goes out: answers. This module does not know SQL text.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.schema import AllowedValues, Column, Schema
from analyzer.facts.cache import CachedQuery
from analyzer.facts.change import Broken, SchemaChange
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.query import Query
from analyzer.facts.reference import Reference
from analyzer.facts.source import Span
from analyzer.link.writes import LinkedWrite, PlacedValue
from analyzer.program.program import Program
from analyzer.schema.history import History, Rival, SchemaSource, Step, Unregistered
from analyzer.sql.resolution import OutputColumn, Problem, Resolution, SqlParameter, Status

_EXPLAINS = re.compile(r"\s*(?:explain|describe|desc)\b", re.IGNORECASE)
_STAR = re.compile(r"(?:\bselect(?:\s+(?:distinct|all))?|\breturning|,|\.)\s*\*", re.IGNORECASE)


class Link(Struct, frozen=True):
    """A reference and what became of it. `schema` names the schema it was looked up in ("" where no schema is known).

    `candidates` are the tables that were looked at for a column; `symbol` is the enclosing function.
    """

    reference: Reference
    status: Status
    reason: str = ""
    candidates: tuple[str, ...] = ()
    schema: str = ""
    symbol: str = ""
    query: Span | None = None
    derived: bool = False


class PlacedProblem(Struct, frozen=True):
    """A problem of a query's text at its place in the source."""

    span: Span
    problem: Problem


class RowPair(Struct, frozen=True):
    """A field that reads a column of the result. `site` is where a finding belongs: the query or the field."""

    field: Field
    column: OutputColumn
    site: Span


Meeting = Literal["read", "write", "filter"]


class LinkedQuery(Struct, frozen=True):
    """A query site with its resolution. `schema` is "" where no schema is known; `sql` is the evaluated text with `{}` for holes.

    `status` and `reason` are the coverage's. `rows` pairs the expected row with the result, as far as both are known; `beyond` are
    its fields with a number that no column has. `bound` are the types of the arguments.
    `changes` are what its definitions do to the schema. `writes` and `compared` are those of tables that are there for sure.
    """

    query: Query
    file: FileFacts
    sql: str
    schema: str
    dialect: str
    resolution: Resolution
    status: str
    reason: str
    symbol: str
    links: tuple[Link, ...] = ()
    problems: tuple[PlacedProblem, ...] = ()
    rows: tuple[RowPair, ...] = ()
    beyond: tuple[Field, ...] = ()
    model: Model | None = None
    bound: tuple[HostType, ...] = ()
    changes: tuple[SchemaChange, ...] = ()
    writes: tuple[LinkedWrite, ...] = ()
    compared: tuple[PlacedValue, ...] = ()

    @property
    def columns(self) -> tuple[OutputColumn, ...] | None:
        """The result's columns: those of the last statement that has any; an EXPLAIN's are the engine's own."""
        if _EXPLAINS.match(self.sql):
            return None
        for statement in reversed(self.resolution.statements):
            if statement.columns is None or statement.columns:
                return statement.columns
        return ()

    @property
    def driver(self) -> str:
        """The library that binds the values, where one framework stands for several: only what the file shows."""
        if self.query.framework == "dbapi" and self.query.paramstyle == "numeric":
            return "asyncpg"
        if self.query.framework == "better_sqlite3":
            return "better-sqlite3" if any(entry.module == "better-sqlite3" for entry in self.file.imports) else ""
        return self.query.framework

    @property
    def is_one_result(self) -> bool:
        """Whether a row of it can be of one statement of one text alone."""
        return self.query.certain and len(self.resolution.statements) == 1

    @property
    def counts_columns(self) -> bool:
        """Whether the text itself lists its columns: what a star stands for may have been another when the code was written."""
        return self.is_one_result and _STAR.search(self.sql) is None

    @property
    def parameters(self) -> tuple[SqlParameter, ...]:
        return tuple(parameter for statement in self.resolution.statements for parameter in statement.parameters)

    def decides(self, link: Link) -> bool:
        """Whether a link of it is found or proved missing; a column whose table is proved missing is decided with it."""
        missing = any(one.status == "unresolved" and one.reference.column is None for one in self.links)
        return link.status != "unknown" or (missing and link.reason == "unknown-table")

    def filters(self, source: str) -> bool:
        """Whether it chooses rows by `table.column`."""
        return any(
            link.reference.role in ("filter", "join") and f"{link.reference.table}.{link.reference.column}" == source
            for link in self.links
        )

    def unaccused(self, reason: str) -> tuple[Link, ...]:
        """Its links, what is unresolved turned into unknown for this reason: but what a row lacks that the text itself lists."""
        listed = self.counts_columns
        return tuple(
            replace(link, status="unknown", reason=reason)
            if link.status == "unresolved" and not (listed and link.reason == "read")
            else link
            for link in self.links
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables it mentions, in order of first mention."""
        return tuple(
            dict.fromkeys(
                link.reference.table for link in self.links if link.reference.column is None and not link.derived
            )
        )


class ValueSet(Struct, frozen=True):
    """Where a closed set of the host language meets a column, `column` as "table.column": `site` is the field or the bound value, `member` the one
    that is bound, None where any of them may be.
    """

    schema: str
    column: str
    enumeration: Enumeration
    query: LinkedQuery
    role: Meeting
    site: Span
    member: Member | None = None


class CacheConflict(Struct, frozen=True):
    """A column (`source`: table.column) that a cache entry saw otherwise than the schema defines it."""

    source: str
    cached: str
    declared: str
    defined: Span


class CacheState(Struct, frozen=True):
    """What is amiss with a cache of checked queries, at `span`.

    "absent": a build needs one; "unlisted": a query has no entry; "unused": an entry has no query; "contradicted": it saw other than what
    the migrations make. `links` name what they lack, `conflicts` what they define otherwise.
    """

    kind: Literal["absent", "unlisted", "unused", "contradicted"]
    span: Span
    entry: CachedQuery | None = None
    schema: str = ""
    symbol: str = ""
    links: tuple[Link, ...] = ()
    conflicts: tuple[CacheConflict, ...] = ()


class PlacedStep(Struct, frozen=True):
    """A step of one history."""

    history: History
    step: Step


class Blocked(Struct, frozen=True):
    """What would make an object and never runs: its place, its migration, the one that stops the runner, and the group of that one's findings."""

    span: Span
    migration: str
    blocker: Step
    group: str

    @property
    def sentence(self) -> str:
        if self.migration == self.blocker.migration.id:
            return f'migration "{self.migration}" fails before it is created'
        return f'migration "{self.migration}" creates it, and never runs, because "{self.blocker.migration.id}" fails before it'

    @property
    def places(self) -> tuple[tuple[Span, str], ...]:
        """What the sentence rests on: places, each with a sentence."""
        failure = self.blocker.failures[0]
        return (self.span, "it would be created here"), (failure.span, f"the runner stops here: {failure.message}")


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end


class ReferenceGraph(Struct, frozen=True, dict=True):
    """All links, queries and histories of one run."""

    program: Program
    histories: tuple[History, ...]
    queries: tuple[LinkedQuery, ...]
    sources: tuple[SchemaSource, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
    cache: tuple[CacheState, ...] = ()
    value_sets: tuple[ValueSet, ...] = ()

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        return {history.schema.name: history.schema for history in self.histories}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for query in self.queries for link in query.links)

    @cached_property
    def _sites(self) -> Mapping[Span, tuple[LinkedQuery, ...]]:
        found: dict[Span, list[LinkedQuery]] = {}
        for query in self.queries:
            found.setdefault(query.query.span, []).append(query)
        return {span: tuple(queries) for span, queries in found.items()}

    def texts(self, query: LinkedQuery) -> tuple[LinkedQuery, ...]:
        """The queries of one site: every text that it may run."""
        return self._sites.get(query.query.span, (query,))

    @cached_property
    def _met(self) -> Mapping[Span, tuple[ValueSet, ...]]:
        found: dict[Span, list[ValueSet]] = {}
        for one in self.value_sets:
            found.setdefault(one.query.query.span, []).append(one)
        return {span: tuple(sets) for span, sets in found.items()}

    def met_by(self, query: LinkedQuery) -> tuple[ValueSet, ...]:
        """The closed sets of values that a query reads, writes or compares."""
        return tuple(one for one in self._met.get(query.query.span, ()) if one.query is query)

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

    def is_key(self, schema: str, source: str) -> bool:
        """True where `table.column` is part of its table's primary key."""
        table_name, _, column_name = source.rpartition(".")
        found = self.schema(schema)
        table = found.table(table_name) if found is not None else None
        return table is not None and table.primary_key is not None and column_name in table.primary_key.columns


def _tables(link: Link) -> frozenset[str]:
    return frozenset((link.reference.table,) if link.reference.table else link.candidates)
