"""Indexes and constraints appear, disappear, and change their names.

What comes in: a schema and one change of a key, constraint or index. What goes out: the schema after, and a Failure or None. What a
foreign key points at is not looked at: a rule of its own does. This module does not know data.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Index, Key, Schema, Table, fold
from analyzer.facts.change import AddConstraint, AddIndex, DropConstraint, DropIndex, RenameConstraint, RenameIndex
from analyzer.facts.clause import KeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.failures import column_missing, missing
from analyzer.schema.fold.lookup import children, is_settled, key, locate, same, with_table
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
    columns = _columns(change)
    failure = _lacking(schema, table, columns, change.span)
    if failure is not None:
        return schema, failure
    return with_table(schema, _constrained(schema, table, change)), None


def _columns(change: AddConstraint) -> tuple[str, ...]:
    clause = change.primary_key or change.unique or change.foreign_key
    return clause.columns if clause is not None else ()


def _constrained(schema: Schema, table: Table, change: AddConstraint) -> Table:
    if change.using_index:
        table, change = _take_index(schema, table, change)
    if change.primary_key is not None:
        return making.add_primary_key(table, change.primary_key, schema)
    if change.unique is not None:
        return making.add_unique(table, change.unique, schema)
    if change.foreign_key is not None:
        return making.add_foreign_key(table, change.foreign_key, schema)
    return making.add_check(table, change.check, schema) if change.check is not None else table


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
    return (schema if left is None else with_table(schema, left)), None


def rename_constraint(schema: Schema, change: RenameConstraint) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    return with_table(schema, changing.rename_constraint(table, change.name, change.to, schema)), None


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
    schema = with_table(schema, making.add_index(table, change.index, schema))
    for child in children(schema, table):
        if "partition" in child.options:
            schema = with_table(schema, making.add_index(child, replace(change.index, name=""), schema))
    return schema, None


def _index_exists(schema: Schema, table: Table, index: Index | Key, span: Span) -> Failure | None:
    if schema.is_tainted(table.name) or fold(index.name, schema.dialect) in schema.loose:
        return None
    related = (index.defined, f'index "{index.name}" is created here')
    return Failure("exists", span, f'index "{index.name}" already exists', index.name, related)


def owner(schema: Schema, name: ObjectName, table: Table | None) -> tuple[Table, Index | Key] | None:
    """The table that has an index of this name, its keys' indexes included. Names are a table's own in MySQL, the schema's elsewhere."""
    if schema.dialect == "mysql" and table is not None:
        candidates: tuple[Table, ...] = (table,)
    elif table is not None:
        candidates = tuple(other for other in schema.tables.values() if other.namespace == table.namespace)
    elif name.namespace:
        # `orders.by_user` is an index of the namespace "orders", in every engine that has no ON behind it.
        namespace, _ = key(schema, name)
        candidates = tuple(other for other in schema.tables.values() if other.namespace == namespace)
    else:
        candidates = tuple(schema.tables.values())
    wanted = fold(name.name, schema.dialect)
    for candidate in candidates:
        if wanted not in candidate.object_names:
            continue
        owned: tuple[Index | Key, ...] = (*candidate.indexes, *candidate.unique)
        for index in owned:
            if index.name and fold(index.name, schema.dialect) == wanted:
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
    return with_table(schema, holder), None


def _index_missing(schema: Schema, change: DropIndex) -> Failure | None:
    """MySQL makes an index for a foreign key, and drops one it no longer needs: there nothing is certain."""
    loose = fold(change.index.name, schema.dialect) in schema.loose
    if schema.dialect == "mysql" or loose or not is_settled(schema, change.index):
        return None
    if any(not table.closed for table in schema.tables.values()):
        return None
    return Failure("missing", change.span, f'index "{change.index.name}" does not exist', change.index.name)


def rename_index(schema: Schema, change: RenameIndex) -> Folded:
    """A key's index too: the constraint has its name."""
    for table in schema.tables.values():
        renamed = changing.rename_constraint(table, change.index.name, change.to, schema)
        if renamed != table:
            return with_table(schema, renamed), None
    return schema, None
