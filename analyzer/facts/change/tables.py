"""Tables that come and go, change their names, or are tied to another."""

from msgspec import Struct

from analyzer.facts.clause import (
    CheckClause,
    ColumnClause,
    ForeignKeyClause,
    IndexClause,
    KeyClause,
    LikeClause,
    ObjectName,
)
from analyzer.facts.source import Span


class CreateTable(Struct, frozen=True, tag=True, tag_field="change"):
    """`query` is the text of CREATE TABLE AS; `like` the table that all is copied from; `open` where columns may be unknown.

    `copies` are PostgreSQL's LIKE elements; `of` is the composite type that gives the columns.
    """

    span: Span
    table: ObjectName
    columns: tuple[ColumnClause, ...] = ()
    primary_key: KeyClause | None = None
    unique: tuple[KeyClause, ...] = ()
    foreign_keys: tuple[ForeignKeyClause, ...] = ()
    checks: tuple[CheckClause, ...] = ()
    indexes: tuple[IndexClause, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    query: str | None = None
    like: ObjectName | None = None
    inherits: tuple[ObjectName, ...] = ()
    options: tuple[str, ...] = ()
    open: bool = False
    may: bool = False
    copies: tuple[LikeClause, ...] = ()
    of: ObjectName | None = None


class DropTable(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    if_exists: bool = False
    cascade: bool = False
    may: bool = False


class RenameTable(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    to: ObjectName
    if_exists: bool = False
    may: bool = False


class AlterInheritance(Struct, frozen=True, tag=True, tag_field="change"):
    """INHERIT, NO INHERIT, ATTACH and DETACH PARTITION: `child` is tied to `table`, or is no longer where `detach`."""

    span: Span
    table: ObjectName
    child: ObjectName
    detach: bool = False
    partition: bool = False
    may: bool = False
