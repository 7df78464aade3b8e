"""Keys that SQL files outside a history make: nobody knows whether they were run.

What comes in: a history, the files. What goes out: the history, the tables that such a file gives a unique key marked as loose: what they lack is
accused of nothing. This module does not know which file is right.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from analyzer.catalog.schema import LOOSE, Table
from analyzer.facts.source import Span
from analyzer.program.program import Program
from analyzer.schema.history import History

_NAME = r"(?:[\w\"`\[\]{}]+\.)?[\"`\[]?(\w+)"
_KEYED = re.compile(
    rf"\bcreate\s+unique\s+index\b[^;]*?\bon\s+(?:only\s+)?{_NAME}"
    rf"|\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?{_NAME}[^;]*?\b(?:primary\s+key|unique)\b",
    re.IGNORECASE,
)


def keyed_elsewhere(program: Program, ordered: Iterable[Span]) -> frozenset[str]:
    """Names of the tables that get a unique key in a file that no history runs, in lower case."""
    known = frozenset(ordered)
    scripts = (script for file in program.files.values() if file.role != "vendored" for script in file.scripts)
    texts = (script.text.skeleton for script in scripts if script.text.span not in known)
    return frozenset(name.lower() for text in texts for names in _KEYED.findall(text) for name in names if name)


def with_loose_tables(history: History, names: frozenset[str]) -> History:
    """The history with those tables marked."""
    marked = {key: _marked(table) for key, table in history.schema.tables.items() if table.name.lower() in names}
    if not marked:
        return history
    return replace(history, schema=replace(history.schema, tables={**history.schema.tables, **marked}))


def _marked(table: Table) -> Table:
    return table if LOOSE in table.options else replace(table, options=(*table.options, LOOSE))
