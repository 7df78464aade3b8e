"""What engines refuse of a foreign key: a target that is not there, that no index makes a key, or that is of another type.

What comes in: a schema before and after one change. What goes out: a Failure, or None where it is not certain. PostgreSQL and MySQL look when the
statement runs; SQLite takes every key, and looks when rows are written: `faults` says what is wrong with the keys of a whole schema. The engines'
own answers were taken from PostgreSQL 18, MariaDB 10.11 and SQLite 3.40. This module does not know data.
"""

from collections.abc import Iterator

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, ForeignKey, Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import ForeignKeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.lookup import is_settled, locate
from analyzer.schema.fold.mysql import types as mysql_types
from analyzer.schema.fold.postgres import types as postgres_types
from analyzer.schema.fold.sqlite import types as sqlite_types
from analyzer.schema.history import Failure


def key_failure(schema: Schema, change: SchemaChange) -> Failure | None:
    """Why the engine refuses the keys that a change makes or changes; `schema` is the one after it."""
    if schema.dialect == "sqlite":
        return None
    if isinstance(change, AlterColumn):
        return _retyped(schema, change) if change.type is not None and schema.dialect == "postgres" else None
    if not isinstance(change, CreateTable | AddColumn | AddConstraint):
        return None
    table = locate(schema, change.table)
    spans = {clause.span for clause in _clauses(change, schema)}
    keys = (key for key in table.foreign_keys if key.defined in spans) if table is not None else ()
    return next((failure for key in keys if table and (failure := fault(schema, table, key))), None)


def _clauses(change: CreateTable | AddColumn | AddConstraint, schema: Schema) -> Iterator[ForeignKeyClause]:
    """Those that name their target whole."""
    return (clause for clause in _all_clauses(change, schema) if not clause.target.spliced)


def _all_clauses(change: CreateTable | AddColumn | AddConstraint, schema: Schema) -> Iterator[ForeignKeyClause]:
    """MySQL reads the REFERENCES of a column and forgets them; MariaDB keeps them: nothing is said of those."""
    if isinstance(change, AddConstraint):
        yield from (change.foreign_key,) if change.foreign_key is not None else ()
        return
    columns = change.columns if isinstance(change, CreateTable) else (change.column,)
    if schema.dialect != "mysql":
        yield from (column.references for column in columns if column.references is not None)
    if isinstance(change, CreateTable):
        yield from change.foreign_keys


def _retyped(schema: Schema, change: AlterColumn) -> Failure | None:
    """The keys of a column and those that point at it are made again with its new type; two columns of one table may change at once."""
    table = locate(schema, change.table)
    if table is None or table.column(change.column) is None:
        return None
    for owner in schema.tables.values():
        for key in owner.foreign_keys:
            target = schema.table(key.table, key.namespace)
            about = owner is table or target is table
            if about and owner is not target and target is not None and _is_of(change.column, table, owner, key):
                failure = _unlike(schema, owner, key, target, change.span)
                if failure is not None:
                    return failure
    return None


def _is_of(column: str, table: Table, owner: Table, key: ForeignKey) -> bool:
    names = key.columns if owner is table else key.target or (table.primary_key.columns if table.primary_key else ())
    return any(fold(name, table.dialect) == fold(column, table.dialect) for name in names)


def faults(schema: Schema) -> Iterator[tuple[Table, ForeignKey, Failure]]:
    """What is wrong with the keys of a schema."""
    for table in schema.tables.values():
        for key in table.foreign_keys:
            failure = fault(schema, table, key) if table.certain and table.kind == "table" else None
            if failure is not None:
                yield table, key, failure


def fault(schema: Schema, table: Table, key: ForeignKey) -> Failure | None:
    """What is wrong with one key; None where that is not certain."""
    name = ObjectName(key.table, key.namespace)
    target = schema.table(key.table, key.namespace or _beside(table))
    target = target if target is not None else schema.table(key.table, key.namespace)
    if schema.is_tainted(table.name) or not is_settled(schema, name) or "{" in key.table:
        return None
    if target is None:
        dropped = schema.last_dropped(key.table, None)
        related = (dropped.span, f'table "{key.table}" is {_gone(dropped.renamed_to)} here') if dropped else None
        return _failure(table, key, f'references table "{key.table}", which does not exist', related)
    if target.kind != "table" or not target.certain or "partitioned" in table.options or "virtual" in target.options:
        return None
    return _column_missing(table, key, target) or _keyless(table, key, target) or _unlike(schema, table, key, target)


