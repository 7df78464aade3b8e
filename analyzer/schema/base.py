"""Does a timeline build its schema from nothing, or does it alter what something else made?

What comes in: the changes of each migration in order. What goes out: yes or no, and which names are something else's. A project that took over an existing database
begins with ALTER: then any table may exist, and none may be said to be missing. This module does not know files.
"""

from collections.abc import Iterable, Iterator

from analyzer.catalog.names import fold
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint, DropConstraint
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.statements import Opaque
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.change.types import AddEnumValue, CreateDomain, CreateEnum, DropType, RenameEnumValue, RenameType
from analyzer.facts.change.views import CreateView
from analyzer.facts.source import Dialect

_ALTERING = (
    AddColumn | AddConstraint | AddIndex | AlterColumn | DropColumn | DropConstraint | RenameColumn | RenameTable
)


def external_names(migrations: Iterable[tuple[SchemaChange, ...]], dialect: Dialect) -> frozenset[str]:
    """What a history speaks of and never makes, or makes only behind that in one migration, as who builds a table anew: something else made it,
    models by themselves, or a library.
    """
    made: set[str] = set()
    open_: set[str] = set()
    found: set[str] = set()
    renamed: list[tuple[str, str]] = []
    for changes in migrations:
        early = [fold(name, dialect) for change in changes for name in _named(change)]
        own = {fold(name, dialect) for change in changes for name in _made(change)}
        seen = set(made)
        for change in changes:
            found |= {at for name in _named(change) if (at := fold(name, dialect)) not in seen and at in own}
            seen |= {fold(name, dialect) for name in _made(change)}
        made |= own
        open_ |= set(early)
        renamed += (
            (fold(one.table.name, dialect), fold(one.to.name, dialect))
            for one in changes
            if isinstance(one, RenameTable)
        )
    found |= open_ - made
    for old, new in renamed:
        found |= {new} if old in found else set()
    return frozenset(found)


def _made(change: SchemaChange) -> Iterator[str]:
    match change:
        case CreateTable(table=name) | RenameTable(to=name) | CreateView(view=name):
            yield name.name
        case CreateEnum(type=name) | CreateDomain(type=name) | RenameType(to=name):
            yield name.name
        case _:
            return


def _named(change: SchemaChange) -> Iterator[str]:
    """Tables that are changed or pointed at, types that are changed."""
    if isinstance(change, _ALTERING | DropTable):
        yield change.table.name
    elif isinstance(change, AddEnumValue | RenameEnumValue | RenameType | DropType):
        yield change.type.name
    if isinstance(change, CreateTable):
        keys = [column.references for column in change.columns] + [*change.foreign_keys]
        yield from (key.target.name for key in keys if key is not None)
    elif isinstance(change, AddColumn) and change.column.references is not None:
        yield change.column.references.target.name
    elif isinstance(change, AddConstraint) and change.foreign_key is not None:
        yield change.foreign_key.target.name


def has_external_base(migrations: Iterable[tuple[SchemaChange, ...]]) -> bool:
    """True where the first statement about a table alters it: nothing here has created it."""
    for changes in migrations:
        for change in changes:
            if isinstance(change, CreateTable | Opaque):
                return False
            if isinstance(change, _ALTERING):
                return True
    return False
