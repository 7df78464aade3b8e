"""unregistered-migration. What comes in: a migration that nothing runs. What goes out: a finding with what the schema lacks for it."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import Unregistered


@rule("warning")
def unregistered_migration(found: Unregistered, graph: ReferenceGraph) -> Iterator[Finding]:
    """A migration exists that nothing runs.

    **Why** Somebody wrote it, and believes that it ran. What it creates is on no database that the program makes.

    **Example** corpora/unregistered-migration

    **Limits** Said of a module beside those that a list of migrations names, of files that a tool's journal leaves out, of migration files
    beside a schema that the code makes by itself, and of files that alter what a tool's migrations make, in a folder that neither code nor a
    script, a container or CI names. A person may run such a file by hand: then the program should say so.
    Its statements are checked against the schema behind all that runs, as evidence, and change nothing.

    **Fix** Add it to the list or the journal, or delete it.
    """
    # Fixtures leave migrations out on purpose.
    if graph.role(found.span) in ("test", "seed", "vendored"):
        return
    lacking = f": the schema lacks what it adds, {_listed(found.adds)}" if found.adds else ""
    runner = "the code that makes the schema" if found.runner == "." else found.runner
    leaves = f"{found.tool} runs those in {runner} alone" if found.tool else f"{runner} leaves it out"
    home = f"bring it into {runner}" if found.tool else f"name it in {runner}"
    yield Finding(
        span=found.span,
        message=f'migration "{found.id}" is run by nothing: {leaves}{lacking}',
        schema=found.schema,
        evidence=tuple(Evidence(failure.span, f"it would fail: {failure.message}") for failure in found.failures),
        repair=Repair(f"{home}, or delete it"),
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (" and more" if len(names) > 3 else "")
