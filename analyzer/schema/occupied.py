"""Which tables hold rows for certain when a migration begins: earlier ones of the same history insert them.

What comes in: a history's steps. What goes out: for each step, the tables (by where they are defined) with the INSERT that fills them. Rows that an
INSERT takes from another table may be none, and what is deleted from may be empty. This module does not know what programs write.
"""

from collections.abc import Iterator, Mapping, Sequence

from analyzer.facts.change.statements import DataStatement
from analyzer.facts.source import Span
from analyzer.schema.history import Step

_SELECT = "select"


def occupied(steps: Sequence[Step]) -> Iterator[tuple[Step, Mapping[Span, DataStatement]]]:
    """Each step with what earlier ones have filled; only steps of which the order is known."""
    filled: dict[Span, DataStatement] = {}
    for step in steps:
        if step.before is None:
            continue
        yield step, dict(filled)
        for change, table in zip(step.changes, step.tables, strict=True):
            if table is None or not isinstance(change, DataStatement) or change.may:
                continue
            if change.verb == "delete":
                filled.pop(table.defined, None)
            elif change.verb == "insert" and _SELECT not in change.sql.lower():
                filled.setdefault(table.defined, change)
