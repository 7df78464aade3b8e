"""Enums and named types appear, disappear, and change.

What comes in: a schema and one change of a type. What goes out: the schema after, and a Failure or None. This module does not know
which columns use a type: `Schema.column_type` resolves that when asked.
"""

from typing import assert_never

from msgspec.structs import replace

from analyzer.catalog.named import EnumType, NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check
from analyzer.catalog.types import ColumnType, parse_type
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
from analyzer.facts.clause import CheckClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.making import is_null, make_column
from analyzer.schema.fold.naming import postgres_name
from analyzer.schema.fold.postgres import composites
from analyzer.schema.fold.postgres.composites import renamed_value
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]
TypeChange = (
    CreateEnum | AddEnumValue | RenameEnumValue | CreateDomain | AlterDomain | AlterComposite | RenameType | DropType
)


def apply(schema: Schema, change: TypeChange) -> Folded:
    match change:
        case CreateEnum():
            enum = EnumType(change.type.name, change.type.namespace, change.values, change.span)
            if change.if_not_exists and _find(schema, change.type) is not None:
                return schema, None
            if change.replaces and isinstance(_find(schema, change.type), EnumType):
                return _with(schema, enum), None
            return _create(schema, enum, change.span)
        case CreateDomain():
            base = parse_type(change.base, schema.dialect) if change.base else None
            checks = tuple(_check(clause) for clause in change.checks)
            attributes = tuple(make_column(clause, schema.dialect) for clause in change.attributes)
            named = NamedType(
                change.type.name,
                change.type.namespace,
                change.span,
                base,
                change.not_null,
                None if is_null(change.default) else change.default,
                checks,
                attributes,
            )
            return _create(schema, _with_names(named), change.span)
        case AlterDomain():
            return _alter(schema, change)
        case AlterComposite():
            return composites.alter(schema, change)
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


def _with_names(domain: NamedType) -> NamedType:
    """PostgreSQL names a domain's checks: `email_check`, `email_check1`."""
    taken: set[str] = {check.name for check in domain.checks if check.name}
    checks = []
    for check in domain.checks:
        name = check.name or postgres_name(domain.name, (), "check", taken.__contains__)
        taken.add(name)
        checks.append(replace(check, name=name))
    return replace(domain, checks=tuple(checks))


def _check(clause: CheckClause) -> Check:
    return Check(clause.sql, clause.span, clause.name, clause.column, clause.values, clause.valid, bounds=clause.bounds)


def _alter(schema: Schema, change: AlterDomain) -> Folded:
    found = schema.types.get(change.type.name)
    if found is None:
        return schema, _missing(schema, change.type, change.span)
    if change.not_null is not None:
        found = replace(found, not_null=change.not_null)
    if change.default is not None or change.drop_default:
        found = replace(found, default=None if is_null(change.default) else change.default)
    if change.check is not None:
        found = _with_names(replace(found, checks=(*found.checks, _check(change.check))))
    if change.drop_check:
        found = replace(found, checks=tuple(check for check in found.checks if check.name != change.drop_check))
    if change.rename_check:
        found = replace(
            found,
            checks=tuple(
                replace(check, name=change.rename_to) if check.name == change.rename_check else check
                for check in found.checks
            ),
        )
    if change.validate:
        found = replace(
            found,
            checks=tuple(
                replace(check, valid=True) if check.name == change.validate else check for check in found.checks
            ),
        )
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
        return _with(schema, replace(enum, values=_placed(enum.values, change))), None
    if change.if_not_exists or schema.is_tainted(enum.name):
        return schema, None
    related = (enum.defined, f'type "{enum.name}" is created here')
    return schema, Failure(
        "exists", change.span, f'type "{enum.name}" already has the value "{change.value}"', enum.name, related
    )


def _placed(values: tuple[str, ...], change: AddEnumValue) -> tuple[str, ...]:
    """The values with the new one before or after another, or last."""
    beside = change.before if change.before is not None else change.after
    if beside is None or beside not in values:
        return (*values, change.value)
    at = values.index(beside) + (change.before is None)
    return (*values[:at], change.value, *values[at:])


def _rename_value(schema: Schema, change: RenameEnumValue) -> Folded:
    enum = schema.enums.get(change.type.name)
    if enum is None:
        return schema, _missing(schema, change.type, change.span)
    if change.value not in enum.values or change.to in enum.values:
        return schema, _no_value(schema, enum, change)
    values = tuple(change.to if value == change.value else value for value in enum.values)
    return renamed_value(_with(schema, replace(enum, values=values)), enum, change.value, change.to), None


def _no_value(schema: Schema, enum: EnumType, change: RenameEnumValue) -> Failure | None:
    if schema.tainted:
        return None
    related = (enum.defined, f'type "{enum.name}" is created here')
    if change.value not in enum.values:
        return Failure("missing", change.span, f'type "{enum.name}" has no value "{change.value}"', enum.name, related)
    return Failure("exists", change.span, f'type "{enum.name}" already has the value "{change.to}"', enum.name, related)


def _rename(schema: Schema, change: RenameType) -> Folded:
    """Columns of the type follow it: in the catalogue they hold the type, not its name."""
    found = _find(schema, change.type)
    if found is None:
        return schema, _missing(schema, change.type, change.span)
    stays = change.to.namespace == change.type.namespace
    renamed = replace(found, name=change.to.name, namespace=found.namespace if stays else change.to.namespace)
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
    if not change.cascade and schema.dialect == "postgres" and not change.may:
        failure = composites.holder(schema, found, change.span)
        if failure is not None:
            return schema, failure
    schema = _without(schema, found.name)
    return (composites.without_columns(schema, found, change.span) if change.cascade else schema), None
