"""migration-error. What comes in: a replayed step. What goes out: a finding for each statement that cannot succeed at its place."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.standing import PlacedStep
from analyzer.rules.rule import rule
from analyzer.schema.history import Failure

_REPAIRS = {
    "syntax": "complete the statement",
    "exists": "take the statement out, or guard it with IF NOT EXISTS",
    "missing": "correct the name, or create the object in an earlier migration",
    "refused": "change the statement",
}


@rule("error")
def migration_error(placed: PlacedStep, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration's statement cannot succeed at its place in the history.

    **Why** The runner stops here on every new database: this migration and all later ones never run, and what they create is missing.

    **Example** corpora/migration-error

    **Limits** Nothing is said of names that a statement which could not be read mentions, of schemas that another program creates, and
    where the history begins by altering tables it never created. The target of a foreign key is foreign-key-missing-target's.

    **Fix** Correct the statement. Where databases exist on which it ran in another shape, add a migration instead of editing this one.
    """
    # Fixtures hold broken migrations on purpose.
    if graph.role(placed.step.migration.span) in ("test", "seed", "vendored"):
        return
    for failure in placed.step.failures:
        # Failures of other kinds are other rules' findings.
        if failure.kind in _REPAIRS:
            yield _finding(placed, failure)


def _finding(placed: PlacedStep, failure: Failure) -> Finding:
    schema = placed.history.schema.name
    table, _, column = failure.object.partition(".")
    return Finding(
        span=failure.span,
        message=f"migration fails: {failure.message}",
        schema=schema,
        table=table or None,
        column=column or None,
        group=placed.history.failing(placed.step),
        evidence=(Evidence(*failure.related),) if failure.related else (),
        repair=Repair(_REPAIRS[failure.kind]),
    )
