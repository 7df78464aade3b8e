"""Steps back: which migrations have one, and what it does not restore.

What comes in: a replayed step. What goes out: whether its way down says anything, and the differences between the schema before it and the one that its
down texts leave. Where a down text holds what nobody can read, nothing is said. This module does not know rows: what a column held is lost either way.
"""

import re

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.statements import Broken, DataStatement, NoEffect, Opaque
from analyzer.facts.migration import Migration
from analyzer.schema.compare import compare
from analyzer.schema.differences import Difference
from analyzer.schema.fold.replay import apply
from analyzer.schema.fold.views import refresh_views
from analyzer.schema.history import Step
from analyzer.sql.ddl.read import read_changes

# What diesel writes into a file that nobody filled.
_TEMPLATE = re.compile(r"\s*--\s*This file should undo anything in `up\.sql`\s*")


def has_way_down(migration: Migration) -> bool:
    """True where somebody wrote a way down, or left it empty on purpose."""
    return any(not _TEMPLATE.fullmatch(text.skeleton) for text in migration.down)


def lost(step: Step) -> tuple[Difference, ...]:
    """What the way down does not restore; none where it is not known, and where there is no way down."""
    if step.before is None or step.after is None or step.failures or not has_way_down(step.migration):
        return ()
    changes = [change for text in step.migration.down for change in read_changes(text, step.after.dialect)]
    if not _is_plain(changes) or not _is_plain(step.changes) or all(map(_is_still, changes)):
        return ()
    found = compare(refresh_views(step.before), refresh_views(_folded(step.after, changes)))
    return tuple(difference for difference in found if not difference.fine and not _is_rewritten(difference))


def _is_rewritten(difference: Difference) -> bool:
    """A view's columns follow its tables, and an expression is told in many ways."""
    sides = (difference.left or "", difference.right or "")
    if difference.kind == "view":
        return difference.left is not None and difference.right is not None
    return difference.kind == "index" and any("::" in side or "(" in side.strip().lstrip("(") for side in sides)


def _folded(schema: Schema, changes: list[SchemaChange]) -> Schema:
    for change in changes:
        schema, _ = apply(schema, change)
    return schema


def _is_plain(changes: tuple[SchemaChange, ...] | list[SchemaChange]) -> bool:
    return not any(isinstance(change, Opaque | Broken) or change.may for change in changes)


def _is_still(change: SchemaChange) -> bool:
    """A statement that changes no schema: a way down of these alone says that there is none."""
    return isinstance(change, NoEffect | DataStatement)
