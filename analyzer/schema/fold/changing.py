"""What ALTER TABLE does to a table and to the tables that point at it.

What comes in: a schema, a table of it, and names. What goes out: the schema after. This module does not know whether the change may
happen: that is the fold's.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from analyzer.catalog.schema import Check, Column, ForeignKey, Index, Key, Schema, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.change import AlterColumn, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.lookup import key_of, same, with_dropped, with_table, without_table
from analyzer.schema.fold.making import set_column
from analyzer.schema.fold.naming import mentioned

_Named = TypeVar("_Named", Key, ForeignKey, Check, Index)


def _renamed(columns: tuple[str, ...], old: str, new: str, schema: Schema) -> tuple[str, ...]:
    return tuple(new if same(column, old, schema) else column for column in columns)


def rename_column(schema: Schema, table: Table, old: str, new: str, span: Span) -> Schema:
    """The column under its new name, in keys, indexes and the keys of other tables too."""
    column = table.column(old)
    columns = tuple(replace(other, name=new) if other is column else other for other in table.columns)
    primary = table.primary_key
    table = replace(
        table,
        columns=columns,
        primary_key=primary and replace(primary, columns=_renamed(primary.columns, old, new, schema)),
        unique=tuple(replace(key, columns=_renamed(key.columns, old, new, schema)) for key in table.unique),
        indexes=tuple(replace(index, columns=_renamed(index.columns, old, new, schema)) for index in table.indexes),
        checks=tuple(
            replace(check, column=new) if check.column and same(check.column, old, schema) else check
            for check in table.checks
        ),
        foreign_keys=tuple(replace(key, columns=_renamed(key.columns, old, new, schema)) for key in table.foreign_keys),
    )
    schema = with_table(schema, table)
    schema = _map_incoming(schema, table, lambda key: replace(key, target=_renamed(key.target, old, new, schema)))
    return with_dropped(schema, table.name, old, span, new)


def _points_at(schema: Schema, key: ForeignKey, table: Table) -> bool:
    found = schema.table(key.table, key.namespace)
    return found is not None and key_of(schema, found) == key_of(schema, table)


def _map_incoming(schema: Schema, table: Table, change: Callable[[ForeignKey], ForeignKey]) -> Schema:
    """The schema with every foreign key that points at a table changed."""
    for other in schema.tables.values():
        keys = tuple(change(key) if _points_at(schema, key, table) else key for key in other.foreign_keys)
        if keys != other.foreign_keys:
            schema = with_table(schema, replace(other, foreign_keys=keys))
    return schema


def drop_column(schema: Schema, table: Table, name: str, span: Span) -> Schema:
    """The column gone, and what stood on it: MySQL shortens an index, the others drop it whole."""

    def touches(columns: tuple[str, ...]) -> bool:
        return any(same(column, name, schema) for column in columns)

    indexes = tuple(index for index in table.indexes if not _index_uses(index, name, schema))
    primary = table.primary_key
    table = replace(
        table,
        columns=tuple(column for column in table.columns if not same(column.name, name, schema)),
        primary_key=None if primary and touches(primary.columns) else primary,
        unique=tuple(key for key in table.unique if not touches(key.columns)),
        foreign_keys=tuple(key for key in table.foreign_keys if not touches(key.columns)),
        checks=tuple(check for check in table.checks if not mentioned(check.sql, (name,), schema.dialect)),
        indexes=indexes,
    )
    schema = with_table(schema, table)
    for other in schema.tables.values():
        keys = tuple(key for key in other.foreign_keys if not (_points_at(schema, key, table) and touches(key.target)))
        if len(keys) != len(other.foreign_keys):
            schema = with_table(schema, replace(other, foreign_keys=keys))
    return with_dropped(schema, table.name, name, span)


def _index_uses(index: Index, name: str, schema: Schema) -> bool:
    plain = any(same(column, name, schema) for column in (*index.columns, *index.include))
    texts = [index.columns[position] for position in index.expressions] + ([index.where] if index.where else [])
    return plain or any(mentioned(text, (name,), schema.dialect) for text in texts)


def alter_column(table: Table, column: Column, change: AlterColumn) -> Table:
    """Only what the change says."""
    if change.type is not None:
        column = replace(column, type=parse_type(change.type, table.dialect))
    if change.not_null is not None:
        column = replace(column, nullable=not change.not_null)
    if change.default is not None or change.drop_default:
        column = replace(
            column, default=change.default, generated="" if column.generated == "auto" else column.generated
        )
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
    moved = replace(table, name=to.name, namespace=namespace)
    schema = _map_incoming(schema, table, lambda key: replace(key, table=to.name, namespace=namespace))
    # The table may point at itself.
    itself = schema.tables[key_of(schema, table)]
    moved = replace(moved, foreign_keys=itself.foreign_keys)
    old, new = ".".join(key_of(schema, table)), ".".join(key_of(schema, moved))
    schema = with_table(without_table(schema, table), moved)
    for other in schema.tables.values():
        if f"child of {old}" in other.options:
            options = tuple(f"child of {new}" if mark == f"child of {old}" else mark for mark in other.options)
            schema = with_table(schema, replace(other, options=options))
    return with_dropped(schema, table.name, None, span, to.name)


def drop_table(schema: Schema, table: Table, span: Span) -> Schema:
    """The table gone. SQLite leaves the keys that point at it; the others drop them."""
    if schema.dialect != "sqlite":
        for other in schema.tables.values():
            keys = tuple(key for key in other.foreign_keys if not _points_at(schema, key, table))
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
    """Constraints and indexes of a table share this: an index that carries a key has its name."""

    def renamed(found: _Named) -> _Named:
        return replace(found, name=new) if same(found.name, old, schema) else found

    return replace(
        table,
        primary_key=table.primary_key and renamed(table.primary_key),
        unique=tuple(map(renamed, table.unique)),
        foreign_keys=tuple(map(renamed, table.foreign_keys)),
        checks=tuple(map(renamed, table.checks)),
        indexes=tuple(map(renamed, table.indexes)),
    )
