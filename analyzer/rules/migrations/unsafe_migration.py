"""unsafe-migration. What comes in: the graph. What goes out: findings for steps that rows which are there may stop, and for commands that push a schema."""

import re
from collections.abc import Iterator

from analyzer.facts.cache import BuildSetting
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AlterColumn
from analyzer.facts.change.statements import DataStatement
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import History
from analyzer.schema.occupied import occupied
from analyzer.schema.unsafe import unsafe

_FORCED = re.compile(r"--(?:force|force-reset|accept-data-loss|yes)\b")
_SHIPS = re.compile(r"build|deploy|start|release|prod|install|Dockerfile", re.IGNORECASE)
_TRIES = re.compile(r"test|e2e|local|dev|seed|preview", re.IGNORECASE)


@rule("warning")
def unsafe_migration(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """A step needs something of the rows that are there, or a command changes the database without a migration.

    **Why** It works on an empty database. Where rows violate the new constraint the deployment stops, and where they do not, the table is locked while
    all of it is read. A push drops what the code no longer names, and no one can say later what a database went through.

    **Example** corpora/unsafe-migration

    **Limits** PostgreSQL's CHECK, FOREIGN KEY and SET NOT NULL on tables that existed before the migration, without NOT VALID and without a statement in
    front that fills or deletes. A warning in the newest migration and where an earlier one inserts rows; information in older ones, which have run.
    A push is a warning where it is forced or part of a build, a start or a deployment.

    **Fix** Add the constraint NOT VALID and validate it later; fill a column before it becomes required. Generate migrations in place of a push.
    """
    for history in graph.histories:
        yield from _of_rows(history, graph)
    for file in graph.program.files.values():
        for setting in file.settings if file.role not in ("test", "vendored") else ():
            if setting.kind == "push" and not _TRIES.search(setting.script):
                yield _of_push(setting)


def _of_rows(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    steps = list(occupied(history.steps))
    for position, (step, filled) in enumerate(steps):
        if graph.role(step.migration.span) in ("test", "seed", "vendored"):
            continue
        for moment, needs, remedy in unsafe(step):
            table = moment.table
            insert = filled.get(table.defined) if table is not None else None
            insert = insert if insert is not None and not _gives(insert, moment.change) else None
            newest = position == len(steps) - 1
            yield Finding(
                span=moment.change.span,
                message=f"this fails where rows stand against it: {needs}",
                severity=None if insert or newest else "info",
                confidence="medium" if insert or newest else "low",
                schema=history.schema.name,
                table=table.name if table is not None else None,
                group=f"unsafe-migration:{history.schema.name}.{step.migration.id}",
                evidence=(Evidence(insert.span, "rows are inserted here"),) if insert else (),
                repair=Repair(remedy),
            )


def _gives(insert: DataStatement, change: SchemaChange) -> bool:
    """The rows have a value in the column that becomes required."""
    return isinstance(change, AlterColumn) and (not insert.columns or change.column in insert.columns)


def _of_push(setting: BuildSetting) -> Finding:
    where = setting.script or setting.span.path
    grave = _FORCED.search(setting.text) or _SHIPS.search(where)
    return Finding(
        span=setting.span,
        message=f'"{setting.text}" makes the database like the code without a migration: what the code no longer names is dropped',
        severity=None if grave else "info",
        group=f"push:{setting.span.path}",
        repair=Repair("generate migrations, and run those"),
    )
