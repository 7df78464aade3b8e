"""Constraints appear, disappear, and change their names; tables get and lose parents.

What comes in: a schema and one change of a constraint or of a tie between tables. What goes out: the schema after, and a Failure or None. What a
foreign key points at is not looked at: a rule of its own does. This module does not know data.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Check, ForeignKey, Key, Table
from analyzer.facts.change.constraints import AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint
from analyzer.facts.change.tables import AlterInheritance
from analyzer.facts.clause import KeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.dependents import holder_of_key, without_keys
from analyzer.schema.fold.failures import constraint_exists, missing, two_keys
from analyzer.schema.fold.indexes import followed, index_exists, lacking, owned_already, owner, unfollowed, with_support
from analyzer.schema.fold.lookup import children, locate, same, with_table
from analyzer.schema.fold.postgres.inheritance import attached, detached
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def add_constraint(schema: Schema, change: AddConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    if change.if_not_exists and _is_there(table, change):
        return schema, None
    columns = _columns(change)
    failure = lacking(schema, table, columns, change.span)
    if failure is not None:
        return schema, failure
    failure = _doubled(schema, table, change) if schema.dialect == "postgres" else None
    if failure is not None:
        return schema, failure
    after = _constrained(schema, table, change)
    return followed(with_table(schema, after), table, after), None


def _is_there(table: Table, change: AddConstraint) -> bool:
    clause = change.unique or change.foreign_key or change.check
    if clause is None:
        return table.primary_key is not None
    names = {key.name.lower() for key in _constraints(table)} | {index.name.lower() for index in table.indexes}
    return bool(clause.name) and clause.name.lower() in names


def _doubled(schema: Schema, table: Table, change: AddConstraint) -> Failure | None:
    """A second primary key, or a constraint of a name that is there."""
    if change.primary_key is not None and table.primary_key is not None:
        return two_keys(schema, table, change.span)
    clause = change.primary_key or change.unique or change.foreign_key or change.check
    name = clause.name if clause is not None else ""
    failure = named_already(schema, table, (name,), change.span)
    if failure is not None:
        return failure
    if name and (change.primary_key or change.unique) and not change.using_index:
        found = owner(schema, ObjectName(name), table)
        return owned_already(schema, found[0], found[1], change.span) if found is not None else None
    return None


def named_already(schema: Schema, table: Table, names: Iterable[str], span: Span) -> Failure | None:
    """A constraint of one of these names is there."""
    known = {key.name: key for key in _constraints(table)}
    for name in names:
        if name and name in known:
            return constraint_exists(schema, table, name, known[name].defined, span)
    return None


def _constraints(table: Table) -> tuple[Key | ForeignKey | Check, ...]:
    return (*_carried(table), *table.foreign_keys, *table.checks)


def _carried(table: Table) -> tuple[Key, ...]:
    """The constraints that an index carries."""
    return (*table.unique, *(() if table.primary_key is None else (table.primary_key,)))


def _columns(change: AddConstraint) -> tuple[str, ...]:
    clause = change.primary_key or change.unique or change.foreign_key
    return clause.columns if clause is not None else ()


def _constrained(schema: Schema, table: Table, change: AddConstraint) -> Table:
    if change.using_index:
        table, change = _take_index(schema, table, change)
    if change.primary_key is not None:
        return making.add_primary_key(table, change.primary_key, schema)
    if change.unique is not None:
        return with_support(schema, making.add_unique(table, change.unique, schema))
    if change.foreign_key is not None:
        table = making.add_foreign_key(table, change.foreign_key, schema)
        return with_support(schema, table, table.foreign_keys[-1:])
    return making.add_check(table, change.check, schema) if change.check is not None else table


def _take_index(schema: Schema, table: Table, change: AddConstraint) -> tuple[Table, AddConstraint]:
    """ADD ... USING INDEX: the index becomes the key, and takes its name where one is given."""
    found = next((index for index in table.indexes if same(index.name, change.using_index, schema)), None)
    if found is None:
        return table, change
    table = replace(table, indexes=tuple(index for index in table.indexes if index is not found))
    clause = change.primary_key or change.unique
    name = (clause.name if clause else "") or found.name
    key = KeyClause(change.span, found.columns, name, found.nulls_distinct)
    if change.primary_key is not None:
        return table, replace(change, primary_key=key)
    return table, replace(change, unique=key)


def drop_constraint(schema: Schema, change: DropConstraint) -> Folded:
    """A constraint nobody knows by its name is no failure: engines name them by rules that differ between versions."""
    table = locate(schema, change.table)
    if table is None:
        return schema, None if change.if_exists else missing(schema, change.table, change.span)
    left = None if change.may else changing.drop_constraint(table, change.name, change.kind, schema)
    if left is None:
        unknown = (change.may or not change.if_exists) and schema.dialect == "postgres" and LOOSE not in table.options
        return (with_table(schema, replace(table, options=(*table.options, LOOSE))) if unknown else schema), None
    if schema.dialect == "postgres":
        gone = next(iter({*_keys(table)} - {*_keys(left)}), ())
        failure = holder_of_key(schema, table, gone, "", change.span) if gone and not change.cascade else None
        if failure is not None:
            return schema, failure
        schema = without_keys(schema, table, gone) if gone else schema
        left = changing.drop_constraint(locate(schema, change.table) or table, change.name, change.kind, schema) or left
    return unfollowed(with_table(schema, left), table, left), None


def _keys(table: Table) -> tuple[tuple[str, ...], ...]:
    primary = (table.primary_key.columns,) if table.primary_key is not None else ()
    return (*primary, *(key.columns for key in table.unique))


def rename_constraint(schema: Schema, change: RenameConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    taken = (
        next((key for key in _constraints(table) if key.name == change.to), None)
        if schema.dialect == "postgres"
        else None
    )
    if taken is not None and change.to != change.name:
        return schema, constraint_exists(schema, table, change.to, taken.defined, change.span)
    if schema.dialect == "postgres" and any(key.name == change.name for key in _carried(table)):
        failure = index_exists(schema, change.to, table.namespace, change.span)
        if failure is not None:
            return schema, failure
    renamed = changing.rename_constraint(table, change.name, change.to, schema)
    schema = with_table(schema, renamed)
    for child in children(schema, renamed):
        checks = tuple(
            replace(check, name=change.to) if same(check.name, change.name, schema) and check in table.checks else check
            for check in child.checks
        )
        schema = with_table(schema, replace(child, checks=checks))
    return schema, None


def validate(schema: Schema, change: ValidateConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    checks = tuple(
        replace(check, valid=True) if same(check.name, change.name, schema) else check for check in table.checks
    )
    foreign = tuple(
        replace(key, valid=True) if same(key.name, change.name, schema) else key for key in table.foreign_keys
    )
    return with_table(schema, replace(table, checks=checks, foreign_keys=foreign)), None


def alter_inheritance(schema: Schema, change: AlterInheritance) -> Folded:
    parent, child = locate(schema, change.table), locate(schema, change.child)
    if parent is None or child is None:
        return schema, missing(schema, change.table if parent is None else change.child, change.span)
    if change.detach:
        return with_table(schema, detached(schema, parent, child)), None
    return with_table(schema, attached(schema, parent, child, partition=change.partition)), None
