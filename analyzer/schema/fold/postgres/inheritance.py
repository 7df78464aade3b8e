"""Tables that take columns from others: LIKE, INHERITS, PARTITION OF, OF a type; and the ties that stay.

What comes in: a schema, a table in the making, and what it copies. What goes out: the table. Sources: PostgreSQL's CREATE TABLE page, section 5.11
(inheritance, partitions); MySQL's CREATE TABLE ... LIKE. This module does not know changes.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check, Column, ForeignKey, Index, Key, Table
from analyzer.facts.clause import IndexClause, LikeClause, ObjectName
from analyzer.schema.fold.lookup import key_of, locate
from analyzer.schema.fold.naming import chosen, index_words

_IDENTITY = ("always", "default")
_COMPUTED = ("stored", "virtual")


def tie(schema: Schema, parent: Table) -> str:
    """The option that says whose child a table is."""
    return f"child of {'.'.join(key_of(schema, parent))}"


def inherit(schema: Schema, table: Table, parent_name: ObjectName) -> Table:
    """INHERITS: columns and checks, no keys and no identity."""
    parent = locate(schema, parent_name)
    if parent is None:
        return replace(table, closed=False)
    for column in parent.columns:
        known = table.column(column.name)
        if known is None:
            table = replace(table, columns=(*table.columns, _inherited(column)))
        elif known.nullable and not column.nullable:
            columns = tuple(replace(other, nullable=False) if other is known else other for other in table.columns)
            table = replace(table, columns=columns)
    checks = (*table.checks, *(check for check in parent.checks if check.inherited and check not in table.checks))
    options = (*table.options, tie(schema, parent))
    return replace(table, closed=table.closed and parent.closed, options=options, checks=checks)


def _inherited(column: Column) -> Column:
    return replace(column, inherited=True, generated="" if column.generated in _IDENTITY else column.generated)


def of_type(schema: Schema, table: Table, type_name: ObjectName) -> Table:
    """OF: the attributes of a composite type."""
    made = schema.types.get(type_name.name)
    if made is None or not made.attributes:
        return replace(table, closed=False)
    return replace(table, columns=made.attributes, options=(*table.options, f"of {made.name}"))


def copy_whole(schema: Schema, table: Table, source_name: ObjectName) -> Table:
    """PARTITION OF has all and stays tied; MySQL's LIKE copies all."""
    source = locate(schema, source_name)
    if source is None:
        return replace(table, closed=False)
    if schema.dialect == "mysql":
        indexes = tuple(replace(index, implicit=False) for index in source.indexes)
        columns, keys, checks = source.columns, source.unique, _rechecked(schema, table, source)
        return replace(
            table, columns=columns, primary_key=source.primary_key, unique=keys, indexes=indexes, checks=checks
        )
    if "partition" in table.options:
        table = replace(table, options=(*table.options, tie(schema, source)))
    checks = tuple(replace(check, valid=True) for check in source.checks if check.inherited)
    columns = source.columns
    if "partition" in table.options:
        columns = tuple(replace(column, inherited=True) for column in columns)
    table = replace(table, columns=columns, closed=table.closed and source.closed, checks=checks)
    table = copy_indexes(schema, table, source)
    return replace(table, foreign_keys=source.foreign_keys) if "partition" in table.options else table


def _rechecked(schema: Schema, table: Table, source: Table) -> tuple[Check, ...]:
    """A check's name is the database's in MySQL: a copy has the next unnamed one."""
    made = table
    for check in source.checks:
        made = replace(made, checks=(*made.checks, replace(check, name=chosen(schema, made, (), "check"))))
    return made.checks


def copy_columns(schema: Schema, table: Table, like: LikeClause) -> Table:
    """LIKE copies names, types and NOT NULL; defaults, expressions and identity as INCLUDING says."""
    source = locate(schema, like.table)
    if source is None:
        made = schema.types.get(like.table.name)
        known = made.attributes if made is not None else ()
        return replace(table, columns=(*table.columns, *known), closed=table.closed and bool(known))
    columns = tuple(replace(_copied(column, like.including), inherited=False) for column in source.columns)
    if source.kind == "view":
        columns = tuple(replace(column, nullable=True) for column in columns)
    own = {column.name for column in columns}
    known = tuple(replace(column, inherited=column.inherited and column.name not in own) for column in table.columns)
    new = tuple(column for column in columns if table.column(column.name) is None)
    return replace(table, columns=(*known, *new), closed=table.closed and source.closed)


def _copied(column: Column, including: tuple[str, ...]) -> Column:
    if column.generated in _COMPUTED:
        kept = "generated" in including
        return column if kept else replace(column, default=None, generated="")
    if column.generated in _IDENTITY:
        return column if "identity" in including else replace(column, generated="")
    kept = "defaults" in including
    return column if kept else replace(column, default=None, generated="")


def copy_rest(schema: Schema, table: Table, like: LikeClause) -> Table:
    """What LIKE copies when the table is there: checks under their names, keys and indexes under new ones."""
    source = locate(schema, like.table)
    if source is None:
        return table
    if "constraints" in like.including:
        table = replace(table, checks=(*table.checks, *(replace(check, valid=True) for check in source.checks)))
    return copy_indexes(schema, table, source) if "indexes" in like.including else table


