"""Indexes and constraints appear, disappear, and change their names.

What comes in: a schema and one change of a key, constraint or index. What goes out: the schema after, and a Failure or None. What a
foreign key points at is not looked at: a rule of its own does. This module does not know data.
"""

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, ForeignKey, Index, Key, Table
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold import changing, making
from analyzer.schema.fold.failures import column_missing, exists, missing
from analyzer.schema.fold.lookup import children, is_settled, key, locate, with_table
from analyzer.schema.fold.mysql.keys import supported
from analyzer.schema.fold.postgres.inheritance import gained, lost
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]

# Columns every PostgreSQL table has, and the names of SQLite's rowid.
_SYSTEM = {
    "postgres": frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"}),
    "sqlite": frozenset({"rowid", "oid", "_rowid_"}),
    "mysql": frozenset[str](),
}


def lacking(schema: Schema, table: Table, columns: tuple[str, ...], span: Span) -> Failure | None:
    """The first of some columns that a table does not have."""
    for column in columns:
        if table.column(column) is None and column.lower() not in _SYSTEM[schema.dialect]:
            return column_missing(schema, table, column, span)
    return None


def followed(schema: Schema, before: Table, after: Table) -> Schema:
    """Children follow their parent."""
    for child in children(schema, after):
        now = gained(schema, before, after, child)
        schema = followed(with_table(schema, now), child, now)
    return schema


def with_support(schema: Schema, table: Table, fresh: tuple[ForeignKey, ...] = ()) -> Table:
    """With the indexes that MySQL makes for foreign keys."""
    return supported(schema, table, fresh) if schema.dialect == "mysql" else table


def unfollowed(schema: Schema, before: Table, after: Table) -> Schema:
    """Children lose what their parent lost."""
    for child in children(schema, after):
        now = lost(before, after, child)
        schema = unfollowed(with_table(schema, now), child, now)
    return schema


def add_index(schema: Schema, change: AddIndex) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    found = owner(schema, ObjectName(change.index.name), table) if change.index.name else None
    if found is not None:
        return schema, None if change.if_not_exists else owned_already(schema, table, found[1], change.span)
    plain = tuple(
        column for position, column in enumerate(change.index.columns) if position not in change.index.expressions
    )
    failure = lacking(schema, table, (*plain, *change.index.include), change.span)
    if failure is not None:
        return schema, failure
    after = with_support(schema, making.add_index(table, change.index, schema))
    schema = with_table(schema, after)
    return (schema if change.only else followed(schema, table, after)), None


def owned_already(schema: Schema, table: Table, index: Index | Key, span: Span) -> Failure | None:
    if schema.is_tainted(table.name):
        return None
    related = (index.defined, f'index "{index.name}" is created here')
    return Failure("exists", span, f'index "{index.name}" already exists', index.name, related)


def index_exists(schema: Schema, name: str, namespace: str, span: Span) -> Failure | None:
    """An index or relation of this name is in a namespace."""
    for table in schema.tables.values():
        if table.namespace == namespace and table.certain:
            if table.name == name:
                return exists(schema, ObjectName(name, namespace), span, table)
            found = owner(schema, ObjectName(name), table)
            if found is not None:
                return owned_already(schema, found[0], found[1], span) if found[0].certain else None
    return None


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
        primary = (candidate.primary_key,) if candidate.primary_key and schema.dialect == "postgres" else ()
        owned: tuple[Index | Key, ...] = (*candidate.indexes, *candidate.unique, *primary)
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
    if isinstance(index, Key) and schema.dialect == "postgres":
        return schema, _carries(schema, holder, index, change)
    holder = replace(
        holder,
        indexes=tuple(other for other in holder.indexes if other is not index),
        unique=tuple(other for other in holder.unique if other is not index),
    )
    return unfollowed(with_table(schema, holder), found[0], holder), None


def _carries(schema: Schema, holder: Table, key: Key, change: DropIndex) -> Failure | None:
    """PostgreSQL drops a constraint's index with the constraint alone. What a guard lets through is no constraint's."""
    if change.if_exists or schema.is_tainted(holder.name) or LOOSE in holder.options or not holder.certain:
        return None
    message = f'constraint "{key.name}" of table "{holder.name}" requires index "{change.index.name}"'
    related = (key.defined, f'constraint "{key.name}" is created here')
    return Failure("refused", change.span, message, change.index.name, related)


def _index_missing(schema: Schema, change: DropIndex) -> Failure | None:
    """MySQL makes an index for a foreign key, and drops one it no longer needs: there nothing is certain."""
    if schema.dialect == "mysql" or not is_settled(schema, change.index):
        return None
    if any(not table.closed for table in schema.tables.values()):
        return None
    return Failure("missing", change.span, f'index "{change.index.name}" does not exist', change.index.name)


def rename_index(schema: Schema, change: RenameIndex) -> Folded:
    """A key's index too: the constraint has its name."""
    named = locate(schema, change.table) if change.table is not None else None
    found = owner(schema, change.index, named)
    if found is None:
        return schema, None
    failure = index_exists(schema, change.to, found[0].namespace, change.span) if schema.dialect == "postgres" else None
    if failure is not None:
        return schema, failure
    return with_table(schema, changing.rename_index(found[0], change.index.name, change.to, schema)), None
