"""The search path: which namespace a name means that names none.

What comes in: a schema with a search path, and a change as it is written. What goes out: the change with the namespaces that the path gives. What is
made is made in the first namespace; what is meant is the first of its name on the path. This module does not know what changes do.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.statements import NoEffect, Opaque
from analyzer.facts.change.tables import AlterInheritance, CreateTable
from analyzer.facts.change.types import CreateDomain, CreateEnum
from analyzer.facts.change.views import CreateView, DropView
from analyzer.facts.clause import ForeignKeyClause, ObjectName
from analyzer.schema.fold.lookup import key


def resolved(schema: Schema, change: SchemaChange) -> SchemaChange:
    """The change with whole names."""
    match change:
        case CreateTable(table=table):
            made = table if change.temporary else _made(schema, table)
            own = tuple(
                replace(column, references=_pointed(schema, column.references)) if column.references else column
                for column in change.columns
            )
            return replace(change, table=made, columns=own, foreign_keys=_all(schema, change.foreign_keys))
        case CreateView(view=view):
            return change if change.temporary else replace(change, view=_made(schema, view))
        case DropView(view=view):
            return replace(change, view=_meant(schema, view))
        case CreateEnum() | CreateDomain():
            return replace(change, type=_made(schema, change.type))
        case AddColumn(column=column) if column.references is not None:
            column = replace(column, references=_pointed(schema, column.references))
            return replace(change, table=_meant(schema, change.table), column=column)
        case AddConstraint(foreign_key=key_) if key_ is not None:
            return replace(change, table=_meant(schema, change.table), foreign_key=_pointed(schema, key_))
        case AlterInheritance(child=child):
            return replace(change, table=_meant(schema, change.table), child=_meant(schema, child))
        case NoEffect() | Opaque():
            return change
        case _:
            return _about(schema, change)


def _about(schema: Schema, change: SchemaChange) -> SchemaChange:
    table = getattr(change, "table", None)
    if not isinstance(table, ObjectName):
        return change
    return replace(change, table=_meant(schema, table))


def _made(schema: Schema, name: ObjectName) -> ObjectName:
    return name if name.namespace or name.spliced else replace(name, namespace=schema.search_path[0])


def _meant(schema: Schema, name: ObjectName) -> ObjectName:
    if name.namespace or name.spliced:
        return name
    for namespace in schema.search_path:
        if key(schema, replace(name, namespace=namespace)) in schema.tables:
            return replace(name, namespace=namespace)
    return name


def _pointed(schema: Schema, clause: ForeignKeyClause) -> ForeignKeyClause:
    return replace(clause, target=_meant(schema, clause.target))


def _all(schema: Schema, clauses: Iterable[ForeignKeyClause]) -> tuple[ForeignKeyClause, ...]:
    return tuple(_pointed(schema, clause) for clause in clauses)
