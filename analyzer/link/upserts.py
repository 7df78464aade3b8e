"""Whether a unique key serves the target of ON CONFLICT.

What comes in: a write and its schema. What goes out: True, False, or None where it is not known. Sources: PostgreSQL's page on INSERT ("conflict_target":
inference), SQLite's on UPSERT. Columns stand in any order, collations and operator classes are not looked at; a partial index serves where the
target's WHERE is its predicate. This module does not judge.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Table
from analyzer.link.writes import LinkedWrite
from analyzer.sql.canonical import canonical
from analyzer.sql.resolution import Conflict


class _Key(Struct, frozen=True):
    columns: frozenset[str]
    expressions: frozenset[str] = frozenset()
    where: str = ""


def has_arbiter(write: LinkedWrite, schema: Schema) -> bool | None:
    """Whether the database finds the key that an upsert names; True where it names none."""
    conflict, table = write.write.conflict, write.table
    if conflict is None or schema.dialect == "mysql" or (conflict.target is None and not conflict.constraint):
        return True
    if not write.is_known or LOOSE in table.options or schema.loose or any(map(_hides_keys, table.options)):
        return None
    if conflict.constraint:
        return _has_constraint(conflict.constraint, table)
    return _is_served(conflict, table)


def _hides_keys(option: str) -> bool:
    """What is made of another table may have keys that nothing here says."""
    return option.startswith(("child of", "including")) or option in ("partition", "virtual", "foreign")


def _has_constraint(name: str, table: Table) -> bool | None:
    keys = (*((table.primary_key,) if table.primary_key is not None else ()), *table.unique)
    if any(key.name == name for key in keys):
        return True
    return None if "exclusion" in table.options or not all(key.name for key in keys) else False


def _is_served(conflict: Conflict, table: Table) -> bool | None:
    named = [name for name in conflict.target or () if table.column(name) is not None]
    others = [name for name in conflict.target or () if table.column(name) is None]
    if others and not conflict.expressions:
        return None  # a column that is not there is another fault
    columns = frozenset(fold(name, table.dialect) for name in named)
    expressions = frozenset(canonical(text, table.dialect) for text in others)
    doubtful = False
    for key in _keys(table):
        if key.columns != columns or len(key.expressions) != len(expressions):
            continue
        same = key.expressions == expressions
        if same and (not key.where or (conflict.where and canonical(conflict.where, table.dialect) == key.where)):
            return True
        doubtful = doubtful or not same or bool(conflict.where)
    return None if doubtful else False


def _keys(table: Table) -> Iterator[_Key]:
    if table.primary_key is not None:
        yield _Key(_folded(table.primary_key.columns, table))
    for key in table.unique:
        yield _Key(_folded(key.columns, table))
    for column in table.columns:
        if column.generated == "auto" and table.dialect == "sqlite":
            yield _Key(_folded((column.name,), table))
    for index in table.indexes:
        if index.unique:
            plain = [name for at, name in enumerate(index.columns) if at not in index.expressions]
            texts = [name for at, name in enumerate(index.columns) if at in index.expressions]
            where = canonical(index.where, table.dialect) if index.where else ""
            expressions = frozenset(canonical(text, table.dialect) for text in texts)
            yield _Key(_folded(tuple(plain), table), expressions, where)


def _folded(columns: tuple[str, ...], table: Table) -> frozenset[str]:
    return frozenset(fold(name, table.dialect) for name in columns)
