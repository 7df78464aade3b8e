"""The fold: one change after another onto a schema, and what cannot succeed.

What comes in: a schema and a change, or migrations in order. What goes out: the schema after, and a Failure where the step cannot
succeed at its place. A failure is said only of what is known for certain: nothing a step nobody could read mentions is accused. This
module does not know files.
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change import SchemaChange
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
from analyzer.facts.migration import Migration
from analyzer.facts.source import Dialect
from analyzer.facts.text import Text
from analyzer.schema.base import has_external_base
from analyzer.schema.fold import (
    columns,
    constraints,
    indexes,
    namespaces,
    routines,
    sessions,
    tables,
    types,
)
from analyzer.schema.fold.judging import is_meant, judge
from analyzer.schema.fold.lookup import TEMPORARY, exact
from analyzer.schema.fold.mysql.refusals import refusal as mysql_refusal
from analyzer.schema.fold.postgres.paths import resolved
from analyzer.schema.fold.sqlite.refusals import refusal as sqlite_refusal
from analyzer.schema.fold.subjects import is_loose, relation, table_before, with_loose
from analyzer.schema.fold.union import nameless, unite
from analyzer.schema.fold.views import refresh_views
from analyzer.schema.history import Failure, Step
from analyzer.sql.ddl.read import read_changes

Folded = tuple[Schema, Failure | None]
Read = list[tuple[Migration, tuple[SchemaChange, ...]]]


def apply(schema: Schema, change: SchemaChange) -> Folded:
    """The schema after a change. A change that fails leaves the schema as it was; one that only may happen never fails."""
    if change.may and isinstance(change, CreateTable | RenameTable):
        return unite(schema, change), None
    refused = _refusal(schema, change) if not change.may and not is_loose(schema, change) else None
    if refused is not None:
        return schema, refused
    after, failure = _apply(schema, resolved(schema, change) if schema.search_path else change)
    name = relation(change)
    if failure is not None and name is not None and name.spliced:
        return replace(after, tainted=after.tainted | {f"*{fold(name.name, schema.dialect)}"}), None
    if change.may:
        return with_loose(after, change), None
    return after, None if is_loose(schema, change) else failure


def _refusal(schema: Schema, change: SchemaChange) -> Failure | None:
    if schema.dialect == "sqlite":
        return sqlite_refusal(schema, change)
    return mysql_refusal(schema, change) if schema.dialect == "mysql" else None


def _apply(schema: Schema, change: SchemaChange) -> Folded:
    match change:
        case CreateTable():
            return tables.create_table(schema, change)
        case DropTable():
            return tables.drop(schema, change, change.table, "table")
        case RenameTable():
            return tables.rename(schema, change)
        case CreateView():
            return tables.create_view(schema, change)
        case DropView():
            return tables.drop(schema, change, change.view, "view")
        case AddColumn():
            return columns.add(schema, change)
        case DropColumn():
            return columns.drop(schema, change)
        case RenameColumn():
            return columns.rename(schema, change)
        case AlterColumn():
            return columns.alter(schema, change)
        case AddConstraint():
            return constraints.add_constraint(schema, change)
        case DropConstraint():
            return constraints.drop_constraint(schema, change)
        case RenameConstraint():
            return constraints.rename_constraint(schema, change)
        case ValidateConstraint():
            return constraints.validate(schema, change)
        case AlterInheritance():
            return constraints.alter_inheritance(schema, change)
        case AddIndex():
            return indexes.add_index(schema, change)
        case DropIndex():
            return indexes.drop_index(schema, change)
        case RenameIndex():
            return indexes.rename_index(schema, change)
        case (
            CreateEnum()
            | AddEnumValue()
            | RenameEnumValue()
            | CreateDomain()
            | AlterDomain()
            | AlterComposite()
            | RenameType()
            | DropType()
        ):
            return types.apply(schema, change)
        case CreateFunction():
            return routines.create_function(schema, change)
        case CreateTrigger():
            return routines.create_trigger(schema, change)
        case DropTrigger():
            return routines.drop_trigger(schema, change)
        case RenameNamespace():
            return namespaces.rename(schema, change)
        case DropNamespace():
            return namespaces.drop(schema, change)
        case SetSearchPath(namespaces=path):
            plain = all(name in schema.default_namespaces for name in path)
            return replace(schema, search_path=() if plain else path), None
        case DataStatement():
            return routines.call(schema, change)
        case NoEffect():
            return sessions.apply(schema, change), None
        case Opaque():
            touched = (name if name == "*" else fold(name, schema.dialect) for name in change.touches)
            return replace(schema, tainted=schema.tainted | frozenset(touched)), None
        case Broken():
            return schema, Failure("syntax", change.span, change.message)
        case _:
            assert_never(change)


def read_migrations(migrations: Iterable[Migration], dialect: Dialect) -> Read:
    """The changes of every migration that its tool runs."""
    return [
        (
            migration,
            tuple(change for at, text in enumerate(migration.up) for change in _read(migration, at, text, dialect)),
        )
        for migration in migrations
        if migration.registered
    ]


def _read(migration: Migration, at: int, text: Text, dialect: Dialect) -> tuple[SchemaChange, ...]:
    """The changes of one text; what need not run, or fails without a trace, only may happen."""
    changes = read_changes(text, dialect)
    may = at in migration.guarded or at in migration.caught
    return tuple(replace(change, may=True) for change in changes) if may else changes


class Replay(Struct, frozen=True):
    """`schema` is what a new database has; `whole` what it would have if no step stopped the runner. `altering` is True where it begins by altering
    tables that it did not make.
    """

    schema: Schema
    whole: Schema
    steps: tuple[Step, ...]
    altering: bool = False


def replay(migrations: Iterable[Migration], dialect: Dialect, name: str, base: Schema | None = None) -> Replay:
    """The schema that the up texts build one after another, on an empty one or on `base`, and what each step did.

    A failed statement is passed over, but where its migration stops: then nothing behind it runs, and is replayed only to find its failures. What
    an engine refuses though all that it names is there is there for what follows, if it makes a table or column: it is one defect.
    """
    read = read_migrations(migrations, dialect)
    whole = base or Schema(name, dialect)
    # What comes behind a migration that nobody has goes on from what that one made.
    altering = base is None and (
        has_external_base(changes for _, changes in read) or any(migration.lost for migration, _ in read)
    )
    if altering:
        whole = replace(whole, tainted=frozenset({"*"}))
    steps: list[Step] = []
    stopped: Schema | None = None
    broken: set[str] = set()
    for migration, changes in read:
        failures: list[Failure] = []
        whole = replace(whole, search_path=())
        reached, before = stopped is None, whole
        about: list[Table | None] = []
        for position, change in enumerate(changes):
            about.append(table_before(whole, change))
            broken |= {fold(name, dialect) for name in change.touches} if isinstance(change, Broken) else set()
            after, failure = apply(whole, change)
            if failure is None:
                failure = judge(whole, after, change, migration, changes[position + 1 :])
                after = after if failure is None or is_meant(change) else whole
            if failure and not _follows(failure, broken, dialect):
                failures.append(failure)
                if stopped is None and migration.stops:
                    stopped = before if migration.transactional else whole
            whole = after
        steps.append(Step(migration, changes, tuple(failures), reached, before, whole, tuple(about)))
    whole = refresh_views(_without_temporary(whole))
    schema = whole if stopped is None else refresh_views(_without_temporary(stopped))
    return Replay(schema, whole, tuple(steps), altering)


def _follows(failure: Failure, broken: set[str], dialect: Dialect) -> bool:
    """What is missing because the statement that should make it is broken is that statement's fault."""
    return failure.kind == "missing" and fold(failure.object.partition(".")[0], dialect) in broken


