"""The names engines give to what nobody named: keys, constraints, indexes.

What comes in: a table, columns, and the names already taken. What goes out: a name. Sources: PostgreSQL's `makeObjectName` and
`ChooseConstraintName` (src/backend/commands/indexcmds.c, src/backend/catalog/pg_constraint.c); MySQL's reference manual on unnamed
keys. SQLite gives none that could be dropped. This module does not know changes.
"""

from collections.abc import Callable, Iterable

from analyzer.facts.source import Dialect
from analyzer.sql.scan import scan

_LONGEST = 63


def object_name(table: str, addition: str, label: str) -> str:
    """`table_addition_label`, the longer of the first two cut until the whole fits in 63 bytes."""
    overhead = len(label) + 1 + (1 if addition else 0)
    first, second = table, addition
    while len(first.encode()) + len(second.encode()) + overhead > _LONGEST:
        if len(first.encode()) > len(second.encode()):
            first = first[:-1]
        else:
            second = second[:-1]
    return "_".join(part for part in (first, second, label) if part)


def postgres_name(table: str, columns: Iterable[str], label: str, is_taken: Callable[[str], bool]) -> str:
    """The first free name: the plain one, then with 1, 2, ... behind the label."""
    addition = "_".join(columns)
    number = 0
    while True:
        name = object_name(table, addition, f"{label}{number or ''}")
        if not is_taken(name):
            return name
        number += 1


def mysql_key_name(columns: tuple[str, ...], taken: frozenset[str]) -> str:
    """The first column, then with _2, _3, ..."""
    first = columns[0] if columns else "key"
    name, number = first, 1
    while name.lower() in taken:
        number += 1
        name = f"{first}_{number}"
    return name


def mentioned(sql: str, names: Iterable[str], dialect: Dialect) -> tuple[str, ...]:
    """Which of some columns an expression mentions, in the order of the columns."""
    words = set()
    for token in scan(sql, dialect):
        raw = sql[token.start : token.end]
        if token.kind == "word":
            words.add(raw.lower())
        elif token.kind == "quoted":
            words.add(raw[1:-1].lower())
    return tuple(name for name in names if name.lower() in words)
