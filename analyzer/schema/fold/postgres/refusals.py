"""What PostgreSQL does not let CREATE TABLE and ALTER COLUMN do, whatever rows there are.

What comes in: a schema and the change. What goes out: a Failure, or None. Source: PostgreSQL's ALTER TABLE page and `ATExec...` in
src/backend/commands/tablecmds.c. Casts between types are a rule's matter. This module does not know how the change is made.
"""

from collections.abc import Iterable, Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.facts.change.columns import AlterColumn
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import KeyClause, ObjectName
from analyzer.schema.fold.dependents import holder_of_column
from analyzer.schema.fold.failures import missing
from analyzer.schema.fold.indexes import index_exists
from analyzer.schema.fold.lookup import locate
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure
from analyzer.sql.canonical import canonical

_IDENTITY = ("always", "default")
_COMPUTED = ("stored", "virtual")


def malformed(schema: Schema, change: CreateTable) -> Failure | None:
    """Why a table cannot be made: what it copies is not there, or it says a thing twice."""
    sources: tuple[ObjectName, ...] = (*change.inherits, *(like.table for like in change.copies))
    for source in (*sources, change.like) if change.like is not None else sources:
        if locate(schema, source) is None and source.name not in schema.types:
            return missing(schema, source, change.span)
    column = _twice((*(clause.name for clause in change.columns), *_copied(schema, change)))
    if column and change.of is None and change.like is None:
        message = f'column "{column}" is declared twice'
        return Failure("exists", change.span, message, f"{change.table.name}.{column}")
    primary = [clause for clause in change.columns if clause.primary_key]
    if len(primary) + (change.primary_key is not None) > 1:
        return Failure("exists", change.span, f'table "{change.table.name}" has two primary keys', change.table.name)
    taken = _relation_taken(schema, change)
    if taken is not None:
        return taken
    constraint = _twice(name for name in (*_inherited_names(schema, change), *_constraint_names(change)) if name)
    if constraint:
        message = f'constraint "{constraint}" of table "{change.table.name}" is declared twice'
        return Failure("exists", change.span, message, f"{change.table.name}.{constraint}")
    return None


def _twice(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _copied(schema: Schema, change: CreateTable) -> Iterator[str]:
    for like in change.copies:
        source = locate(schema, like.table)
        yield from (column.name for column in source.columns) if source is not None else ()


def _keys(change: CreateTable) -> tuple[KeyClause, ...]:
    """Primary keys and unique constraints; of several over the same columns the first that is named stands for all."""
    found: dict[tuple[tuple[str, ...], bool], KeyClause] = {}
    own = [
        KeyClause(column.span, (column.name,), column.key_name, column.nulls_distinct or column.primary_key)
        for column in change.columns
        if column.primary_key or column.unique
    ]
    first = () if change.primary_key is None else (change.primary_key,)
    for key in (*first, *own, *change.unique):
        known = found.get((key.columns, key.nulls_distinct))
        found[key.columns, key.nulls_distinct] = key if known is None or not known.name else known
    return tuple(found.values())


def _relation_taken(schema: Schema, change: CreateTable) -> Failure | None:
    """A key's index is a relation: its name is its namespace's."""
    if change.temporary:
        return None
    namespace = "" if change.table.namespace in schema.default_namespaces else change.table.namespace
    for key in _keys(change):
        if key.name == change.table.name and key.name:
            return Failure("exists", key.span, f'relation "{key.name}" is declared twice', key.name)
        found = index_exists(schema, key.name, namespace, key.span) if key.name else None
        if found is not None:
            return found
    return None


def _inherited_names(schema: Schema, change: CreateTable) -> set[str]:
    """A key may not have the name of an inherited check; a check of that name is the same check."""
    own = (*change.checks, *(check for column in change.columns for check in column.checks))
    same = {(check.name, canonical(check.sql, "postgres")) for check in own}
    parents = [locate(schema, name) for name in change.inherits]
    inherited = {
        (check.name, canonical(check.sql, "postgres")) for parent in parents if parent for check in parent.checks
    }
    return {name for name, _ in inherited - same}


def _constraint_names(change: CreateTable) -> Iterator[str]:
    for column in change.columns:
        yield from (check.name for check in column.checks)
        yield column.references.name if column.references is not None else ""
    yield from (clause.name for clause in _keys(change))
    yield from (clause.name for clause in change.foreign_keys)
    yield from (clause.name for clause in change.checks)


def unfit(schema: Schema, table: Table, column: Column, change: AlterColumn) -> Failure | None:
    """Why a change of a column cannot succeed."""
    if not column.certain or not table.certain or schema.is_tainted(table.name) or table.kind == "view":
        return None
    if change.type is not None:
        return _held(schema, table, column, change)
    why = _why(table, column, change)
    if not why:
        return None
    message = f'column "{column.name}" of table "{table.name}" {why}'
    return Failure(
        "refused", change.span, message, f"{table.name}.{column.name}", (column.defined, "it is created here")
    )


def _why(table: Table, column: Column, change: AlterColumn) -> str:
    if change.not_null is False:
        if table.primary_key is not None and column.name in table.primary_key.columns:
            return "is in a primary key"
        return "is an identity column" if column.generated in _IDENTITY else ""
    if change.generated == "" and not change.if_exists:
        wanted = _COMPUTED if change.drop_default else _IDENTITY
        return "" if column.generated in wanted else "is no generated column"
    if change.generated in _IDENTITY:
        return "must be NOT NULL to become an identity column" if column.nullable else ""
    if (change.default is not None or change.drop_default) and change.generated is None:
        return "is an identity column" if column.generated in _IDENTITY else ""
    return ""


def _held(schema: Schema, table: Table, column: Column, change: AlterColumn) -> Failure | None:
    failure = holder_of_column(schema, table, column.name, change.span, "reads")
    if failure is not None:
        return failure
    for other in table.columns:
        if (
            other.generated in _COMPUTED
            and mentioned(other.default or "", (column.name,), "postgres")
            and other is not column
        ):
            message = f'column "{other.name}" of table "{table.name}" is computed from column "{column.name}"'
            defined = (other.defined, f'column "{other.name}" is created here')
            return Failure("refused", change.span, message, f"{table.name}.{column.name}", defined)
    return None
