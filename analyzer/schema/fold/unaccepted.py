"""What engines refuse of a statement whatever the tables hold, and though every name in it may be there.

What comes in: a schema before and after one change, and how its migration runs. What goes out: a Failure, or None where refusal is not certain. Each was
asked of PostgreSQL 18 or SQLite 3.40. What is refused only where a table has rows is no failure here. This module does not know rules.
"""

from collections import Counter
from collections.abc import Iterator

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import IndexClause
from analyzer.facts.migration import Migration
from analyzer.facts.source import Span
from analyzer.schema.fold.failures import column_missing
from analyzer.schema.fold.lookup import locate
from analyzer.schema.fold.postgres.immutability import families_of, unstable
from analyzer.schema.history import Failure
from analyzer.sql.splitting import split


def refusal(before: Schema, after: Schema, change: SchemaChange) -> Failure | None:
    """Why the engine does not take the statement."""
    match change:
        case CreateTable():
            return _table(after, change)
        case AddConstraint():
            return _second_key(before, change)
        case _:
            return None


def _refused(span: Span, message: str, name: str, related: tuple[Span, str] | None = None) -> Failure:
    return Failure("refused", span, message, name, related)


def _table(schema: Schema, change: CreateTable) -> Failure | None:
    if change.open or change.like is not None or change.query is not None or schema.is_tainted(change.table.name):
        return None
    name = change.table.name
    names = Counter(fold(column.name, schema.dialect) for column in change.columns)
    twice = next((column for column in change.columns if names[fold(column.name, schema.dialect)] > 1), None)
    if twice is not None and not change.inherits:
        return _refused(change.span, f'table "{name}" names column "{twice.name}" twice', f"{name}.{twice.name}")
    keys = [column for column in change.columns if column.primary_key]
    if len(keys) + (change.primary_key is not None) > 1:
        return _refused(change.span, f'table "{name}" has more than one primary key', name)
    table = locate(schema, change.table)
    lacking = next((one for one in _keyed(change) if table and table.closed and table.column(one[0]) is None), None)
    return column_missing(schema, table, *lacking) if table is not None and lacking is not None else None


def _keyed(change: CreateTable) -> Iterator[tuple[str, Span]]:
    """The columns that its keys name, each with the key's place."""
    for key in (change.primary_key, *change.unique, *change.foreign_keys):
        if key is not None:
            yield from ((name, key.span) for name in key.columns)


def anyway(schema: Schema, change: SchemaChange, migration: Migration) -> Failure | None:
    """What is refused whether its table and the object are known or not."""
    return concurrency(schema, change, migration) or (_index(schema, change) if isinstance(change, AddIndex) else None)


def concurrency(schema: Schema, change: SchemaChange, migration: Migration) -> Failure | None:
    """PostgreSQL: CONCURRENTLY inside a transaction, whether the index is there or not. A single statement that is sent as one query has none around it."""
    if not isinstance(change, AddIndex | DropIndex) or not change.concurrently or schema.dialect != "postgres":
        return None
    if not migration.transactional and not (migration.batch and _has_company(change.span, migration)):
        return None
    verb, name = ("CREATE", change.table.name) if isinstance(change, AddIndex) else ("DROP", change.index.name)
    return _refused(change.span, f"{verb} INDEX CONCURRENTLY cannot run inside a transaction block", name)


def _has_company(span: Span, migration: Migration) -> bool:
    """True where its text holds more than this statement."""
    for text in migration.up:
        inside = text.span.path == span.path and text.span.start <= span.start and span.end <= text.span.end
        if inside and len(split(text.skeleton, "postgres")) > 1:
            return True
    return False


def _index(schema: Schema, change: AddIndex) -> Failure | None:
    """PostgreSQL: a predicate or expression that is not IMMUTABLE."""
    table = locate(schema, change.table)
    if schema.dialect != "postgres":
        return None
    kinds = dict.fromkeys(schema.enums, "enum") | dict.fromkeys(schema.types, "")
    families = families_of(table, kinds) if table is not None else {}
    for sql, part in _expressions(change.index):
        piece = unstable(sql, families, frozenset(schema.functions))
        if piece is not None:
            message = f"functions in an index {part} must be IMMUTABLE, and {piece} is not"
            return _refused(change.span, message, change.table.name)
    return None


def _expressions(index: IndexClause) -> Iterator[tuple[str, str]]:
    yield from ((index.columns[at], "expression") for at in index.expressions)
    if index.where is not None:
        yield index.where, "predicate"


def _second_key(schema: Schema, change: AddConstraint) -> Failure | None:
    table = locate(schema, change.table)
    if change.primary_key is None or table is None or table.primary_key is None or not table.certain:
        return None
    if schema.dialect == "sqlite" or schema.is_tainted(table.name):
        return None
    related = table.primary_key.defined, "its primary key is declared here"
    return _refused(change.span, f'table "{table.name}" already has a primary key', table.name, related)
