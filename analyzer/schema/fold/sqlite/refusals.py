"""SQLite: what it refuses, and what it does otherwise than the others.

What comes in: a schema and a change. What goes out: why SQLite would not run it, or None where it may. Sources: the pages "CREATE TABLE", "ALTER
TABLE", "CREATE INDEX" of SQLite, and its build.c and alter.c. What is not known for certain is not refused. This module does not change schemas.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, DropColumn, RenameColumn
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.routines import CreateTrigger
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.change.views import CreateView, DropView
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold import changing
from analyzer.schema.fold.lookup import TEMPORARY, exact, locate
from analyzer.schema.fold.sqlite.definitions import faults, names_column, untyped
from analyzer.schema.fold.views import is_broken, is_unresolved
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure

_ROWID = frozenset({"rowid", "oid", "_rowid_"})


def refusal(schema: Schema, change: SchemaChange) -> Failure | None:
    """Why SQLite takes no such statement here. What is there already, or missing, is said by the fold itself."""
    match change:
        case CreateTable():
            return _create_table(schema, change)
        case CreateView():
            found = exact(schema, ObjectName(change.view.name, TEMPORARY) if change.temporary else change.view)
            return None if found is not None else _taken_by_index(schema, change.view.name, change.span)
        case AddColumn():
            return _of_table(schema, change.table, change.span, "altered") or _add_column(schema, change)
        case DropColumn():
            return _of_table(schema, change.table, change.span, "altered") or _drop_column(schema, change)
        case RenameColumn():
            return _of_table(schema, change.table, change.span, "altered", virtual=False) or _broken_view(
                replace(schema, settings={}), locate(schema, change.table), change.span
            )
        case RenameTable():
            return _rename_table(schema, change)
        case AddIndex():
            return _add_index(schema, change)
        case DropTable():
            return _wrong_kind(schema, change.table, change.span, "table")
        case DropView():
            return _wrong_kind(schema, change.view, change.span, "view")
        case CreateTrigger():
            return _create_trigger(schema, change)
        case _:
            return None


def _refused(span: Span, message: str, name: str, defined: Span | None = None, what: str = "it") -> Failure:
    return Failure(
        "refused", span, message, name, (defined, f"{what} is created here") if defined is not None else None
    )


def _is_known(schema: Schema, table: Table) -> bool:
    return table.certain and table.closed and not schema.is_tainted(table.name)


def _create_table(schema: Schema, change: CreateTable) -> Failure | None:
    name = change.table.name
    found = exact(schema, ObjectName(name, TEMPORARY) if change.temporary else change.table)
    if found is not None or change.open or change.table.spliced:
        return None
    if change.query is not None:
        broken = is_unresolved(schema, change.query)
        return _refused(change.span, f'the query of table "{name}" reads what is not there', name) if broken else None
    message = next(faults(change), "")
    if message:
        return _refused(change.span, message, name)
    return None if change.temporary else _taken_by_index(schema, name, change.span)


def _taken_by_index(schema: Schema, name: str, span: Span) -> Failure | None:
    for table in schema.tables.values():
        for index in table.indexes:
            if _is_known(schema, table) and index.name and fold(index.name, "sqlite") == fold(name, "sqlite"):
                return _refused(
                    span, f'index "{index.name}" has this name already', name, index.defined, f'index "{index.name}"'
                )
    return None


def _of_table(schema: Schema, name: ObjectName, span: Span, verb: str, *, virtual: bool = True) -> Failure | None:
    """Views and virtual tables have no columns to change."""
    found = locate(schema, name)
    if found is None or not found.certain:
        return None
    if found.kind == "view" or (virtual and "virtual" in found.options):
        kind = "view" if found.kind == "view" else "virtual table"
        return _refused(
            span, f'{kind} "{found.name}" cannot be {verb}', found.name, found.defined, f'{kind} "{found.name}"'
        )
    return None


def _add_column(schema: Schema, change: AddColumn) -> Failure | None:
    table, column = locate(schema, change.table), change.column
    if table is None or table.column(column.name) is not None or column.open:
        return None
    for kind, wrong in (
        ("PRIMARY KEY", column.primary_key),
        ("UNIQUE", column.unique),
        ("STORED", column.generated == "stored"),
    ):
        if wrong:
            message = f'ALTER TABLE adds no {kind} column: "{column.name}" of table "{table.name}"'
            return _refused(change.span, message, f"{table.name}.{column.name}")
    message = untyped(table.options, table.name, column)
    return _refused(change.span, message, f"{table.name}.{column.name}") if message else None


def _drop_column(schema: Schema, change: DropColumn) -> Failure | None:
    table = locate(schema, change.table)
    column = table.column(change.column) if table is not None else None
    # CASCADE is no word of SQLite: a tool that makes the table anew without the column is written down with it.
    if change.cascade:
        return None
    if table is None or column is None or not _is_known(schema, table):
        return None
    what = f'column "{column.name}" of table "{table.name}"'
    user = next(_users(table, column), None)
    if user is not None:
        who, defined = user
        return _refused(change.span, f"{who} depends on {what}", f"{table.name}.{column.name}", defined, who)
    if len(table.columns) == 1:
        return _refused(change.span, f"{what} is its only one", f"{table.name}.{column.name}")
    return _broken_view(schema, table, change.span) or _breaks(schema, table, name=column.name, span=change.span)


def _breaks(schema: Schema, table: Table, *, name: str, span: Span) -> Failure | None:
    """A view that reads a column keeps it."""
    after = changing.drop_column(schema, table, name, span)
    for view in schema.tables.values():
        if (
            view.kind == "view"
            and view.certain
            and mentioned(view.query or "", (name,), "sqlite")
            and is_broken(after, view)
        ):
            message = f'view "{view.name}" depends on column "{name}" of table "{table.name}"'
            return _refused(span, message, f"{table.name}.{name}", view.defined, f'view "{view.name}"')
    return None


def _users(table: Table, column: Column) -> Iterator[tuple[str, Span]]:
    """What keeps a column from being dropped. What stands in the column's own definition goes with it, but for its keys."""
    name = column.name
    if table.primary_key is not None and names_column(table.primary_key.columns, name):
        yield "the primary key", table.primary_key.defined
    for unique in table.unique:
        if names_column(unique.columns, name):
            yield "a unique constraint", unique.defined
    for index in table.indexes:
        texts = [*(index.columns[at] for at in index.expressions), index.where or ""]
        plain = [each for at, each in enumerate(index.columns) if at not in index.expressions]
        if names_column(plain, name) or any(mentioned(text, (name,), "sqlite") for text in texts):
            yield f'index "{index.name}"', index.defined
    for key in table.foreign_keys:
        if names_column(key.columns, name) and not _within(key.defined, column.defined):
            yield "a foreign key", key.defined
    for check in table.checks:
        if mentioned(check.sql, (name,), "sqlite") and not _within(check.defined, column.defined):
            yield "a check", check.defined
    for other in table.columns:
        if (
            other is not column
            and other.generated in ("stored", "virtual")
            and mentioned(other.default or "", (name,), "sqlite")
        ):
            yield f'column "{other.name}"', other.defined

    for trigger in table.triggers:
        if names_column(trigger.rows, name):
            yield f'trigger "{trigger.name}"', trigger.defined


