"""Schema changes as data: what one statement of a migration does, with names already folded as the dialect folds them.

Each change knows the bytes it came from. `may` is True where it need not happen (IF [NOT] EXISTS is a property of its own: the
statement runs, and does nothing when the object is there). This package does not know whether a change can succeed.

One module an object: `tables`, `columns`, `constraints`, `indexes`, `views`, `types`, `routines` (with triggers), `namespaces`;
`statements` has what changes no schema and what could not be read. SchemaChange is any of them. What a clause inside of a
statement says is in `facts.clause`.
"""

from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.change.namespaces import DropNamespace, RenameNamespace, SetSearchPath
from analyzer.facts.change.routines import CreateFunction, CreateTrigger, DropTrigger
from analyzer.facts.change.statements import Broken, DataStatement, NoEffect, Opaque
from analyzer.facts.change.tables import AlterInheritance, CreateTable, DropTable, RenameTable
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
