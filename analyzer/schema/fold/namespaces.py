"""Namespaces (PostgreSQL's schemas, MySQL's databases) change their names and disappear, with all that is in them.

What comes in: a schema and one change. What goes out: the schema after, and None: a namespace nobody made here may be another program's. This
module does not know single tables.
"""

from msgspec.structs import replace

from analyzer.catalog.named import EnumType, NamedType
from analyzer.catalog.schema import Schema
from analyzer.facts.change.namespaces import DropNamespace, RenameNamespace
from analyzer.facts.clause import ObjectName
from analyzer.schema.fold.changing import rename_table
from analyzer.schema.fold.lookup import key_of
from analyzer.schema.fold.postgres.composites import without_columns
from analyzer.schema.fold.tables import drop_whole
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def rename(schema: Schema, change: RenameNamespace) -> Folded:
    for table in tuple(schema.tables.values()):
        if _is_in(table.namespace, change.namespace, schema):
            schema = rename_table(schema, table, ObjectName(table.name, change.to), change.span)
    return replace(
        schema,
        enums={
            name: replace(enum, namespace=change.to) if _is_in(enum.namespace, change.namespace, schema) else enum
            for name, enum in schema.enums.items()
        },
        types={
            name: replace(named, namespace=change.to) if _is_in(named.namespace, change.namespace, schema) else named
            for name, named in schema.types.items()
        },
    ), None


def drop(schema: Schema, change: DropNamespace) -> Folded:
    """Without CASCADE it must be empty, and is."""
    if not change.cascade or change.may:
        return schema, None
    for table in tuple(schema.tables.values()):
        if _is_in(table.namespace, change.namespace, schema) and key_of(schema, table) in schema.tables:
            schema = drop_whole(schema, table, change.span)
    types: tuple[EnumType | NamedType, ...] = (*schema.enums.values(), *schema.types.values())
    for named in types:
        if _is_in(named.namespace, change.namespace, schema):
            schema = without_columns(schema, named, change.span)
    return replace(
        schema,
        enums={
            name: enum for name, enum in schema.enums.items() if not _is_in(enum.namespace, change.namespace, schema)
        },
        types={
            name: named for name, named in schema.types.items() if not _is_in(named.namespace, change.namespace, schema)
        },
    ), None


def _is_in(namespace: str, of: str, schema: Schema) -> bool:
    """The default namespaces are one."""
    return namespace == of or (namespace in schema.default_namespaces and of in schema.default_namespaces)
