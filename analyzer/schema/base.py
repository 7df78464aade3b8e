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
    ObjectName,
    Opaque,
    RenameColumn,
    RenameTable,
    SchemaChange,
)

_ALTERING = (
    AddColumn | AddConstraint | AddIndex | AlterColumn | DropColumn | DropConstraint | RenameColumn | RenameTable
)


def has_external_base(migrations: Iterable[tuple[SchemaChange, ...]]) -> bool:
    """True where the first migration that says anything of tables creates none, or alters one before it creates the first."""
    for changes in migrations:
        created: set[str] = set()
        altered: set[str] = set()
        for change in changes:
            if isinstance(change, CreateTable):
                created.add(change.table.name.lower())
            elif isinstance(change, _ALTERING):
                altered |= _strangers(change.table, created)
        if created or altered:
            return not created
        if any(isinstance(change, Opaque) for change in changes):
            return False
    return False


def _strangers(table: ObjectName, created: set[str]) -> set[str]:
    name = table.name.lower()
    return set() if name in created else {name}