def copy_indexes(schema: Schema, table: Table, source: Table) -> Table:
    """Keys and indexes under the names that the engine gives."""
    if source.primary_key is not None and table.primary_key is None:
        table = copy_key(schema, table, source.primary_key, primary=True)
    for key in source.unique:
        table = copy_key(schema, table, key, primary=False)
    for index in source.indexes:
        table = copy_index(schema, table, index)
    return table


def copy_key(schema: Schema, table: Table, key: Key, *, primary: bool) -> Table:
    if primary:
        made = replace(key, name=chosen(schema, table, (), "pkey"), defined=table.defined)
        columns = tuple(
            replace(column, nullable=False) if column.name in key.columns else column for column in table.columns
        )
        return replace(table, primary_key=made, columns=columns)
    made = replace(key, name=chosen(schema, table, key.columns, "key"), defined=table.defined)
    return replace(table, unique=(*table.unique, made))


def copy_index(schema: Schema, table: Table, index: Index) -> Table:
    clause = IndexClause(table.defined, "", index.columns, expressions=index.expressions, include=index.include)
    made = replace(index, name=chosen(schema, table, index_words(clause), "idx"), defined=table.defined)
    return replace(table, indexes=(*table.indexes, made))


def attached(schema: Schema, parent: Table, child: Table, *, partition: bool) -> Table:
    """A table that becomes a child. A partition gets the indexes and foreign keys that it lacks."""
    options = (*child.options, tie(schema, parent), *(("partition",) if partition else ()))
    child = replace(child, options=options)
    if not partition:
        return child
    child = replace(child, columns=tuple(replace(column, inherited=True) for column in child.columns))
    if parent.primary_key is not None and child.primary_key is None:
        child = copy_key(schema, child, parent.primary_key, primary=True)
    for key in parent.unique:
        if all(other.columns != key.columns for other in child.unique):
            child = copy_key(schema, child, key, primary=False)
    for index in parent.indexes:
        if not any(same_index(index, other) for other in child.indexes):
            child = copy_index(schema, child, index)
    for foreign in parent.foreign_keys:
        if not any(_same_key(foreign, other) for other in child.foreign_keys):
            child = replace(child, foreign_keys=(*child.foreign_keys, foreign))
    return child


def same_index(left: Index, right: Index) -> bool:
    """Two indexes that may be one partitioned index's."""
    return (left.columns, left.unique, left.where, left.method) == (
        right.columns,
        right.unique,
        right.where,
        right.method,
    )


def _same_key(left: ForeignKey, right: ForeignKey) -> bool:
    return (left.columns, left.table, left.target) == (right.columns, right.table, right.target)


def detached(schema: Schema, parent: Table, child: Table) -> Table:
    """A table that is a child no longer: it keeps what it has, but for a partition's identity."""
    mark = tie(schema, parent)
    columns = tuple(replace(column, inherited=False) for column in child.columns)
    if "partition" in child.options:
        columns = tuple(
            replace(column, generated="") if column.generated in _IDENTITY else column for column in columns
        )
    options = tuple(option for option in child.options if option not in (mark, "partition"))
    return replace(child, options=options, columns=columns)


def gained(schema: Schema, before: Table, after: Table, child: Table) -> Table:
    """What a parent gained, gained by a child too: checks by all, keys and indexes by partitions."""
    new: tuple[Check, ...] = tuple(check for check in after.checks if check not in before.checks and check.inherited)
    known = {check.name for check in child.checks}
    child = replace(child, checks=(*child.checks, *(check for check in new if check.name not in known)))
    if "partition" not in child.options:
        return child
    if after.primary_key is not None and before.primary_key is None and child.primary_key is None:
        child = copy_key(schema, child, after.primary_key, primary=True)
    for key in after.unique:
        if key not in before.unique:
            child = copy_key(schema, child, key, primary=False)
    for index in after.indexes:
        if index not in before.indexes and not any(same_index(index, other) for other in child.indexes):
            child = copy_index(schema, child, index)
    more = tuple(key for key in after.foreign_keys if key not in before.foreign_keys)
    return replace(child, foreign_keys=(*child.foreign_keys, *more))


def lost(before: Table, after: Table, child: Table) -> Table:
    """What a parent lost, lost by a child too."""
    gone = {check.name for check in before.checks} - {check.name for check in after.checks}
    child = replace(child, checks=tuple(check for check in child.checks if check.name not in gone))
    if "partition" not in child.options:
        return child
    if before.primary_key is not None and after.primary_key is None:
        child = replace(child, primary_key=None)
    keys = {key.columns for key in before.unique} - {key.columns for key in after.unique}
    dropped = [index for index in before.indexes if index not in after.indexes]
    foreign = {key.name for key in before.foreign_keys} - {key.name for key in after.foreign_keys}
    return replace(
        child,
        unique=tuple(key for key in child.unique if key.columns not in keys),
        indexes=tuple(index for index in child.indexes if not any(same_index(index, other) for other in dropped)),
        foreign_keys=tuple(key for key in child.foreign_keys if key.name not in foreign),
    )
