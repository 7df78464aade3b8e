"""Look-ups and replacements in a schema while it is folded.

What comes in: a Schema and names as changes carry them. What goes out: tables, and schemas with one table more, less or other. This
module does not know changes.
"""

from msgspec.structs import replace

from analyzer.catalog.named import Dropped
from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.bookkeeping import is_bookkeeping

# Temporary tables hide permanent ones of their name, and are gone at the end.
TEMPORARY = "pg_temp"


def key(schema: Schema, name: ObjectName) -> tuple[str, str]:
    """The key of `Schema.tables`: the default namespaces are one."""
    namespace = "" if name.namespace in schema.default_namespaces else fold(name.namespace, schema.dialect)
    return namespace, fold(name.name, schema.dialect)


def key_of(schema: Schema, table: Table) -> tuple[str, str]:
    return key(schema, ObjectName(table.name, table.namespace))


def exact(schema: Schema, name: ObjectName) -> Table | None:
    """The table of exactly this name: what CREATE would collide with."""
    return schema.tables.get(key(schema, name))


def locate(schema: Schema, name: ObjectName) -> Table | None:
    """The table a statement means: a temporary one first, then as the search path finds it."""
    hidden = schema.tables.get((TEMPORARY, fold(name.name, schema.dialect)))
    if hidden is not None and name.namespace in ("", "temp", TEMPORARY):
        return hidden
    return schema.ending(name.name) if name.spliced == "prefix" else schema.table(name.name, name.namespace)


def with_table(schema: Schema, table: Table) -> Schema:
    return replace(schema, tables={**schema.tables, key_of(schema, table): table})


def without_table(schema: Schema, table: Table) -> Schema:
    gone = key_of(schema, table)
    return replace(schema, tables={at: other for at, other in schema.tables.items() if at != gone})


def with_dropped(schema: Schema, table: str, column: str | None, span: Span, to: str | None = None) -> Schema:
    return replace(schema, dropped=(*schema.dropped, Dropped(table, column, span, to)))


def is_settled(schema: Schema, name: ObjectName) -> bool:
    """True where everything about this name is known: it may be said to be missing.

    A namespace nobody created a table in belongs to something else: an extension, a platform, another tool. The tool that runs the migrations has
    made its own tables before.
    """
    if schema.is_tainted(name.name) or is_bookkeeping(name.name):
        return False
    namespace, _ = key(schema, name)
    return not namespace or namespace in schema.namespaces


def same(left: str, right: str, schema: Schema) -> bool:
    return fold(left, schema.dialect) == fold(right, schema.dialect)


def children(schema: Schema, table: Table) -> tuple[Table, ...]:
    """Tables that inherit from this one, partitions included: what is done to it is done to them."""
    mark = f"child of {'.'.join(key_of(schema, table))}"
    return tuple(other for other in schema.tables.values() if mark in other.options)
