"""lossy-down-migration. What comes in: a replayed step. What goes out: a finding where its way down leaves another schema than there was before."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.standing import PlacedStep
from analyzer.rules.rule import rule
from analyzer.schema.differences import Difference
from analyzer.schema.reversal import lost


@rule("info")
def lossy_down_migration(placed: PlacedStep, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration's way down does not restore the schema that was there before it.

    **Why** After a rollback the older release meets a schema it never knew, and the migration may fail when it is run again.

    **Example** corpora/lossy-down-migration

    **Limits** The way down is replayed on the schema behind the migration, and compared in tables, columns, types, defaults and keys. Rows are not meant. Nothing is
    said where either direction holds what cannot be read, and where the way down changes no schema: it says that there is none.

    **Fix** Undo each statement in reverse order, or say that the step cannot be undone.
    """
    migration = placed.step.migration
    if graph.role(migration.span) in ("test", "seed", "vendored"):
        return
    differences = lost(placed.step)
    if not differences:
        return
    said = list(dict.fromkeys(_said(difference) for difference in differences))
    places = [(difference.left_at or difference.right_at, _said(difference)) for difference in differences]
    yield Finding(
        span=migration.down[0].span,
        message=f'the way down of migration "{migration.id}" does not restore the schema: {", ".join(said[:3])}{" and more" if len(said) > 3 else ""}',
        schema=placed.history.schema.name,
        table=differences[0].table,
        column=differences[0].column,
        evidence=tuple(Evidence(span, sentence) for span, sentence in places if span is not None),
        repair=Repair("undo each statement in reverse order"),
    )


def _said(difference: Difference) -> str:
    name = f'"{difference.table}{"." + difference.column if difference.column else ""}"'
    if difference.right is None:
        return (
            f"{difference.kind} {difference.left} of {name} is gone"
            if difference.kind not in ("table", "column")
            else f"{difference.kind} {name} is gone"
        )
    if difference.left is None:
        return (
            f"{difference.kind} {difference.right} of {name} stays"
            if difference.kind not in ("table", "column")
            else f"{difference.kind} {name} stays"
        )
    return f"{difference.kind} of {name} was {difference.left} and is {difference.right}"
