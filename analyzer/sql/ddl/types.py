"""Views and types: CREATE, ALTER and DROP of VIEW, TYPE and DOMAIN.

What comes in: a cursor. What goes out: changes. Sources: PostgreSQL's CREATE TYPE, ALTER TYPE, CREATE DOMAIN pages; the CREATE VIEW
pages of the three dialects. This module does not know what a view's query gives.
"""

from msgspec.structs import replace as replaced

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import RenameColumn
from analyzer.facts.change.statements import NoEffect
from analyzer.facts.change.tables import RenameTable
from analyzer.facts.change.types import (
    AddEnumValue,
    AlterComposite,
    AlterDomain,
    CreateDomain,
    CreateEnum,
    DropType,
    RenameEnumValue,
    RenameType,
)
from analyzer.facts.change.views import CreateView, DropView
from analyzer.facts.clause import CheckClause, ColumnClause, ObjectName
from analyzer.sql.ddl.checks import read_check
from analyzer.sql.ddl.columns import names, read_type, skip_marks
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.splices import HOLE
from analyzer.sql.ddl.tables import object_names, read_query

_STOPS = frozenset({"CONSTRAINT", "NOT", "NULL", "CHECK", "COLLATE", "DEFAULT"})


def read_create_view(cursor: Cursor, *, replace: bool) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE [OR REPLACE]; what stands before VIEW says little of shape."""
    temporary = materialized = False
    while not cursor.take("VIEW"):
        temporary = temporary or cursor.sees_any("TEMP", "TEMPORARY")
        materialized = materialized or cursor.sees("MATERIALIZED")
        if cursor.done:
            raise UnreadError("expected VIEW")
        cursor.skip()
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    view = cursor.object_name()
    columns = names(cursor.group()) if cursor.sees("(") else ()
    while not cursor.done and not cursor.sees("AS"):
        cursor.skip()
    cursor.expect("AS")
    query = read_query(cursor)
    return (CreateView(cursor.span(), view, query, columns, replace, if_not_exists, materialized, temporary),)


def read_drop_view(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP [MATERIALIZED] VIEW."""
    if_exists = cursor.take("IF", "EXISTS")
    views = object_names(cursor)
    cascade = cursor.take("CASCADE")
    return tuple(DropView(span, view, if_exists, cascade) for span, view in views)


