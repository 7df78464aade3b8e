"""Keys and tables that texts outside a history make: nobody knows whether they were run.

What comes in: a history, the files. What goes out: the history, the tables that such a text gives a unique key, and views that it makes a table,
marked as loose: what they lack is accused of nothing. This module does not know which file is right.
"""

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.table import LOOSE, Table
from analyzer.facts.source import Span
from analyzer.program.program import Program
from analyzer.schema.history import History

_NAME = r"(?:[\w\"`\[\]{}]+\.)?[\"`\[]?(\w+)"
_KEYED = re.compile(
    rf"\bcreate\s+unique\s+index\b[^;]*?\bon\s+(?:only\s+)?{_NAME}"
    rf"|\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?{_NAME}[^;]*?\b(?:primary\s+key|unique)\b",
    re.IGNORECASE,
)
_RELAXED = re.compile(
    rf"\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?{_NAME}[^;]*?\balter\s+(?:column\s+)?[\"`]?(\w+)[\"`]?\s+(?:drop\s+not|set\s+default)",
    re.IGNORECASE,
)
_MADE = re.compile(rf"\bcreate\s+(?:\w+\s+)?table\s+(?:if\s+not\s+exists\s+)?{_NAME}", re.IGNORECASE)


class Elsewhere(Struct, frozen=True):
    """Names in lower case: of tables that get a unique key outside every history, of columns that need no value then, and of tables that any text makes."""

    keyed: frozenset[str]
    relaxed: frozenset[tuple[str, str]]
    made: frozenset[str]


def made_elsewhere(program: Program, ordered: Iterable[Span]) -> Elsewhere:
    """What SQL files that no history runs, and the texts of queries, make."""
    known = frozenset(ordered)
    scripts = [script for file in program.files.values() if file.role != "vendored" for script in file.scripts]
    texts = [script.text.skeleton for script in scripts if script.text.span not in known]
    keyed = frozenset(name.lower() for text in texts for names in _KEYED.findall(text) for name in names if name)
    runs = (one.text for timeline in program.timelines for step in timeline.steps for one in step.statements)
    late = [text.skeleton for text in runs if text.span not in known]
    relaxed = frozenset(
        (table.lower(), column.lower()) for text in (*texts, *late) for table, column in _RELAXED.findall(text)
    )
    everything = (
        *(script.text.skeleton for script in scripts),
        *(query.text.skeleton for _, query in program.queries()),
    )
    return Elsewhere(keyed, relaxed, frozenset(name.lower() for text in everything for name in _MADE.findall(text)))


def with_loose_tables(history: History, elsewhere: Elsewhere) -> History:
    """The history with those tables and views marked."""
    marked = {key: _marked(table) for key, table in history.schema.tables.items() if _is_loose(table, elsewhere)}
    for key, table in history.schema.tables.items():
        if any(table.name.lower() == name for name, _ in elsewhere.relaxed):
            marked[key] = _relaxed(marked.get(key, table), elsewhere)
    if not marked:
        return history
    return replace(history, schema=replace(history.schema, tables={**history.schema.tables, **marked}))


def _is_loose(table: Table, elsewhere: Elsewhere) -> bool:
    return table.name.lower() in (elsewhere.made if table.kind == "view" else elsewhere.keyed)


def _relaxed(table: Table, elsewhere: Elsewhere) -> Table:
    columns = tuple(
        replace(column, certain=False) if (table.name.lower(), column.name.lower()) in elsewhere.relaxed else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def _marked(table: Table) -> Table:
    return table if LOOSE in table.options else replace(table, options=(*table.options, LOOSE))
