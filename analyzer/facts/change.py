"""Schema changes as data: what one statement of a migration does, with names already folded as the dialect folds them.

Each change knows the bytes it came from. `may` is True where it need not happen (IF [NOT] EXISTS is a property of its own: the
statement runs, and does nothing when the object is there). This module does not know whether a change can succeed.
"""

from typing import Literal

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


class AlterInheritance(Struct, frozen=True, tag=True, tag_field="change"):
    """INHERIT, NO INHERIT, ATTACH and DETACH PARTITION: `child` is tied to `table`, or is no longer where `detach`."""

    span: Span
    table: ObjectName
    child: ObjectName
    detach: bool = False
    partition: bool = False
    may: bool = False


class RenameConstraint(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    name: str
    to: str
    may: bool = False


class AddIndex(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    index: IndexClause
    if_not_exists: bool = False
    concurrently: bool = False
    may: bool = False
    only: bool = False


class DropIndex(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is set where the dialect names it (MySQL)."""

    span: Span
    index: ObjectName
    table: ObjectName | None = None
    if_exists: bool = False
    concurrently: bool = False
    may: bool = False


class RenameIndex(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is set where the dialect names it (MySQL)."""

    span: Span
    index: ObjectName
    to: str
    may: bool = False
    table: ObjectName | None = None


class CreateView(Struct, frozen=True, tag=True, tag_field="change"):
    """`columns` is empty where the query names them."""

    span: Span
    view: ObjectName
    query: str
    columns: tuple[str, ...] = ()
    replace: bool = False
    if_not_exists: bool = False
    materialized: bool = False
    temporary: bool = False
    may: bool = False


class DropView(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    view: ObjectName
    if_exists: bool = False
    cascade: bool = False
    may: bool = False


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


# What statements that a routine puts together while it runs may do: to indexes and constraints alone, make tables, or change the shape of any.
DynamicEffect = Literal["", "keys", "tables", "shapes"]


class RoutineCall(Struct, frozen=True):
    """A call of a stored function or procedure; `literals` are the strings among its arguments, of a qualified name the last part."""

    name: str
    literals: tuple[str, ...] = ()


class CreateFunction(Struct, frozen=True, tag=True, tag_field="change"):
    """A function or procedure. `fills` are the columns of the new row that its body assigns, "*" where nobody knows which, `effect` what its dynamic SQL may do."""

    span: Span
    function: ObjectName
    fills: tuple[str, ...] = ()
    effect: DynamicEffect = ""
    may: bool = False


class CreateTrigger(Struct, frozen=True, tag=True, tag_field="change"):
    """A trigger. `before_insert` is True where it runs for each new row before it is kept: then what it fills need not be given.
    `before_update` is True where it runs so for each changed row.

    `function` is what it calls (PostgreSQL); `fills` are the columns that its own body assigns (MySQL).
    `rows` are the columns of NEW and OLD that it names.
    """

    span: Span
    table: ObjectName
    name: str
    before_insert: bool = False
    function: ObjectName | None = None
    fills: tuple[str, ...] = ()
    replace: bool = False
    if_not_exists: bool = False
    may: bool = False
    rows: tuple[str, ...] = ()
    before_update: bool = False


class DropTrigger(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is None where the dialect does not name it."""

    span: Span
    name: str
    table: ObjectName | None = None
    if_exists: bool = False
    may: bool = False


class RenameNamespace(Struct, frozen=True, tag=True, tag_field="change"):
    """ALTER SCHEMA ... RENAME TO."""

    span: Span
    namespace: str
    to: str
    may: bool = False


class DropNamespace(Struct, frozen=True, tag=True, tag_field="change"):
    """DROP SCHEMA: with `cascade`, all that is in it goes too."""

    span: Span
    namespace: str
    cascade: bool = False
    if_exists: bool = False
    may: bool = False


class DataStatement(Struct, frozen=True, tag=True, tag_field="change"):
    """SELECT, INSERT, UPDATE, DELETE, TRUNCATE ... inside a migration: changes no schema, may fail on it. `sql` is its exact text.

    `table` is what it writes to, None where it only reads or the target is not plain; `columns` are those that an UPDATE assigns or an INSERT
    names; `all_rows` is True for an UPDATE or DELETE without WHERE, and for TRUNCATE. `calls` are the routines that a SELECT or CALL runs, as far as
    their arguments may name an object.
    """

    span: Span
    sql: str
    verb: Literal["select", "insert", "update", "delete", "call", "other"] = "other"
    table: ObjectName | None = None
    columns: tuple[str, ...] = ()
    all_rows: bool = False
    calls: tuple[RoutineCall, ...] = ()
    may: bool = False


class SetSearchPath(Struct, frozen=True, tag=True, tag_field="change"):
    """SET search_path: what names no namespace is made in the first of these; () is the database's own path."""

    span: Span
    namespaces: tuple[str, ...]
    may: bool = False


class NoEffect(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement that is understood and changes no table: COMMENT, GRANT, SET, PRAGMA, CREATE FUNCTION, BEGIN ...

    `setting` is a name in lower case and its value: of a PRAGMA or a SET that later definitions ask. `savepoint` is the name that SAVEPOINT, RELEASE
    and ROLLBACK TO give, in lower case.
    """

    span: Span
    keyword: str
    may: bool = False
    setting: tuple[str, str] | None = None
    savepoint: str = ""


class Opaque(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement nobody understood. `touches` are the names it mentions, which become tainted; ("*",) taints every name.

    `reason` says why, for people.
    """

    span: Span
    text: str
    touches: tuple[str, ...]
    reason: str = ""
    may: bool = False


class Broken(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement that the dialect cannot parse, and that is no dialect's. `message` says where and why."""

    span: Span
    text: str
    message: str
    touches: tuple[str, ...] = ()
    may: bool = False


SchemaChange = (
    CreateTable
    | DropTable
    | RenameTable
    | AddColumn
    | DropColumn
    | RenameColumn
    | AlterColumn
    | AddConstraint
    | DropConstraint
    | RenameConstraint
    | ValidateConstraint
    | AlterInheritance
    | AddIndex
    | DropIndex
    | RenameIndex
    | CreateView
    | DropView
    | CreateEnum
    | AddEnumValue
    | RenameEnumValue
    | CreateDomain
    | AlterDomain
    | AlterComposite
    | RenameType
    | DropType
    | CreateFunction
    | CreateTrigger
    | DropTrigger
    | RenameNamespace
    | DropNamespace
    | DataStatement
    | SetSearchPath
    | NoEffect
    | Opaque
    | Broken
)
