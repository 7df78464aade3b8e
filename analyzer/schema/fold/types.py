"""Enums and named types appear, disappear, and change.

What comes in: a schema and one change of a type. What goes out: the schema after, and a Failure or None. This module does not know
which columns use a type: `Schema.column_type` resolves that when asked.
"""

from typing import assert_never

from msgspec.structs import replace

from analyzer.catalog.schema import Check, EnumType, NamedType, Schema
from analyzer.catalog.types import ColumnType, parse_type
from analyzer.facts.change import (
    AddEnumValue,
    AlterDomain,
    CreateDomain,
    CreateEnum,
    DropType,
    RenameEnumValue,
    RenameType,
)
from analyzer.facts.clause import CheckClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]
TypeChange = CreateEnum | AddEnumValue | RenameEnumValue | CreateDomain | AlterDomain | RenameType | DropType


def apply(schema: Schema, change: TypeChange) -> Folded:
    match change:
        case CreateEnum():
            enum = EnumType(change.type.name, change.type.namespace, change.values, change.span)
            return _create(schema, enum, change.span)
        case CreateDomain():
            base = parse_type(change.base, schema.dialect) if change.base else None
            checks = tuple(_check(clause) for clause in change.checks)
            named = NamedType(
                change.type.name, change.type.namespace, change.span, base, change.not_null, change.default, checks
            )
            return _create(schema, named, change.span)
        case AlterDomain():
            return _alter(schema, change)
        case AddEnumValue():
            return _add_value(schema, change)
        case RenameEnumValue():
            return _rename_value(schema, change)
        case RenameType():
            return _rename(schema, change)
        case DropType():
            return _drop(schema, change)
        case _:
            assert_never(change)


def _check(clause: CheckClause) -> Check:
    return Check(clause.sql, clause.span, clause.name, clause.column, clause.values, clause.valid)


def _alter(schema: Schema, change: AlterDomain) -> Folded:
    found = schema.types.get(change.type.name)
    if found is None:
        return schema, _missing(schema, change.type, change.span)
    if change.not_null is not None:
        found = replace(found, not_null=change.not_null)
    if change.default is not None or change.drop_default:
        found = replace(found, default=change.default)
    if change.check is not None:
        found = replace(found, checks=(*found.checks, _check(change.check)))
    if change.drop_check:
        found = replace(found, checks=tuple(check for check in found.checks if check.name != change.drop_check))
    return _with(schema, found), None


def _find(schema: Schema, name: ObjectName) -> EnumType | NamedType | None:
    return schema.enums.get(name.name) or schema.types.get(name.name)


def _with(schema: Schema, found: EnumType | NamedType) -> Schema:
    if isinstance(found, EnumType):
        return replace(schema, enums={**schema.enums, found.name: found})
    return replace(schema, types={**schema.types, found.name: found})


def _without(schema: Schema, name: str) -> Schema:
    return replace(
        schema,
        enums={key: enum for key, enum in schema.enums.items() if key != name},
        types={key: named for key, named in schema.types.items() if key != name},
    )


def _create(schema: Schema, made: EnumType | NamedType, span: Span) -> Folded:
    found = _find(schema, ObjectName(made.name))
    if found is None or found.namespace != made.namespace:
        return _with(schema, made), None
    if schema.tainted:
        return schema, None
    related = (found.defined, f'type "{found.name}" is created here')
    return schema, Failure("exists", span, f'type "{made.name}" already exists', made.name, related)


def _missing(schema: Schema, name: ObjectName, span: Span) -> Failure | None:
    if schema.tainted or name.namespace not in schema.default_namespaces:
        return None
    return Failure("missing", span, f'type "{name.name}" does not exist', name.name)


def _add_value(schema: Schema, change: AddEnumValue) -> Folded:
    enum = schema.enums.get(change.type.name)
    if enum is None:
        return schema, _missing(schema, change.type, change.span)
    if change.value not in enum.values:
        return _with(schema, replace(enum, values=(*enum.values, change.value))), None
    if change.if_not_exists or schema.is_tainted(enum.name):
        return schema, None
    related = (enum.defined, f'type "{enum.name}" is created here')
    return schema, Failure(
        "exists", change.span, f'type "{enum.name}" already has the value "{change.value}"', enum.name, related
    )


def _rename_value(schema: Schema, change: RenameEnumValue) -> Folded:
    enum = schema.enums.get(change.type.name)
    if enum is None:
        return schema, _missing(schema, change.type, change.span)
    values = tuple(change.to if value == change.value else value for value in enum.values)
    return _with(schema, replace(enum, values=values)), None


def _rename(schema: Schema, change: RenameType) -> Folded:
    """Columns of the type follow it: in the catalogue they hold the type, not its name."""
    found = _find(schema, change.type)
    if found is None:
        return schema, _missing(schema, change.type, change.span)
    renamed = replace(found, name=change.to.name, namespace=change.to.namespace)
    schema = _with(_without(schema, found.name), renamed)
    tables = {}
    for key, table in schema.tables.items():
        columns = tuple(
            replace(column, type=_retyped(column.type, found.name, change.to.name)) for column in table.columns
        )
        tables[key] = table if columns == table.columns else replace(table, columns=columns)
    return replace(schema, tables=tables), None


def _retyped(type_: ColumnType, old: str, new: str) -> ColumnType:
    if type_.name == old:
        return replace(type_, raw=new, name=new)
    if type_.element == old:
        return replace(type_, raw=f"{new}[]", name=f"{new}[]", element=new)
    return type_


def _drop(schema: Schema, change: DropType) -> Folded:
    """CASCADE drops the columns of the type."""
    found = _find(schema, change.type)
    if found is None:
        return schema, None if change.if_exists else _missing(schema, change.type, change.span)
    schema = _without(schema, found.name)
    if change.cascade:
        tables = {}
        for key, table in schema.tables.items():
            kept = tuple(
                column for column in table.columns if found.name not in (column.type.name, column.type.element)
            )
            tables[key] = table if len(kept) == len(table.columns) else replace(table, columns=kept)
        schema = replace(schema, tables=tables)
    return schema, None
