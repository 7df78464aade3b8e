"""What `resolve` says of one text: plain values, offsets in characters of the text that was given.

This module does not know how it is found out.
"""

from typing import Literal

from msgspec import Struct

from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.facts.reference import Role

Status = Literal["resolved", "unresolved", "unknown"]
StatementKind = Literal["select", "insert", "update", "delete", "upsert", "ddl", "other"]


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

    `force` is sqlx's override in the alias: "!" not null, "?" nullable, "" none; `override_type` the type it names.
    """

    name: str
    type: ColumnType = UNKNOWN
    nullable: bool | None = None
    source: str = ""
    force: str = ""
    override_type: str = ""


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


class Problem(Struct, frozen=True):
    """Something wrong with the text itself. `kind`: "syntax", "ambiguous", "column-count".

    "ambiguous" has the column as `name` and the tables in `candidates`; "column-count" has the two counts in `counts` and the
    table in `name`.
    """

    kind: Literal["syntax", "ambiguous", "column-count"]
    start: int
    end: int
    message: str = ""
    name: str = ""
    candidates: tuple[str, ...] = ()
    counts: tuple[int, int] = (0, 0)


class Statement(Struct, frozen=True):
    """`columns` is None where the result's shape is unknown (`SELECT *` over an open table)."""

    kind: StatementKind
    references: tuple[SqlReference, ...] = ()
    columns: tuple[OutputColumn, ...] | None = ()
    parameters: tuple[SqlParameter, ...] = ()
    problems: tuple[Problem, ...] = ()


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
