"""SQLite rewrites the text of views when it renames what they read.

What comes in: a schema after a rename. What goes out: the schema with the views' texts rewritten. Source: "ALTER TABLE RENAME" of SQLite, since
3.25 (columns) and 3.26 (tables). This module does not know who renames.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.schema.fold.lookup import with_table
from analyzer.schema.fold.words import mentioned, with_column


def follow_table(schema: Schema, old: str, new: str) -> Schema:
    """Not with the old behaviour: then a view goes on to read the old name."""
    if schema.dialect != "sqlite" or schema.settings.get("legacy_alter_table") == "on":
        return schema
    for view in tuple(schema.tables.values()):
        if view.kind == "view" and view.query and mentioned(view.query, (old,), "sqlite"):
            schema = with_table(schema, replace(view, query=with_column(view.query, old, new, "sqlite")))
    return schema


def follow_column(schema: Schema, table: Table, old: str, new: str) -> Schema:
    """Of a view that reads several tables with such a column, the text stays: nobody knows here which is meant."""
    if schema.dialect != "sqlite":
        return schema
    for view in tuple(schema.tables.values()):
        if view.kind != "view" or not view.query or not mentioned(view.query, (table.name,), "sqlite"):
            continue
        if not any(_reads(view, other, old) for other in schema.tables.values() if other.name != table.name):
            schema = with_table(schema, replace(view, query=with_column(view.query, old, new, "sqlite")))
    return schema


def _reads(view: Table, other: Table, column: str) -> bool:
    named = bool(view.query) and bool(mentioned(view.query or "", (other.name,), "sqlite"))
    return named and other is not view and other.column(column) is not None
