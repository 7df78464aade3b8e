"""What became of references, of queries, and of what they expect and write: plain values.

What comes in: what `link` decided. What goes out: answers about one query. This module does not know other queries.
"""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Field, HostType, Model
from analyzer.facts.query import Query
from analyzer.facts.reference import Reference
from analyzer.facts.source import Span
from analyzer.facts.value import TypedValue, UnknownValue
from analyzer.link.writes import LinkedWrite, PlacedValue
from analyzer.program.documents.paths.uses import PathUse
from analyzer.program.documents.query import DocumentQuery
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


class FieldUse(Struct, frozen=True):
    """A path that a query of documents names, in `collection`: "open" where nobody knows all that may be there."""

    use: PathUse
    status: Literal["known", "open", "missing"]
    collection: str

    @property
    def is_meant(self) -> bool:
        """Whether the query rests on the field: it chooses, orders or always writes by it, written out; `$exists` asks, `$unset` takes away."""
        use = self.use
        inner = use.value.of if isinstance(use.value, TypedValue) else None
        return (
            (use.role in ("filter", "order") or (use.role == "write" and use.certain))
            and use.operator not in ("$exists", "$type", "$unset")
            and not isinstance(inner, UnknownValue)
        )


Meeting = Literal["read", "write", "filter"]


class LinkedQuery(Struct, frozen=True):
    """A query site with its resolution. `schema` is "" where no schema is known; `sql` is the evaluated text with `{}` for holes.

    `status` and `reason` are the coverage's. `rows` pairs the expected row with the result, as far as both are known; `beyond` are
    its fields with a number that no column has. `bound` are the types of the arguments.
    `document` is set where it is a query of documents, `fields` are the paths that it names.
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
    document: DocumentQuery | None = None
    fields: tuple[FieldUse, ...] = ()

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