def _beside(table: Table) -> str:
    return "" if table.namespace == "pg_temp" else table.namespace


def _gone(renamed_to: str | None) -> str:
    return f'renamed to "{renamed_to}"' if renamed_to else "dropped"


def _failure(table: Table, key: ForeignKey, message: str, related: tuple[Span, str] | None) -> Failure:
    return Failure("target", key.defined, f"foreign key {message}", f"{table.name}.{key.columns[0]}", related)


def _column_missing(table: Table, key: ForeignKey, target: Table) -> Failure | None:
    lacking = next((name for name in key.target if target.column(name) is None), None)
    if lacking is None or not target.closed:
        return None
    message = f'references column "{lacking}", which table "{target.name}" does not have'
    return _failure(table, key, message, (target.defined, f'table "{target.name}" is created here'))


def _keyless(table: Table, key: ForeignKey, target: Table) -> Failure | None:
    """No index makes the target a key: PostgreSQL wants a whole unique one, MySQL any that begins with the columns."""
    if not target.closed or any(not column.certain for column in target.columns) or "exclusion" in target.options:
        return None
    related = target.defined, f'table "{target.name}" is created here'
    if not key.target:
        keyed = target.primary_key is not None or target.dialect == "mysql" or bool(_marks(target))
        message = f'references table "{target.name}", which has no primary key'
        return None if keyed else _failure(table, key, message, related)
    wanted = frozenset(fold(name, table.dialect) for name in key.target)
    if any(_serves(columns, wanted, target) for columns in _indexes(target)) or _marks(target):
        return None
    listed = ", ".join(key.target)
    lack = "with which no index begins" if target.dialect == "mysql" else "which is not unique"
    return _failure(table, key, f'references "{target.name}" ({listed}), {lack}', related)


def _marks(table: Table) -> bool:
    """What is made of another table may have keys that nothing here says."""
    return any(option.startswith(("child of", "including")) for option in table.options)


def _indexes(table: Table) -> Iterator[tuple[str, ...]]:
    """The columns of the indexes that may serve: unique ones, in MySQL others too, those it makes for keys included."""
    mysql = table.dialect == "mysql"
    if table.primary_key is not None:
        yield table.primary_key.columns
    yield from (key.columns for key in table.unique)
    for index in table.indexes:
        if (index.unique or mysql) and index.where is None and not index.expressions:
            yield index.columns
    yield from (key.columns for key in table.foreign_keys if mysql)


def _serves(columns: tuple[str, ...], wanted: frozenset[str], table: Table) -> bool:
    names = [fold(name, table.dialect) for name in columns]
    return frozenset(names[: len(wanted)] if table.dialect == "mysql" else names) == wanted


def _unlike(schema: Schema, table: Table, key: ForeignKey, target: Table, span: Span | None = None) -> Failure | None:
    """A column of the key and what it refers to are of types that do not compare."""
    names = key.target or (target.primary_key.columns if target.primary_key is not None else ())
    for name, other in zip(key.columns, names, strict=False):
        column, referred = table.column(name), target.column(other)
        if column is None or referred is None or not column.certain or not referred.certain:
            continue
        if _compare(schema, column, referred):
            continue
        message = f'foreign key column "{table.name}.{column.name}" is {_said(column)}, and "{target.name}.{referred.name}" is {_said(referred)}'
        related = referred.defined, f'"{target.name}.{referred.name}" is defined here'
        return Failure("key-type", span or key.defined, message, f"{table.name}.{column.name}", related)
    return None


def _compare(schema: Schema, column: Column, referred: Column) -> bool:
    match schema.dialect:
        case "postgres":
            return postgres_types.may_refer(schema, column.type, referred.type)
        case "mysql":
            return mysql_types.may_refer(column.type, referred.type)
        case _:
            return sqlite_types.may_refer(column.type, referred.type)


def _said(column: Column) -> str:
    return column.type.raw or "without a type"
