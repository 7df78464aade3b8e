"""unreachable-migration. What comes in: a replayed step. What goes out: a finding where the runner stops before it."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.standing import PlacedStep
from analyzer.rules.rule import rule


@rule("error")
def unreachable_migration(placed: PlacedStep, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration runs only after one that fails.

    **Why** The runner stops at the first failure: on every new database nothing that this migration does ever happens, however right it is.

    **Example** corpora/unreachable-migration

    **Limits** Said only of migrations whose runner is known to stop: lists of migrations that code goes through, and tools that are known to. A
    runner that catches a step's failure and goes on is not accused.

    **Fix** Correct the migration that fails. Where this one has never run anywhere, check that it still fits what came after it.
    """
    blocker = placed.history.blocker
    if placed.step.reached or blocker is None:
        return
    # Fixtures hold broken histories on purpose.
    if graph.role(placed.step.migration.span) in ("test", "seed", "vendored"):
        return
    failure = blocker.failures[0]
    yield Finding(
        span=placed.step.migration.span,
        message=f'migration "{placed.step.migration.id}" never runs: "{blocker.migration.id}" fails before it',
        schema=placed.history.schema.name,
        group=placed.history.failing(blocker),
        evidence=(Evidence(failure.span, f"the runner stops here: {failure.message}"),),
        repair=Repair(f'correct migration "{blocker.migration.id}"'),
    )
