"""What ALTER TABLE does to a table and to the tables that point at it.

What comes in: a schema, a table of it, and names. What goes out: the schema after. This module does not know whether the change may
happen: that is the fold's.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check, Column, ForeignKey, Index, Key, Table
from analyzer.catalog.types import UNKNOWN, parse_type
from analyzer.facts.change.columns import AlterColumn
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.dependents import moved, points_at
from analyzer.schema.fold.lookup import TEMPORARY, key_of, same, with_dropped, with_table, without_table
from analyzer.schema.fold.making import is_null, set_column
from analyzer.schema.fold.mysql.keys import without_column as without_mysql_column
from analyzer.schema.fold.sqlite.viewed import follow_column, follow_table
from analyzer.schema.fold.words import mentioned, with_column

_Named = TypeVar("_Named", Key, ForeignKey, Check, Index)


def _renamed(columns: tuple[str, ...], old: str, new: str, schema: Schema) -> tuple[str, ...]:
    return tuple(new if same(column, old, schema) else column for column in columns)


def rename_column(schema: Schema, table: Table, old: str, new: str, span: Span) -> Schema:
    """The column under its new name, in keys, indexes, expressions and the keys of other tables too."""
    column = table.column(old)
    columns = tuple(
        replace(other, name=new) if other is column else _recomputed(other, old, new, schema) for other in table.columns
    )
    primary = table.primary_key
    table = replace(
        table,
        columns=columns,
        primary_key=primary and replace(primary, columns=_renamed(primary.columns, old, new, schema)),
        unique=tuple(replace(key, columns=_renamed(key.columns, old, new, schema)) for key in table.unique),
        indexes=tuple(_renamed_index(index, old, new, schema) for index in table.indexes),
        checks=tuple(_renamed_check(check, old, new, schema) for check in table.checks),
        foreign_keys=tuple(replace(key, columns=_renamed(key.columns, old, new, schema)) for key in table.foreign_keys),
    )
    triggers = tuple(replace(trigger, rows=_renamed(trigger.rows, old, new, schema)) for trigger in table.triggers)
    schema = with_table(schema, replace(table, triggers=triggers))
    schema = _map_incoming(schema, table, lambda key: replace(key, target=_renamed(key.target, old, new, schema)))
    at = key_of(schema, table)
    schema = follow_column(schema, table, old, new)
    return with_dropped(moved(schema, at, at, (old, new)), table.name, old, span, new)


def _recomputed(column: Column, old: str, new: str, schema: Schema) -> Column:
    """A computed column's expression follows the columns that it names."""
    if column.generated not in ("stored", "virtual") or column.default is None:
        return column
    return replace(column, default=with_column(column.default, old, new, schema.dialect))


def _renamed_check(check: Check, old: str, new: str, schema: Schema) -> Check:
    named = new if check.column and same(check.column, old, schema) else check.column
    bounds = check.bounds
    if bounds is not None and same(bounds.column, old, schema):
        bounds = replace(bounds, column=new)
    return replace(check, column=named, sql=with_column(check.sql, old, new, schema.dialect), bounds=bounds)


def _renamed_index(index: Index, old: str, new: str, schema: Schema) -> Index:
    columns = tuple(
        with_column(text, old, new, schema.dialect)
        if at in index.expressions
        else new
        if same(text, old, schema)
        else text
        for at, text in enumerate(index.columns)
    )
    where = index.where and with_column(index.where, old, new, schema.dialect)
    return replace(index, columns=columns, include=_renamed(index.include, old, new, schema), where=where)


def _map_incoming(schema: Schema, table: Table, change: Callable[[ForeignKey], ForeignKey]) -> Schema:
    """The schema with every foreign key that points at a table changed."""
    for other in schema.tables.values():
        keys = tuple(change(key) if points_at(schema, key, table) else key for key in other.foreign_keys)
        if keys != other.foreign_keys:
            schema = with_table(schema, replace(other, foreign_keys=keys))
    return schema


def drop_column(schema: Schema, table: Table, name: str, span: Span) -> Schema:
    """The column gone, and what stood on it."""
    if schema.dialect == "mysql":
        return with_dropped(with_table(schema, without_mysql_column(table, name)), table.name, name, span)

    def touches(columns: tuple[str, ...]) -> bool:
        return any(same(column, name, schema) for column in columns)

    indexes = tuple(index for index in table.indexes if not _index_uses(index, name, schema))
    primary = table.primary_key
    for other in schema.tables.values() if schema.dialect != "sqlite" else ():
        keys = tuple(
            key
            for key in other.foreign_keys
            if not (points_at(schema, key, table) and touches(key.target or _own_key(table)))
        )
        if len(keys) != len(other.foreign_keys):
            schema = with_table(schema, replace(other, foreign_keys=keys))
    table = schema.tables.get(key_of(schema, table), table)
    table = replace(
        table,
        columns=tuple(column for column in table.columns if not same(column.name, name, schema)),
        primary_key=None if primary and touches(primary.columns) else primary,
        unique=tuple(key for key in table.unique if not touches(key.columns)),
        foreign_keys=tuple(key for key in table.foreign_keys if not touches(key.columns)),
        checks=tuple(
            check
            for check in table.checks
            if not (mentioned(check.sql, (name,), schema.dialect) or _is_part(check, table, name))
        ),
        indexes=indexes,
    )
    return with_dropped(with_table(schema, table), table.name, name, span)


def _is_part(check: Check, table: Table, name: str) -> bool:
    """In SQLite what stands in a column's definition goes with it, whatever it is about."""
    column = table.column(name)
    if table.dialect != "sqlite" or column is None:
        return False
    at, within = column.defined, check.defined
    return at.path == within.path and at.start <= within.start and within.end <= at.end


