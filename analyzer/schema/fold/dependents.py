"""What stands on what: views on tables and columns, foreign keys on tables and keys. PostgreSQL refuses to take the ground away without CASCADE.

What comes in: a schema and what is about to go. What goes out: who depends on it, a Failure, or the schema without them. Source: PostgreSQL's
section 5.15 (dependency tracking). A refusal is said only where everything about the dependent is known. This module does not know changes.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, ForeignKey, Table
from analyzer.facts.source import Span
from analyzer.schema.fold.lookup import children, key_of, with_dropped, with_table, without_table
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure


def readers(schema: Schema, table: Table, column: str = "") -> Iterator[Table]:
    """The views that read a table, or a column of it."""
    namespace, name = key_of(schema, table)
    for view in tuple(schema.tables.values()):
        if view.kind != "view" or view is table or not view.query:
            continue
        if view.reads is not None:
            if any((at, of) == (namespace, name) and (not column or which == column) for at, of, which in view.reads):
                yield view
        elif mentioned(view.query, (table.name,), schema.dialect) and (
            not column or mentioned(view.query, (column,), schema.dialect)
        ):
            yield view


def points_at(schema: Schema, key: ForeignKey, table: Table) -> bool:
    found = schema.table(key.table, key.namespace)
    return found is not None and key_of(schema, found) == key_of(schema, table)


def pointing(schema: Schema, table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    """The foreign keys of other tables that point at this one."""
    for other in tuple(schema.tables.values()):
        if key_of(schema, other) != key_of(schema, table):
            yield from ((other, key) for key in other.foreign_keys if points_at(schema, key, table))


def holder_of_table(schema: Schema, table: Table, span: Span) -> Failure | None:
    """Why a table cannot be dropped without CASCADE. Partitions go with their parent."""
    for view in readers(schema, table):
        if _is_certain(schema, view) and view.reads is not None:
            return _refused(span, table.name, f'view "{view.name}"', f'{table.kind} "{table.name}"', view.defined)
    for other, key in pointing(schema, table):
        if _is_certain(schema, other) and not _goes_too(other, table, schema):
            what = f'constraint "{key.name}" on table "{other.name}"'
            return _refused(span, table.name, what, f'table "{table.name}"', key.defined)
    for child in children(schema, table):
        if "partition" not in child.options and _is_certain(schema, child):
            return _refused(span, table.name, f'table "{child.name}"', f'table "{table.name}"', child.defined)
    return None


def _goes_too(other: Table, table: Table, schema: Schema) -> bool:
    return "partition" in other.options and other in children(schema, table)


def holder_of_column(schema: Schema, table: Table, column: str, span: Span, verb: str = "depends on") -> Failure | None:
    """Why a column cannot be dropped without CASCADE, or retyped at all."""
    for view in readers(schema, table, column):
        if _is_certain(schema, view) and view.reads is not None:
            what = f'column "{column}" of table "{table.name}"'
            return _refused(span, f"{table.name}.{column}", f'view "{view.name}"', what, view.defined, verb)
    return None


def holder_of_key(schema: Schema, table: Table, columns: tuple[str, ...], column: str, span: Span) -> Failure | None:
    """Why a key, or a column that is part of one, cannot be dropped without CASCADE: a foreign key points at it."""
    for other, key in pointing(schema, table):
        target = key.target or (table.primary_key.columns if table.primary_key else ())
        hit = column in target if column else frozenset(target) == frozenset(columns)
        if hit and _is_certain(schema, other):
            what = f'constraint "{key.name}" on table "{other.name}"'
            return _refused(span, table.name, what, f'a key of table "{table.name}"', key.defined)
    return None


def _is_certain(schema: Schema, dependent: Table) -> bool:
    return dependent.certain and LOOSE not in dependent.options and not schema.is_tainted(dependent.name)


def _refused(span: Span, of: str, who: str, what: str, defined: Span, verb: str = "depends on") -> Failure:
    return Failure("refused", span, f"{who} {verb} {what}", of, (defined, f"{who} is created here"))


def without_readers(schema: Schema, table: Table, span: Span, column: str = "") -> Schema:
    """CASCADE: the views that read it go, and those that read them."""
    for view in readers(schema, table, column):
        if schema.tables.get(key_of(schema, view)) is not None:
            schema = with_dropped(without_table(schema, view), view.name, None, span)
            schema = without_readers(schema, view, span)
    return schema


def without_keys(schema: Schema, table: Table, columns: tuple[str, ...]) -> Schema:
    """CASCADE: the foreign keys that point at a key go."""
    for other, key in pointing(schema, table):
        target = key.target or (table.primary_key.columns if table.primary_key else ())
        if frozenset(target) == frozenset(columns):
            now = schema.tables[key_of(schema, other)]
            kept = tuple(one for one in now.foreign_keys if one != key)
            schema = with_table(schema, replace(now, foreign_keys=kept))
    return schema


def moved(schema: Schema, old: tuple[str, str], new: tuple[str, str], column: tuple[str, str] | None = None) -> Schema:
    """What views read under its new name: PostgreSQL's views follow their tables. `column` is a column's old and new name."""
    for view in tuple(schema.tables.values()):
        if view.reads and any(read[:2] == old for read in view.reads):
            reads = tuple(_moved(read, old, new, column) for read in view.reads)
            schema = with_table(schema, replace(view, reads=reads))
    return schema


def _moved(
    read: tuple[str, str, str], old: tuple[str, str], new: tuple[str, str], column: tuple[str, str] | None
) -> tuple[str, str, str]:
    if read[:2] != old:
        return read
    return (*new, column[1] if column is not None and read[2] == column[0] else read[2])
