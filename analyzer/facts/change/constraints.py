"""Keys and checks of a table that is there."""

from typing import Literal

from msgspec import Struct

from analyzer.facts.clause import CheckClause, ForeignKeyClause, KeyClause, ObjectName
from analyzer.facts.source import Span


class AddConstraint(Struct, frozen=True, tag=True, tag_field="change"):
    """Exactly one of the clauses is set. `using_index` names an existing index that becomes the key."""

    span: Span
    table: ObjectName
    primary_key: KeyClause | None = None
    unique: KeyClause | None = None
    foreign_key: ForeignKeyClause | None = None
    check: CheckClause | None = None
    using_index: str = ""
    may: bool = False
    if_not_exists: bool = False


class DropConstraint(Struct, frozen=True, tag=True, tag_field="change"):
    """`name` is "" for MySQL's DROP PRIMARY KEY."""

    span: Span
    table: ObjectName
    name: str
    kind: Literal["any", "primary", "foreign", "check"] = "any"
    if_exists: bool = False
    cascade: bool = False
    may: bool = False


class ValidateConstraint(Struct, frozen=True, tag=True, tag_field="change"):
    """VALIDATE CONSTRAINT: rows that are there satisfy it from here on."""

    span: Span
    table: ObjectName
    name: str
    may: bool = False


class RenameConstraint(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    name: str
    to: str
    may: bool = False
