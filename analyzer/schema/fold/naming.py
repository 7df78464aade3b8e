"""The names engines give to what nobody named: keys, constraints, indexes.

What comes in: a table, columns, and the names already taken. What goes out: a name. Sources: PostgreSQL's `makeObjectName`,
`ChooseIndexColumnNames` and `ChooseConstraintName` (src/backend/commands/indexcmds.c, src/backend/catalog/pg_constraint.c); MySQL's reference
manual on unnamed keys. SQLite gives none that could be dropped. This module does not know changes.
"""

from collections.abc import Callable, Iterable, Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.clause import IndexClause
from analyzer.schema.fold.words import figured

_LONGEST = 63
_SEQUENCED = frozenset({"auto", "always", "default"})


def chosen(schema: Schema, table: Table, columns: tuple[str, ...], label: str) -> str:
    """The name the engine gives to a key ("pkey", "key", "fkey"), a check ("check") or an index ("idx")."""
    if schema.dialect == "postgres":
        others = [
            other for other in schema.tables.values() if other.namespace == table.namespace and other.name != table.name
        ]
        return postgres_name(
            table.name, columns, label, lambda name: any(_has(other, name, label) for other in (table, *others))
        )
    if schema.dialect == "mysql":
        if label == "fkey":
            return _numbered(f"{table.name}_ibfk_", (key.name for key in table.foreign_keys))
        if label == "check":
            return _numbered(f"{table.name}_chk_", (check.name for check in table.checks))
        own = frozenset({key.name.lower() for key in table.unique} | {index.name.lower() for index in table.indexes})
        return "PRIMARY" if label == "pkey" else mysql_key_name(columns, own)
    return ""


def _numbered(prefix: str, names: Iterable[str]) -> str:
    """Behind the highest number that is there."""
    tails = (name[len(prefix) :] for name in names if name.lower().startswith(prefix.lower()))
    return f"{prefix}{max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1}"


def _has(table: Table, name: str, label: str) -> bool:
    """A constraint's name is unique in its namespace; an index's among relations and, where it carries a constraint, among both."""
    if label in ("idx", "key", "pkey"):
        sequences = name.endswith("_seq") and name in tuple(_sequences(table))
        if name == table.name or sequences or (name in table.object_names and name in tuple(_indexes(table))):
            return True
    return label != "idx" and name in table.object_names and name in tuple(_constraints(table))


def _constraints(table: Table) -> Iterator[str]:
    yield from (key.name for key in table.unique)
    yield from (key.name for key in table.foreign_keys)
    yield from (check.name for check in table.checks)
    if table.primary_key is not None:
        yield table.primary_key.name


def _indexes(table: Table) -> Iterator[str]:
    yield from (index.name for index in table.indexes)
    yield from (key.name for key in table.unique)
    if table.primary_key is not None:
        yield table.primary_key.name


def _sequences(table: Table) -> Iterator[str]:
    yield from (
        object_name(table.name, column.name, "seq") for column in table.columns if column.generated in _SEQUENCED
    )


def object_name(table: str, addition: str, label: str) -> str:
    """`table_addition_label`, the longer of the first two cut until the whole fits in 63 bytes."""
    overhead = len(label) + 1 + (1 if addition else 0)
    first, second = table.encode(), addition.encode()
    while len(first) + len(second) + overhead > _LONGEST:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    # A character that is cut in the middle goes whole.
    parts = (first.decode(errors="ignore"), second.decode(errors="ignore"), label)
    return "_".join(part for part in parts if part)


def postgres_name(table: str, columns: Iterable[str], label: str, is_taken: Callable[[str], bool]) -> str:
    """The first free name: the plain one, then with 1, 2, ... behind the label."""
    addition = "_".join(columns)
    number = 0
    while True:
        name = object_name(table, addition, f"{label}{number or ''}")
        if not is_taken(name):
            return name
        number += 1


def index_words(clause: IndexClause) -> tuple[str, ...]:
    """What an index's parts are called: a column's name, what an expression figures to; the included columns count; twins get a number."""
    words: list[str] = []
    plain = [
        figured(column) if position in clause.expressions else column for position, column in enumerate(clause.columns)
    ]
    for word in (*plain, *clause.include):
        name, number = word, 0
        while name in words:
            number += 1
            name = f"{word}{number}"
        words.append(name)
    return tuple(words)


def mysql_key_name(columns: tuple[str, ...], taken: frozenset[str]) -> str:
    """The first column, then with _2, _3, ..."""
    first = columns[0] if columns else "key"
    name, number = first, 1
    while name.lower() in taken:
        number += 1
        name = f"{first}_{number}"
    return name
