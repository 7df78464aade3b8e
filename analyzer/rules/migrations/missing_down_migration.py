"""missing-down-migration. What comes in: a history. What goes out: findings for the migrations that have no way down, or one for a history without any."""

from collections.abc import Iterator

from analyzer.facts.migration import Migration
from analyzer.findings import Finding, Repair, Severity
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import TOOLED, History
from analyzer.schema.reversal import has_way_down

# A history most of whose steps can be undone means all of them to.
_MOST = 2 / 3
# Fewer steps than these are no policy yet.
_POLICY = 8


@rule("warning")
def missing_down_migration(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration has no way down where the others have one, or a whole history has none.

    **Why** A release that goes wrong is rolled back step by step: the rollback ends at the migration that cannot be undone.

    **Example** corpora/missing-down-migration

    **Limits** A warning where most migrations of the history have a way down and one has none, an unedited template included. A history that only goes forward, as
    Prisma's and drizzle's do, is a policy: it is said once, as information, at its first migration, when there are several. A way down that is left empty counts as decided.

    **Fix** Write the reverse of each statement, or an empty way down with a word on why.
    """
    source = next((one for one in history.sources if one.live), None)
    if source is None or source.kind not in {"code-migrations", *TOOLED} or len(history.steps) < 2:
        return
    migrations = [step.migration for step in history.steps]
    if graph.role(migrations[0].span) in ("test", "seed", "vendored") or history.apart:
        return
    empty = _empty(graph)
    bare = [one for one in migrations if not has_way_down(one) and _place(graph, one.span.path) not in empty]
    if len(bare) == len(migrations) and source.kind == "sql-migrations" and len(bare) >= _POLICY:
        message = f"no migration of {source.path or '.'} has a way down: a release can only be rolled forward"
        yield _finding(history, migrations[0], message, "info")
    elif len(migrations) - len(bare) >= _MOST * len(migrations):
        for migration in bare:
            yield _finding(
                history, migration, f'migration "{migration.id}" has no way down, and the others have one', None
            )


def _place(graph: ReferenceGraph, path: str) -> tuple[object, ...]:
    """What a way up and its way down share."""
    file = graph.program.files.get(path)
    layout = file.layout if file is not None else None
    return (path,) if layout is None else (layout.folder, layout.version)


def _empty(graph: ReferenceGraph) -> frozenset[tuple[object, ...]]:
    """The files for a way down that hold nothing."""
    files = graph.program.files.values()
    return frozenset(
        _place(graph, file.path)
        for file in files
        if file.layout is not None and file.layout.direction == "down" and not file.scripts
    )


def _finding(history: History, migration: Migration, message: str, severity: Severity | None) -> Finding:
    return Finding(
        span=migration.span,
        message=message,
        severity=severity,
        schema=history.schema.name,
        group=f"missing-down-migration:{history.schema.name}",
        repair=Repair("write the reverse of each statement"),
    )
