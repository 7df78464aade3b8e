"""Columns of a table that is there."""

from msgspec import Struct

from analyzer.facts.clause import ColumnClause, ObjectName
from analyzer.facts.source import Span


class AddColumn(Struct, frozen=True, tag=True, tag_field="change"):
    """`after` names the column in front of it in MySQL, "" for FIRST."""

    span: Span
    table: ObjectName
    column: ColumnClause
    if_not_exists: bool = False
    if_table_exists: bool = False
    may: bool = False
    after: str | None = None


class DropColumn(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    column: str
    if_exists: bool = False
    cascade: bool = False
    may: bool = False


class RenameColumn(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    column: str
    to: str
    may: bool = False


class AlterColumn(Struct, frozen=True, tag=True, tag_field="change"):
    """What is None stays as it is; a `type` of "" is not known. `drop_default` takes the default away; `using` is the text after USING.

    `generated` as in ColumnClause; "" takes the identity or expression away (`if_exists`: where there is one). `collation` belongs to `type`.
    `after` as of AddColumn.
    """

    span: Span
    table: ObjectName
    column: str
    type: str | None = None
    not_null: bool | None = None
    default: str | None = None
    drop_default: bool = False
    generated: str | None = None
    using: str | None = None
    may: bool = False
    collation: str = ""
    if_exists: bool = False
    after: str | None = None