def _without_temporary(schema: Schema) -> Schema:
    kept = {at: table for at, table in schema.tables.items() if at[0] != TEMPORARY}
    return replace(schema, tables=kept, saved=())


def replay_unordered(files: Iterable[Migration], dialect: Dialect, name: str) -> Replay:
    """Plain schema files, of which nothing says the order: what another file may still make is tried again, and is no failure."""
    read = read_migrations(files, dialect)
    schema, steps, late = Schema(name, dialect), [], []
    for migration, changes in read:
        failures = []
        for change in changes:
            schema, failure = apply(schema, change)
            if isinstance(change, Broken):  # a template of SQL: what it makes may be there
                touched = frozenset(fold(each, dialect) for each in change.touches)
                schema = replace(schema, tainted=schema.tainted | touched)
            if failure is not None and isinstance(change, CreateTable) and exact(schema, change.table) is None:
                schema, _ = apply(schema, nameless(change))
            failures += [failure] if failure is not None and failure.kind == "syntax" else []
            # In a namespace that nothing made yet, a table may be anybody's.
            early = isinstance(change, AddConstraint | AddIndex | AlterColumn) and exact(schema, change.table) is None
            late += [change] if early or (failure is not None and failure.kind == "missing") else []
        steps.append(Step(migration, changes, tuple(failures)))
    for change in late:
        schema, _ = apply(schema, change)
    schema = refresh_views(_without_temporary(schema))
    return Replay(schema, schema, tuple(steps))
