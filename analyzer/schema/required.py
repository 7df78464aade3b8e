"""Columns that an engine does not add to a table that has rows.

What comes in: a column as it is added, and the schema before. What goes out: why, as a phrase, or None. Sources: PostgreSQL's and SQLite's pages on ALTER
TABLE ADD COLUMN, tried in PostgreSQL 18 and SQLite 3.40; MySQL fills such a column with its type's own default (tried in MariaDB 10.11). This module does not
know whether the table has rows.
"""

import re

from analyzer.catalog.schema import Schema
from analyzer.facts.clause import ColumnClause

# What SQLite takes for a constant, in parentheses too.
_CONSTANT = re.compile(
    r"\(*\s*[-+]?\s*(?:\d[\w.]*|x?'(?:[^']|'')*'|\"[^\"]*\"|true|false|null|\w+)\s*\)*", re.IGNORECASE
)
_CLOCK = re.compile(r"\(*\s*current_(?:timestamp|date|time)\s*\)*", re.IGNORECASE)


def needs_empty(column: ColumnClause, schema: Schema) -> str | None:
    """Why a table with rows cannot get this column."""
    if column.open or schema.dialect == "mysql":
        return None
    default = (column.default or "").strip()
    given = default.lower() not in ("", "null")
    if schema.dialect == "sqlite":
        return _in_sqlite(column, default, given=given)
    domain = schema.type(column.type)
    if (
        given
        or column.generated
        or not (column.not_null or column.primary_key)
        or (domain is not None and domain.default)
    ):
        return None
    return "it is NOT NULL and has no default"


def _in_sqlite(column: ColumnClause, default: str, *, given: bool) -> str | None:
    if column.generated == "stored":
        return "SQLite stores no generated column in rows that are there"
    if column.generated or column.primary_key or column.unique:
        return None
    if given and (_CLOCK.fullmatch(default) or not _CONSTANT.fullmatch(default)):
        return f"its default {default} is not constant"
    return "it is NOT NULL and has no default" if column.not_null and not given else None