def _within(part: Span, whole: Span) -> bool:
    return part.path == whole.path and whole.start <= part.start and part.end <= whole.end


def _rename_table(schema: Schema, change: RenameTable) -> Failure | None:
    found = locate(schema, change.table)
    if found is None:
        return None
    failure = _of_table(schema, change.table, change.span, "renamed", virtual=False)
    if failure is not None:
        return failure
    taken = exact(schema, ObjectName(change.to.name, found.namespace))
    if taken is not None and taken.certain and not schema.is_tainted(taken.name):
        message = f'{taken.kind} "{taken.name}" already exists'
        return Failure("exists", change.span, message, taken.name, (taken.defined, f"{taken.kind} is created here"))
    return _taken_by_index(schema, change.to.name, change.span) or _broken_view(schema, found, change.span)


def _broken_view(schema: Schema, about: Table | None, span: Span) -> Failure | None:
    """Since 3.25, RENAME and DROP COLUMN read every view and trigger; one that reads what is gone stops them."""
    if schema.settings.get("legacy_alter_table") == "on" or about is None or about.namespace == TEMPORARY:
        return None
    for table in schema.tables.values():
        for trigger in table.triggers if _is_known(schema, table) and table.kind == "table" else ():
            gone = next(
                (name for name in trigger.rows if table.column(name) is None and name.lower() not in _ROWID), None
            )
            if gone is not None:
                message = f'trigger "{trigger.name}" names column "{gone}", which is not there: no table can be altered'
                return _refused(span, message, trigger.name, trigger.defined, f'trigger "{trigger.name}"')
    for view in schema.tables.values():
        if view.kind == "view" and view.certain and not schema.is_tainted(view.name) and is_broken(schema, view):
            message = f'view "{view.name}" reads what is not there: no table can be altered'
            return _refused(span, message, view.name, view.defined, f'view "{view.name}"')
    return None


def _add_index(schema: Schema, change: AddIndex) -> Failure | None:
    failure = _of_table(schema, change.table, change.span, "indexed")
    if failure is not None:
        return failure
    table, taken = locate(schema, change.table), exact(schema, ObjectName(change.index.name, change.table.namespace))
    texts = [*(change.index.columns[at] for at in change.index.expressions), change.index.where or ""]
    if table is not None and _is_known(schema, table) and table.namespace != TEMPORARY:
        for text in filter(None, texts):
            if is_unresolved(schema, f'SELECT {text} FROM "{table.name}"'):
                return _refused(
                    change.span, f'an expression names a column that table "{table.name}" has not', table.name
                )
    if (
        table is None
        or taken is None
        or not taken.certain
        or schema.is_tainted(taken.name)
        or table.namespace == TEMPORARY
    ):
        return None
    message = f'{taken.kind} "{taken.name}" has this name already'
    return _refused(change.span, message, change.index.name, taken.defined, f'{taken.kind} "{taken.name}"')


def _wrong_kind(schema: Schema, name: ObjectName, span: Span, kind: str) -> Failure | None:
    found = locate(schema, name)
    if found is None or found.kind == kind or not found.certain:
        return None
    other = "VIEW" if found.kind == "view" else "TABLE"
    return _refused(span, f'"{found.name}" is a {found.kind}: DROP {other} drops it', found.name, found.defined)


def _create_trigger(schema: Schema, change: CreateTrigger) -> Failure | None:
    for table in schema.tables.values():
        for trigger in table.triggers:
            if (
                fold(trigger.name, "sqlite") == fold(change.name, "sqlite")
                and not change.if_not_exists
                and table.certain
            ):
                related = (trigger.defined, f'trigger "{trigger.name}" is created here')
                return Failure("exists", change.span, f'trigger "{trigger.name}" already exists', trigger.name, related)
    return None
