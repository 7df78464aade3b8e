"""Indexes and constraints appear, disappear, and change their names.

What comes in: a schema and one change of a key, constraint or index. What goes out: the schema after, and a Failure or None. What a
foreign key points at is not looked at: a rule of its own does. This module does not know data.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Check, ForeignKey, Index, Key, Schema, Table, fold
from analyzer.facts.change import (
    AddConstraint,
    AddIndex,
    AlterInheritance,
    DropConstraint,
    DropIndex,
    RenameConstraint,
    RenameIndex,
    ValidateConstraint,
)
from analyzer.facts.clause import KeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.dependents import LOOSE, holder_of_key, without_keys
from analyzer.schema.fold.failures import column_missing, constraint_exists, missing, two_keys
from analyzer.schema.fold.inheritance import attached, detached, gained, lost
from analyzer.schema.fold.keys import supported
from analyzer.schema.fold.lookup import children, locate, same, with_table
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]

# Columns every PostgreSQL table has, and the names of SQLite's rowid.
_SYSTEM = {
    "postgres": frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"}),
    "sqlite": frozenset({"rowid", "oid", "_rowid_"}),
    "mysql": frozenset[str](),
}


def _lacking(schema: Schema, table: Table, columns: tuple[str, ...], span: Span) -> Failure | None:
    """The first of some columns that a table does not have."""
    for column in columns:
        if table.column(column) is None and column.lower() not in _SYSTEM[schema.dialect]:
            return column_missing(schema, table, column, span)
    return None


def add_constraint(schema: Schema, change: AddConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    if change.if_not_exists and _is_there(table, change):
        return schema, None
    columns = _columns(change)
    failure = _lacking(schema, table, columns, change.span)
    if failure is not None:
        return schema, failure
    failure = _doubled(schema, table, change) if schema.dialect == "postgres" else None
    if failure is not None:
        return schema, failure
    after = _constrained(schema, table, change)
    return _followed(with_table(schema, after), table, after), None


def _is_there(table: Table, change: AddConstraint) -> bool:
    clause = change.unique or change.foreign_key or change.check
    if clause is None:
        return table.primary_key is not None
    named: tuple[Key | ForeignKey | Check | Index, ...] = (*table.unique, *table.foreign_keys, *table.checks, *table.indexes)
    return bool(clause.name) and clause.name.lower() in {key.name.lower() for key in named}


def _followed(schema: Schema, before: Table, after: Table) -> Schema:
    """Children follow their parent."""
    for child in children(schema, after):
        now = gained(schema, before, after, child)
        schema = _followed(with_table(schema, now), child, now)
    return schema


def _doubled(schema: Schema, table: Table, change: AddConstraint) -> Failure | None:
    """A second primary key, or a constraint of a name that is there."""
    if change.primary_key is not None and table.primary_key is not None:
        return two_keys(schema, table, change.span)
    clause = change.primary_key or change.unique or change.foreign_key or change.check
    name = clause.name if clause is not None else ""
    keys = (*table.unique, *table.foreign_keys, *table.checks, *((table.primary_key,) if table.primary_key else ()))
    for key in keys:
        if name and key.name == name:
            return constraint_exists(schema, table, name, key.defined, change.span)
    if name and (change.primary_key or change.unique) and not change.using_index:
        found = owner(schema, ObjectName(name), table)
        return _index_exists(schema, found[0], found[1], change.span) if found is not None else None
    return None


def _columns(change: AddConstraint) -> tuple[str, ...]:
    clause = change.primary_key or change.unique or change.foreign_key
    return clause.columns if clause is not None else ()


def _constrained(schema: Schema, table: Table, change: AddConstraint) -> Table:
    if change.using_index:
        table, change = _take_index(schema, table, change)
    if change.primary_key is not None:
        return making.add_primary_key(table, change.primary_key, schema)
    if change.unique is not None:
        return _supported(schema, making.add_unique(table, change.unique, schema))
    if change.foreign_key is not None:
        table = making.add_foreign_key(table, change.foreign_key, schema)
        return _supported(schema, table, table.foreign_keys[-1:])
    return making.add_check(table, change.check, schema) if change.check is not None else table


def _supported(schema: Schema, table: Table, fresh: tuple[ForeignKey, ...] = ()) -> Table:
    return supported(schema, table, fresh) if schema.dialect == "mysql" else table


def _take_index(schema: Schema, table: Table, change: AddConstraint) -> tuple[Table, AddConstraint]:
    """ADD ... USING INDEX: the index becomes the key, and takes its name where one is given."""
    found = next((index for index in table.indexes if same(index.name, change.using_index, schema)), None)
    if found is None:
        return table, change
    table = replace(table, indexes=tuple(index for index in table.indexes if index is not found))
    clause = change.primary_key or change.unique
    key = KeyClause(change.span, found.columns, (clause.name if clause else "") or found.name)
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
        unknown = not change.if_exists and schema.dialect == "postgres" and LOOSE not in table.options
        return (with_table(schema, replace(table, options=(*table.options, LOOSE))) if unknown else schema), None
    if schema.dialect == "postgres":
        gone = next(iter({*_keys(table)} - {*_keys(left)}), ())
        failure = holder_of_key(schema, table, gone, "", change.span) if gone and not change.cascade else None
        if failure is not None:
            return schema, failure
        schema = without_keys(schema, table, gone) if gone else schema
        left = changing.drop_constraint(locate(schema, change.table) or table, change.name, change.kind, schema) or left
    return _unfollowed(with_table(schema, left), table, left), None


def _keys(table: Table) -> tuple[tuple[str, ...], ...]:
    primary = (table.primary_key.columns,) if table.primary_key is not None else ()
    return (*primary, *(key.columns for key in table.unique))


def _unfollowed(schema: Schema, before: Table, after: Table) -> Schema:
    """Children lose what their parent lost."""
    for child in children(schema, after):
        now = lost(before, after, child)
        schema = _unfollowed(with_table(schema, now), child, now)
    return schema


def rename_constraint(schema: Schema, change: RenameConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
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
    checks = tuple(replace(check, valid=True) if same(check.name, change.name, schema) else check for check in table.checks)
    foreign = tuple(replace(key, valid=True) if same(key.name, change.name, schema) else key for key in table.foreign_keys)
    return with_table(schema, replace(table, checks=checks, foreign_keys=foreign)), None


def alter_inheritance(schema: Schema, change: AlterInheritance) -> Folded:
    parent, child = locate(schema, change.table), locate(schema, change.child)
    if parent is None or child is None:
        return schema, missing(schema, change.table if parent is None else change.child, change.span)
    if change.detach:
        return with_table(schema, detached(schema, parent, child)), None
    return with_table(schema, attached(schema, parent, child, partition=change.partition)), None


def add_index(schema: Schema, change: AddIndex) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    found = owner(schema, ObjectName(change.index.name), table) if change.index.name else None
    if found is not None:
        return schema, None if change.if_not_exists else _index_exists(schema, table, found[1], change.span)
    plain = tuple(
        column for position, column in enumerate(change.index.columns) if position not in change.index.expressions
    )
    failure = _lacking(schema, table, (*plain, *change.index.include), change.span)
    if failure is not None:
        return schema, failure
    after = _supported(schema, making.add_index(table, change.index, schema))
    schema = with_table(schema, after)
    return (schema if change.only else _followed(schema, table, after)), None


def _index_exists(schema: Schema, table: Table, index: Index | Key, span: Span) -> Failure | None:
    if schema.is_tainted(table.name):
        return None
    related = (index.defined, f'index "{index.name}" is created here')
    return Failure("exists", span, f'index "{index.name}" already exists', index.name, related)


def owner(schema: Schema, name: ObjectName, table: Table | None) -> tuple[Table, Index | Key] | None:
    """The table that has an index of this name, its keys' indexes included. Names are a table's own in MySQL, the schema's elsewhere."""
    if schema.dialect == "mysql" and table is not None:
        candidates: tuple[Table, ...] = (table,)
    elif table is not None:
        candidates = tuple(other for other in schema.tables.values() if other.namespace == table.namespace)
    else:
        candidates = tuple(schema.tables.values())
    for candidate in candidates:
        owned: tuple[Index | Key, ...] = (*candidate.indexes, *candidate.unique)
        for index in owned:
            if index.name and fold(index.name, schema.dialect) == fold(name.name, schema.dialect):
                return candidate, index
    return None