def read_alter_view(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER [MATERIALIZED] VIEW."""
    if_exists = cursor.take("IF", "EXISTS")
    view = cursor.object_name()
    if cursor.take("RENAME", "TO"):
        return (RenameTable(cursor.span(), view, ObjectName(cursor.name(), view.namespace), if_exists),)
    if cursor.take("SET", "SCHEMA"):
        return (RenameTable(cursor.span(), view, ObjectName(view.name, cursor.name()), if_exists),)
    if cursor.take("RENAME"):
        cursor.take("COLUMN")
        column = cursor.name()
        cursor.expect("TO")
        return (RenameColumn(cursor.span(), view, column, cursor.name()),)
    if cursor.dialect == "mysql":
        columns = names(cursor.group()) if cursor.sees("(") else ()
        cursor.expect("AS")
        return (CreateView(cursor.span(), view, read_query(cursor), columns, replace=True),)
    return (NoEffect(cursor.span(), "ALTER VIEW"),)


def read_create_type(cursor: Cursor, *, replace: bool = False) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE TYPE. IF NOT EXISTS and OR REPLACE are no SQL: so libraries are written down that look first, or that
    turn a type's columns over to a new one.
    """
    looks = cursor.take("IF", "NOT", "EXISTS")
    type_ = cursor.object_name()
    if cursor.take("AS", "ENUM"):
        values = tuple(item.string() for item in cursor.group().items())
        if any(HOLE in value for value in values):
            return (CreateDomain(cursor.span(), type_, ""),)
        return (CreateEnum(cursor.span(), type_, values, if_not_exists=looks, replaces=replace),)
    if cursor.take("AS") and cursor.sees("("):
        attributes = tuple(_attribute(item) for item in cursor.group().items())
        return (CreateDomain(cursor.span(), type_, "", attributes=attributes),)
    return (CreateDomain(cursor.span(), type_, ""),)


def _attribute(cursor: Cursor) -> ColumnClause:
    start, name = cursor.at, cursor.name()
    return ColumnClause(cursor.span(start), name, read_type(cursor))


def read_create_domain(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE DOMAIN."""
    domain = cursor.object_name()
    cursor.take("AS")
    base = read_type(cursor)
    not_null, default, checks = False, None, list[CheckClause]()
    while not cursor.done:
        start = cursor.at
        name = cursor.name() if cursor.take("CONSTRAINT") else ""
        if cursor.take("NOT", "NULL"):
            not_null = True
        elif cursor.take("DEFAULT"):
            default = cursor.until(_STOPS)
        elif cursor.take("COLLATE"):
            cursor.object_name()
        elif cursor.take("CHECK"):
            group = cursor.group()
            checks.append(read_check(group, cursor.span(start, cursor.at), name))
        elif not cursor.take("NULL"):
            raise UnreadError(f"unexpected {cursor.raw()!r}")
    return (CreateDomain(cursor.span(), domain, base, not_null, default, tuple(checks)),)


def read_alter_domain(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER DOMAIN."""
    domain, span = cursor.object_name(), cursor.span()
    start = cursor.at
    if cursor.take("SET", "NOT", "NULL") or cursor.take("DROP", "NOT", "NULL"):
        return (AlterDomain(span, domain, not_null=cursor.word(-3) == "SET"),)
    if cursor.take("SET", "DEFAULT"):
        return (AlterDomain(span, domain, default=cursor.rest()),)
    if cursor.take("DROP", "DEFAULT"):
        return (AlterDomain(span, domain, drop_default=True),)
    if cursor.take("DROP", "CONSTRAINT"):
        cursor.take("IF", "EXISTS")
        return (AlterDomain(span, domain, drop_check=cursor.name()),)
    if cursor.take("RENAME", "CONSTRAINT"):
        name = cursor.name()
        cursor.expect("TO")
        return (AlterDomain(span, domain, rename_check=name, rename_to=cursor.name()),)
    if cursor.take("VALIDATE", "CONSTRAINT"):
        return (AlterDomain(span, domain, validate=cursor.name()),)
    if cursor.take("ADD"):
        name = cursor.name() if cursor.take("CONSTRAINT") else ""
        if cursor.take("NOT", "NULL"):
            return (AlterDomain(span, domain, not_null=True),)
        cursor.expect("CHECK")
        group = cursor.group()
        check = read_check(group, cursor.span(start, cursor.at), name)
        return (AlterDomain(span, domain, check=replaced(check, valid=skip_marks(cursor))),)
    if cursor.take("RENAME", "TO"):
        return (RenameType(span, domain, ObjectName(cursor.name(), domain.namespace)),)
    if cursor.take("SET", "SCHEMA"):
        return (RenameType(span, domain, ObjectName(domain.name, cursor.name())),)
    return (NoEffect(span, "ALTER DOMAIN"),)


def read_alter_type(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER TYPE."""
    type_ = cursor.object_name()
    span = cursor.span()
    if cursor.take("ADD", "VALUE"):
        if_not_exists = cursor.take("IF", "NOT", "EXISTS")
        value = cursor.string()
        before = cursor.string() if cursor.take("BEFORE") else None
        after = cursor.string() if cursor.take("AFTER") else None
        return (AddEnumValue(span, type_, value, if_not_exists, before=before, after=after),)
    if cursor.take("RENAME", "VALUE"):
        value = cursor.string()
        cursor.expect("TO")
        return (RenameEnumValue(span, type_, value, cursor.string()),)
    if cursor.take("RENAME", "ATTRIBUTE"):
        name = cursor.name()
        cursor.expect("TO")
        return (AlterComposite(span, type_, column=name, to=cursor.name()),)
    if cursor.take("RENAME", "TO"):
        return (RenameType(span, type_, ObjectName(cursor.name(), type_.namespace)),)
    if cursor.take("SET", "SCHEMA"):
        return (RenameType(span, type_, ObjectName(type_.name, cursor.name())),)
    if cursor.sees("ADD", "ATTRIBUTE") or cursor.sees("DROP", "ATTRIBUTE") or cursor.sees("ALTER", "ATTRIBUTE"):
        actions = cursor.part(cursor.at, len(cursor.tokens)).items()
        return tuple(_attribute_action(action, type_) for action in actions)
    return (NoEffect(span, "ALTER TYPE"),)


def _attribute_action(action: Cursor, type_: ObjectName) -> SchemaChange:
    if action.take("ADD", "ATTRIBUTE"):
        return AlterComposite(action.span(), type_, add=_attribute(_until_collation(action)))
    if action.take("DROP", "ATTRIBUTE"):
        if_exists = action.take("IF", "EXISTS")
        return AlterComposite(action.span(), type_, drop=action.name(), if_exists=if_exists)
    action.expect("ALTER", "ATTRIBUTE")
    name = action.name()
    action.take("SET", "DATA")
    action.expect("TYPE")
    return AlterComposite(action.span(), type_, column=name, retype=read_type(_until_collation(action)))


def _until_collation(action: Cursor) -> Cursor:
    """CASCADE and RESTRICT may stand behind the type."""
    last = len(action.tokens)
    while last and action.word(last - 1 - action.at) in ("CASCADE", "RESTRICT"):
        last -= 1
    return action.part(action.at, last)


def read_drop_type(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP TYPE or DROP DOMAIN."""
    if_exists = cursor.take("IF", "EXISTS")
    types = object_names(cursor)
    cascade = cursor.take("CASCADE")
    return tuple(DropType(span, type_, if_exists, cascade) for span, type_ in types)
