"""What a change is about: the relation, the table as it is before it, the names of indexes and constraints.

What comes in: a schema and a change. What goes out: names and tables. An index or constraint that only may have come or gone is *loose*: nobody
knows whether its name is taken. This module does not know what changes do.
"""

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.constraints import AddConstraint, DropConstraint, RenameConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.change.namespaces import DropNamespace, RenameNamespace, SetSearchPath
from analyzer.facts.change.routines import CreateFunction
from analyzer.facts.change.statements import Broken, NoEffect, Opaque
from analyzer.facts.change.tables import CreateTable
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
from analyzer.facts.clause import ObjectName
from analyzer.schema.fold import indexes
from analyzer.schema.fold.lookup import exact, locate

_OF_TYPES = (
    AddEnumValue | CreateDomain | AlterDomain | AlterComposite | CreateEnum | RenameEnumValue | RenameType | DropType
)
_OF_NOTHING = SetSearchPath | NoEffect | Opaque | Broken | CreateFunction | RenameNamespace | DropNamespace


def relation(change: SchemaChange) -> ObjectName | None:
    """The relation or type a change is about."""
    if isinstance(change, CreateView | DropView):
        return change.view
    if isinstance(change, _OF_TYPES):
        return change.type
    if isinstance(change, _OF_NOTHING | DropIndex | RenameIndex):
        return None
    return change.table


def table_before(schema: Schema, change: SchemaChange) -> Table | None:
    """The table that a change is about as it is before it."""
    if isinstance(change, DropIndex):
        named = locate(schema, change.table) if change.table is not None else None
        found = indexes.owner(schema, change.index, named)
        return found[0] if found is not None else named
    if isinstance(change, CreateTable | CreateView):
        return exact(schema, change.table if isinstance(change, CreateTable) else change.view)
    name = None if isinstance(change, _OF_TYPES) else relation(change)
    return locate(schema, name) if name is not None else None


def _keys(change: SchemaChange) -> tuple[str, ...]:
    """The names of indexes and constraints that a change makes or takes."""
    match change:
        case AddIndex() | DropIndex():
            return (change.index.name,)
        case RenameIndex(index=index, to=to):
            return index.name, to
        case RenameConstraint(name=name, to=to):
            return name, to
        case DropConstraint(name=name):
            return (name,)
        case AddConstraint():
            clause = change.primary_key or change.unique or change.foreign_key or change.check
            return (clause.name,) if clause is not None else ()
        case _:
            return ()


def is_loose(schema: Schema, change: SchemaChange) -> bool:
    return bool(schema.loose) and any(fold(name, schema.dialect) in schema.loose for name in _keys(change) if name)


def with_loose(schema: Schema, change: SchemaChange) -> Schema:
    """The schema after a change that only may have happened."""
    names = frozenset(fold(name, schema.dialect) for name in _keys(change) if name)
    return replace(schema, loose=schema.loose | names) if names else schema
