"""Tables and views appear, disappear, and change their names.

What comes in: a schema and one change of a whole relation. What goes out: the schema after, and a Failure or None. This module does
not know columns.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.change.views import CreateView, DropView
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.changing import drop_table, rename_table
from analyzer.schema.fold.dependents import holder_of_table, without_readers
from analyzer.schema.fold.failures import exists, missing
from analyzer.schema.fold.lookup import TEMPORARY, children, exact, locate, with_dropped, with_table, without_table
from analyzer.schema.fold.making import make_table
from analyzer.schema.fold.postgres.refusals import malformed
from analyzer.schema.fold.sqlite.stored import stored_columns
from analyzer.schema.fold.views import make_view, query_columns, reshaped, unread
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def create_table(schema: Schema, change: CreateTable) -> Folded:
    """The first definition wins."""
    name = ObjectName(change.table.name, TEMPORARY) if change.temporary else change.table
    found = exact(schema, name)
    if found is not None and (found.certain or change.may):
        if "prefix" in (name.spliced, found.spliced):
            return with_table(schema, replace(found, closed=False)), None
        return schema, None if change.if_not_exists else exists(schema, name, change.span, found)
    if schema.dialect == "postgres" and not change.may:
        failure = malformed(schema, change)
        if failure is not None:
            return schema, failure
    table = replace(make_table(schema, change), spliced=name.spliced)
    failure = None if change.query is None or change.may else unread(schema, change.query, change.span)
    if failure is not None:
        return schema, failure
    if change.query is not None:
        names = tuple(column.name for column in change.columns)
        columns = (
            stored_columns(schema, change.query, change.span)
            if schema.dialect == "sqlite"
            else query_columns(schema, change.query, change.span, names)
        )
        if columns is not None and schema.dialect == "postgres":
            columns = tuple(replace(column, nullable=True) for column in columns)
        table = replace(table, columns=columns or table.columns, closed=columns is not None)
    return with_table(schema, table), None


def create_view(schema: Schema, change: CreateView) -> Folded:
    view = make_view(schema, change, TEMPORARY if change.temporary else change.view.namespace)
    if schema.dialect == "postgres" and any(read[0] == TEMPORARY for read in view.reads or ()):
        view = replace(view, namespace=TEMPORARY)
    name = ObjectName(change.view.name, TEMPORARY) if view.namespace == TEMPORARY else change.view
    found = exact(schema, name)
    if found is not None and change.may:
        return with_table(schema, replace(found, closed=found.closed and found.kind != "view")), None
    if found is not None and not (change.replace and found.kind == "view"):
        return schema, None if change.if_not_exists else exists(schema, name, change.span, found)
    if schema.dialect == "postgres" and not change.may:
        failure = unread(schema, change.query, change.span) or (
            reshaped(schema, found, view, change.span) if found else None
        )
        if failure is not None:
            return schema, failure
    return with_table(schema, replace(view, certain=False, closed=False) if change.may else view), None


def drop(schema: Schema, change: DropTable | DropView, name: ObjectName, kind: str) -> Folded:
    """A table or a view: engines refuse the wrong word, older ones and MySQL's dumps do not."""
    found = locate(schema, name)
    if found is None:
        return schema, None if change.if_exists else missing(schema, name, change.span, kind)
    if change.may:
        return with_table(schema, replace(found, certain=False)), None
    if schema.dialect == "postgres":
        return _drop_postgres(schema, found, change)
    schema = drop_table(schema, found, change.span)
    return (_drop_dependents(schema, found, change) if change.cascade else schema), None


def _drop_postgres(schema: Schema, found: Table, change: DropTable | DropView) -> Folded:
    """What stands on it goes with CASCADE alone."""
    failure = None if change.cascade else holder_of_table(schema, found, change.span)
    return (schema, failure) if failure is not None else (drop_whole(schema, found, change.span), None)


def drop_whole(schema: Schema, found: Table, span: Span) -> Schema:
    """The table gone with its children and the views that read it."""
    for child in children(schema, found):
        schema = drop_whole(schema, child, span)
    return drop_table(without_readers(schema, found, span), found, span)


def _drop_dependents(schema: Schema, gone: Table, change: DropTable | DropView) -> Schema:
    """CASCADE takes the views along that read the relation."""
    for view in tuple(schema.tables.values()):
        if view.kind == "view" and view.query and mentioned(view.query, (gone.name,), schema.dialect):
            schema = with_dropped(without_table(schema, view), view.name, None, change.span)
            schema = _drop_dependents(schema, view, change)
    return schema


def rename(schema: Schema, change: RenameTable) -> Folded:
    found = locate(schema, change.table)
    if found is None:
        return schema, None if change.if_exists else missing(schema, change.table, change.span)
    to = change.to if change.to.namespace else ObjectName(change.to.name, found.namespace)
    taken = exact(schema, to)
    if taken is not None and taken is not found:
        return schema, exists(schema, to, change.span, taken)
    return rename_table(schema, found, to, change.span), None