def drop_index(schema: Schema, change: DropIndex) -> Folded:
    table = locate(schema, change.table) if change.table is not None else None
    found = owner(schema, change.index, table)
    if found is None:
        return schema, None if change.if_exists or schema.tainted else _index_missing(schema, change)
    if change.may:
        return schema, None
    holder, index = found
    holder = replace(
        holder,
        indexes=tuple(other for other in holder.indexes if other is not index),
        unique=tuple(other for other in holder.unique if other is not index),
    )
    return _unfollowed(with_table(schema, holder), found[0], holder), None


def _index_missing(schema: Schema, change: DropIndex) -> Failure | None:
    """MySQL makes an index for a foreign key, and drops one it no longer needs: there nothing is certain."""
    if schema.dialect == "mysql" or any(not table.closed for table in schema.tables.values()):
        return None
    return Failure("missing", change.span, f'index "{change.index.name}" does not exist', change.index.name)


def rename_index(schema: Schema, change: RenameIndex) -> Folded:
    """A key's index too: the constraint has its name."""
    table = locate(schema, change.table) if change.table is not None else None
    for candidate in tuple(schema.tables.values()) if table is None else (table,):
        renamed = changing.rename_index(candidate, change.index.name, change.to, schema)
        if renamed != candidate:
            return with_table(schema, renamed), None
    return schema, None
