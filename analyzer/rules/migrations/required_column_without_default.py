"""required-column-without-default. What comes in: a history. What goes out: a finding for each column that a table with rows cannot get."""

from collections.abc import Iterator, Mapping

from analyzer.facts.change.columns import AddColumn
from analyzer.facts.change.statements import DataStatement
from analyzer.facts.source import Span
from analyzer.findings import Confidence, Evidence, Finding, Repair, Severity
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import History, Moment, Step
from analyzer.schema.occupied import occupied
from analyzer.schema.required import needs_empty


@rule("error")
def required_column_without_default(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A required column without a default is added to a table that existed before.

    **Why** PostgreSQL and SQLite refuse the statement as soon as the table has one row: the migration works on the developer's empty database,
    and stops the deployment.

    **Example** corpora/required-column-without-default

    **Limits** An error where an earlier migration of the history inserts rows into the table: there it fails everywhere. A warning in the newest migration, and
    information in older ones, which may have run while the table was empty. Said of SQLite's defaults that are not constant as well. MySQL fills
    such a column by itself. Nothing is said where the migration makes or empties the table.

    **Fix** Give a default, or add the column without NOT NULL, fill it, and set NOT NULL.
    """
    steps = list(occupied(history.steps))
    for position, (step, filled) in enumerate(steps):
        if graph.role(step.migration.span) in ("test", "seed", "vendored"):
            continue
        for moment in step.moments():
            finding = _finding(history, step, moment, filled, newest=position == len(steps) - 1)
            if finding is not None:
                yield finding


def _finding(
    history: History, step: Step, moment: Moment, filled: Mapping[Span, DataStatement], *, newest: bool
) -> Finding | None:
    change, table = moment.change, moment.table
    if not isinstance(change, AddColumn) or table is None or not moment.existing or step.before is None:
        return None
    why = None if change.may or table.column(change.column.name) else needs_empty(change.column, step.before)
    if why is None or step.before.is_tainted(table.name):
        return None
    insert = filled.get(table.defined)
    levels: tuple[Severity | None, Confidence] = (
        (None, "high") if insert else ("warning", "medium") if newest else ("info", "low")
    )
    where = f'"{table.name}" has rows' if insert else f'"{table.name}" may have rows'
    created = Evidence(table.defined, f'"{table.name}" was there before this migration')
    return Finding(
        span=change.span,
        message=f'column "{change.column.name}" cannot be added where {where}: {why}',
        severity=levels[0],
        confidence=levels[1],
        schema=history.schema.name,
        table=table.name,
        column=change.column.name,
        group=f"required-column:{history.schema.name}.{step.migration.id}",
        evidence=(Evidence(insert.span, f'rows of "{table.name}" are inserted here'),) if insert else (created,),
        repair=Repair("give it a default, or add it without NOT NULL, fill it, and set NOT NULL"),
    )
