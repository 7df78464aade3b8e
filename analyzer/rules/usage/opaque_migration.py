"""opaque-migration. What comes in: a replayed step. What goes out: a finding for each statement that replay could not interpret."""

from collections.abc import Iterator

from analyzer.facts.change.statements import Opaque
from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.standing import PlacedStep
from analyzer.rules.rule import rule


@rule("info")
def opaque_migration(placed: PlacedStep, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration's statement could not be interpreted, so nothing is said of the names it may change.

    **Why** What this statement does to the schema is not known: every finding about these names is withheld, and this says why.

    **Example** corpora/opaque-migration

    **Limits** Never fails a run. A statement that changes no table, column or type is not reported, whatever else it does.

    **Fix** Write the change as a plain statement where that is possible, or leave it: it is no defect.
    """
    del graph
    for change in placed.step.changes:
        if isinstance(change, Opaque):
            yield Finding(
                span=change.span,
                message=f"statement not interpreted ({change.reason}): {_silenced(change)}",
                schema=placed.history.schema.name,
                table=change.touches[0] if len(change.touches) == 1 and change.touches != ("*",) else None,
                group=f"opaque-migration:{placed.history.schema.name}.{placed.step.migration.id}",
                repair=Repair("write the change as a plain statement"),
            )


def _silenced(change: Opaque) -> str:
    if "*" in change.touches:
        return "no table of this schema can be said to be missing"
    if not change.touches:
        return "it names no table"
    names = ", ".join(f'"{name}"' for name in change.touches)
    return f"nothing is said of {names}"
