"""Everything that an engine refuses of a change that finds its objects as it wants them.

What comes in: the schema before and after one change, its migration and what stands behind it there. What goes out: a Failure, or None where
refusal is not certain. This module does not know which rule speaks of it.
"""

import re
from collections.abc import Sequence

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.migration import Migration
from analyzer.schema.fold.postgres.casts import cast_failure
from analyzer.schema.fold.targets import key_failure
from analyzer.schema.fold.unaccepted import anyway, refusal
from analyzer.schema.history import Failure

# MySQL looks at no key where a script says so; MyISAM has none.
_KEYLESS = re.compile(r"foreign_key_checks|myisam", re.IGNORECASE)


def judge(
    before: Schema, after: Schema, change: SchemaChange, migration: Migration, rest: Sequence[SchemaChange]
) -> Failure | None:
    """Why the engine refuses a change. One that did nothing, or need not happen, is not refused."""
    inside = None if change.may else anyway(before, change, migration)
    if inside is not None or change.may or after is before:
        return inside
    failure = refusal(before, after, change) or cast_failure(before, change, rest)
    if failure is None and not (after.dialect == "mysql" and _is_keyless(migration)):
        failure = key_failure(after, change)
    return failure


def is_meant(change: SchemaChange) -> bool:
    """True where what follows may take a refused change for done: the tables and columns that it makes are what its author meant."""
    match change:
        case CreateTable() | AlterColumn():
            return True
        case AddColumn(column=column):
            return not column.primary_key
        case _:
            return False


def _is_keyless(migration: Migration) -> bool:
    return any(_KEYLESS.search(text.skeleton) for text in migration.up)