def _own_key(table: Table) -> tuple[str, ...]:
    return table.primary_key.columns if table.primary_key is not None else ()


def _index_uses(index: Index, name: str, schema: Schema) -> bool:
    plain = any(same(column, name, schema) for column in (*index.columns, *index.include))
    texts = [index.columns[position] for position in index.expressions] + ([index.where] if index.where else [])
    return plain or any(mentioned(text, (name,), schema.dialect) for text in texts)


def alter_column(table: Table, column: Column, change: AlterColumn) -> Table:
    """Only what the change says."""
    if change.type is not None:
        type_ = parse_type(change.type, table.dialect) if change.type else UNKNOWN
        column = replace(column, type=type_, collation=change.collation)
    if change.not_null is not None:
        keyed = table.dialect == "mysql" and column.name in _own_key(table)
        column = replace(column, nullable=not (change.not_null or keyed))
    if change.default is not None or change.drop_default:
        plain = "" if column.generated == "auto" else column.generated
        default = None if table.dialect != "sqlite" and is_null(change.default) else change.default
        column = replace(column, default=default, generated=plain)
    if change.generated is not None:
        column = replace(column, generated=change.generated)
        if change.generated in ("always", "default", "auto"):
            column = replace(column, nullable=False)
    return set_column(table, column)


def rename_table(schema: Schema, table: Table, to: ObjectName, span: Span) -> Schema:
    """The table under its new name; keys of other tables follow it."""
    namespace = "" if to.namespace in schema.default_namespaces else to.namespace
    if not to.namespace:
        namespace = table.namespace
    moved_table = replace(table, name=to.name, namespace=namespace)
    if not _keeps_keys(schema, table):
        schema = _map_incoming(schema, table, lambda key: replace(key, table=to.name, namespace=namespace))
    # The table may point at itself.
    itself = schema.tables[key_of(schema, table)]
    keys = itself.foreign_keys
    if schema.dialect == "mysql":
        keys = tuple(replace(key, name=_follows(key.name, table.name, to.name)) for key in keys)
    moved_table = replace(moved_table, foreign_keys=keys)
    old, new = ".".join(key_of(schema, table)), ".".join(key_of(schema, moved_table))
    schema = with_table(without_table(schema, table), moved_table)
    schema = moved(schema, key_of(schema, table), key_of(schema, moved_table))
    for other in schema.tables.values():
        if f"child of {old}" in other.options:
            options = tuple(f"child of {new}" if mark == f"child of {old}" else mark for mark in other.options)
            schema = with_table(schema, replace(other, options=options))
    return with_dropped(follow_table(schema, table.name, to.name), table.name, None, span, to.name)


def _follows(name: str, old: str, new: str) -> str:
    """InnoDB renames the constraints that it named itself."""
    head = f"{old}_ibfk_"
    return f"{new}_ibfk_{name[len(head) :]}" if name.startswith(head) else name


def _keeps_keys(schema: Schema, table: Table) -> bool:
    """SQLite's old behaviour: keys go on to point at the old name, but where they are enforced. None points at a temporary table."""
    if schema.dialect == "sqlite" and table.namespace == TEMPORARY:
        return True
    settings = schema.settings
    return settings.get("legacy_alter_table") == "on" and settings.get("foreign_keys") != "on"


def drop_table(schema: Schema, table: Table, span: Span) -> Schema:
    """The table gone. SQLite leaves the keys that point at it; the others drop them."""
    if schema.dialect != "sqlite" and schema.settings.get("foreign_key_checks") != "off":
        for other in schema.tables.values():
            keys = tuple(key for key in other.foreign_keys if not points_at(schema, key, table))
            if len(keys) != len(other.foreign_keys):
                schema = with_table(schema, replace(other, foreign_keys=keys))
    return with_dropped(without_table(schema, table), table.name, None, span)


def drop_constraint(table: Table, name: str, kind: str, schema: Schema) -> Table | None:
    """The table without a constraint, or None where it has none of that name."""
    if kind == "primary" or (table.primary_key is not None and same(table.primary_key.name, name, schema)):
        return replace(table, primary_key=None) if table.primary_key is not None else None
    unique = tuple(key for key in table.unique if not same(key.name, name, schema))
    foreign = tuple(key for key in table.foreign_keys if not same(key.name, name, schema))
    checks = tuple(check for check in table.checks if not same(check.name, name, schema))
    left = replace(table, unique=unique, foreign_keys=foreign, checks=checks)
    return None if left == table else left


def rename_constraint(table: Table, old: str, new: str, schema: Schema) -> Table:
    """A constraint under its new name, and the index that carries it."""

    def renamed(found: _Named) -> _Named:
        return replace(found, name=new) if same(found.name, old, schema) else found

    return replace(
        table,
        primary_key=table.primary_key and renamed(table.primary_key),
        unique=tuple(map(renamed, table.unique)),
        foreign_keys=tuple(map(renamed, table.foreign_keys)),
        checks=tuple(map(renamed, table.checks)),
    )


def rename_index(table: Table, old: str, new: str, schema: Schema) -> Table:
    """An index under its new name, and the key that it carries."""

    def renamed(found: _Named) -> _Named:
        return replace(found, name=new) if same(found.name, old, schema) else found

    return replace(
        table,
        primary_key=table.primary_key and renamed(table.primary_key),
        unique=tuple(map(renamed, table.unique)),
        indexes=tuple(map(renamed, table.indexes)),
    )
