"""What `resolve` says of one text: plain values, offsets in characters of the text that was given.

This module does not know how it is found out.
"""

from typing import Literal

from msgspec import Struct

from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.facts.reference import Role

Status = Literal["resolved", "unresolved", "unknown"]
StatementKind = Literal["select", "insert", "update", "delete", "upsert", "ddl", "aggregate", "other"]


class SqlReference(Struct, frozen=True):
    """A mention of a table (`column` is None) or column at [start, end) of the text.

    `table` is the real table's name; for a column "" where no table could be chosen. `candidates` are the tables that were
    looked at for a column nobody has. `reason` says why a status is unknown: "tainted", "open-table", "unknown-table",
    "dynamic", "external", "ambiguous-scope". `derived` is True where the name is a column of a CTE, subquery, or table function: it is not in
    the catalogue, and is decided all the same.
    """

    start: int
    end: int
    table: str
    column: str | None
    role: Role
    status: Status
    namespace: str = ""
    reason: str = ""
    candidates: tuple[str, ...] = ()
    derived: bool = False


class OutputColumn(Struct, frozen=True):
    """A column of the result. `nullable` is None where unknown. `source` is "table.column" for a plain column, "" otherwise.

    `force` is sqlx's override in the alias: "!" not null, "?" nullable, "" none; `override_type` the type it names. `empty` is True for an
    aggregate over all rows, NULL where there are none. `untyped` is True for a
    text or NULL that takes the type of what it is put beside, `parameter` the mention of the placeholder that it is, -1 for others. `assumed` is
    True where only a placeholder says the type: the host may declare another. `described` is what the engine's own description says of NULL where it
    is not `nullable`: it looks at the column's definition, not at what a predicate lets through.
    """

    name: str
    type: ColumnType = UNKNOWN
    nullable: bool | None = None
    source: str = ""
    force: str = ""
    override_type: str = ""
    empty: bool = False
    untyped: bool = False
    parameter: int = -1
    assumed: bool = False
    described: bool | None = None

    @property
    def shown_nullable(self) -> bool | None:
        """What a client that prepares the statement is told."""
        return self.nullable if self.described is None else self.described


class SqlParameter(Struct, frozen=True):
    """A placeholder. `position` is 1-based in the order the driver binds; `name` without sigil for named ones.

    `column` is "table.column" where the value is compared with or written to it.
    """

    start: int
    end: int
    position: int
    name: str | None = None
    type: ColumnType = UNKNOWN
    nullable: bool | None = None
    column: str = ""
    style: str = ""


ValueKind = Literal["constant", "null", "default", "parameter", "column", "expression"]


class SqlValue(Struct, frozen=True):
    """What stands at [start, end) where a value is wanted. `text` is a constant's value without its quotes, `quoted` where it had some.

    `position` is a parameter's, as in SqlParameter; 0 for others.
    """

    start: int
    end: int
    kind: ValueKind
    text: str = ""
    quoted: bool = False
    position: int = 0
    type: ColumnType = UNKNOWN
    nullable: bool | None = None


class Conflict(Struct, frozen=True):
    """What an INSERT does with a row that is there already, and which unique key decides that.

    `target` is None where no key is named (any will do), and lists columns, an expression as its text. `constraint` is a name,
    `where` the text of the target's own predicate.
    """

    start: int
    end: int
    action: Literal["nothing", "update"]
    target: tuple[str, ...] | None = None
    expressions: bool = False
    constraint: str = ""
    where: str = ""


class WrittenColumn(Struct, frozen=True):
    """A column as a column list or SET names it; [start, end) is empty where no list names it and its place decides."""

    start: int
    end: int
    name: str


class Write(Struct, frozen=True):
    """The writing of one table, at [start, end) of its name.

    `columns` are what is written; `rows` the values, in the order of `columns`: of VALUES, or one row of SET; () where a query gives them
    (`source` "query") or nothing does ("default"). `complete` is False where there may be other columns: a hole, a table whose columns
    are not all known. `filtered` is True where WHERE, a join or LIMIT chooses rows. `overrides` is PostgreSQL's OVERRIDING SYSTEM VALUE.
    `replaces` is SQLite's and MySQL's REPLACE, `ignores` their INSERT OR IGNORE: what a constraint refuses is left out silently.
    """

    verb: Literal["insert", "update", "delete"]
    start: int
    end: int
    table: str
    namespace: str = ""
    columns: tuple[WrittenColumn, ...] = ()
    rows: tuple[tuple[SqlValue, ...], ...] = ()
    source: Literal["values", "query", "default", "set", ""] = ""
    complete: bool = True
    filtered: bool = False
    overrides: bool = False
    replaces: bool = False
    ignores: bool = False
    conflict: Conflict | None = None


class Compared(Struct, frozen=True):
    """A constant or parameter that is compared with a plain column, `column` as "table.column". `operator` is SQL's own: =, <>, <, IN, LIKE."""

    column: str
    operator: str
    value: SqlValue


class Problem(Struct, frozen=True):
    """Something wrong with the text itself.

    "ambiguous" has the column as `name` and the tables in `candidates`; "column-count" has the two counts in `counts` and the
    table in `name`; "incomparable" has the operator as `name`, the operands' types in `candidates` and those that are plain
    columns in `columns`, as "table.column"; "missing-type" the type as `name`.
    """

    kind: Literal["syntax", "ambiguous", "column-count", "incomparable", "missing-type"]
    start: int
    end: int
    message: str = ""
    name: str = ""
    candidates: tuple[str, ...] = ()
    counts: tuple[int, int] = (0, 0)
    columns: tuple[str, ...] = ()


class Statement(Struct, frozen=True):
    """`columns` is None where the result's shape is unknown (`SELECT *` over an open table).

    `writes` are what it does to tables, those of data-modifying CTEs too, in the order of the text.
    """

    kind: StatementKind
    references: tuple[SqlReference, ...] = ()
    columns: tuple[OutputColumn, ...] | None = ()
    parameters: tuple[SqlParameter, ...] = ()
    problems: tuple[Problem, ...] = ()
    writes: tuple[Write, ...] = ()
    compared: tuple[Compared, ...] = ()


class Resolution(Struct, frozen=True):
    """`status` is "unresolved" where the text could not be read or no table is known, with `reason`.

    `statements` is empty where nothing could be parsed. `complete` is False where the text has holes.
    """

    statements: tuple[Statement, ...]
    status: Literal["resolved", "partial", "unresolved"]
    reason: str = ""

    @property
    def references(self) -> tuple[SqlReference, ...]:
        return tuple(reference for statement in self.statements for reference in statement.references)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for statement in self.statements for problem in statement.problems)
