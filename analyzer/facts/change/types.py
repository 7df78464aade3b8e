"""Enumerations, domains and composite types."""

from msgspec import Struct

from analyzer.facts.clause import CheckClause, ColumnClause, ObjectName
from analyzer.facts.source import Span


class CreateEnum(Struct, frozen=True, tag=True, tag_field="change"):
    """`if_not_exists` is what libraries do that look first, `replaces` what they do that turn a type's columns over to a new one: PostgreSQL has
    no words for either.
    """

    span: Span
    type: ObjectName
    values: tuple[str, ...]
    may: bool = False
    if_not_exists: bool = False
    replaces: bool = False


class AddEnumValue(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    type: ObjectName
    value: str
    if_not_exists: bool = False
    may: bool = False
    before: str | None = None
    after: str | None = None


class RenameEnumValue(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    type: ObjectName
    value: str
    to: str
    may: bool = False


class CreateDomain(Struct, frozen=True, tag=True, tag_field="change"):
    """A domain or a composite or range type. `base` is the declared text of a domain's type, "" for the others.

    `attributes` are a composite type's.
    """

    span: Span
    type: ObjectName
    base: str
    not_null: bool = False
    default: str | None = None
    checks: tuple[CheckClause, ...] = ()
    may: bool = False
    attributes: tuple[ColumnClause, ...] = ()


class AlterComposite(Struct, frozen=True, tag=True, tag_field="change"):
    """One attribute of a composite type: `add` comes, `drop` goes, `column` changes its type, or its name to `to`."""

    span: Span
    type: ObjectName
    add: ColumnClause | None = None
    drop: str = ""
    column: str = ""
    retype: str = ""
    to: str = ""
    if_exists: bool = False
    may: bool = False


class AlterDomain(Struct, frozen=True, tag=True, tag_field="change"):
    """What is None stays as it is; a `type` of "" is not known. `drop_default` takes the default away; `check` is added, `drop_check` names one that is dropped."""

    span: Span
    type: ObjectName
    not_null: bool | None = None
    default: str | None = None
    drop_default: bool = False
    check: CheckClause | None = None
    drop_check: str = ""
    may: bool = False
    rename_check: str = ""
    rename_to: str = ""
    validate: str = ""


class RenameType(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    type: ObjectName
    to: ObjectName
    may: bool = False


class DropType(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    type: ObjectName
    if_exists: bool = False
    cascade: bool = False
    may: bool = False
