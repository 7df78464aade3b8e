"""Does a timeline build its schema from nothing, or does it alter what something else made?

What comes in: the changes of each migration in order. What goes out: yes or no. A project that took over an existing database
begins with ALTER: then any table may exist, and none may be said to be missing. This module does not know dialects.
"""

from collections.abc import Iterable

from analyzer.facts.change import (
    AddColumn,
    AddConstraint,
    AddIndex,
    AlterColumn,
    CreateTable,
    DropColumn,
    DropConstraint,
    Opaque,
    RenameColumn,
    RenameTable,
    SchemaChange,
)

_ALTERING = (
    AddColumn | AddConstraint | AddIndex | AlterColumn | DropColumn | DropConstraint | RenameColumn | RenameTable
)


def has_external_base(migrations: Iterable[tuple[SchemaChange, ...]]) -> bool:
    """True where the first statement about a table alters it: nothing here has created it."""
    for changes in migrations:
        for change in changes:
            if isinstance(change, CreateTable | Opaque):
                return False
            if isinstance(change, _ALTERING):
                return True
    return False
