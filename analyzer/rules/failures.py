"""Failures of a replayed history as findings. Rules of several families speak of them, each of its own kinds.

What comes in: a history and what of it fails. What goes out: Findings. This module does not know which rule reports what.
"""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.graph import ReferenceGraph
from analyzer.schema.history import Failure, History, Step
from analyzer.schema.key_faults import key_faults


def is_meant(graph: ReferenceGraph, failure: Failure) -> bool:
    """True where a migration may be wrong on purpose, or is somebody else's: fixtures, seeds and vendored code."""
    return graph.role(failure.span) in ("test", "seed", "vendored")


def step_failures(history: History, graph: ReferenceGraph, kind: str) -> Iterator[tuple[Step, Failure]]:
    """The failures of one kind, each with its step."""
    # Models beside which a library has others do not know every table.
    open_ = kind == "target" and history.sources[0].kind == "models" and not history.accuses
    for step in history.steps if not open_ else ():
        for failure in step.failures:
            if failure.kind == kind and not is_meant(graph, failure):
                yield step, failure


def final_failures(history: History, graph: ReferenceGraph, kind: str) -> Iterator[tuple[Failure, Severity | None]]:
    """What is wrong with keys when all steps are done, where the history is the whole story of its schema; a warning where the engine converts."""
    for failure, converts in key_faults(history) if history.accuses else ():
        if failure.kind == kind and not is_meant(graph, failure):
            yield failure, "warning" if converts else None


def failure_finding(
    history: History, failure: Failure, group: str, repair: str, severity: Severity | None = None
) -> Finding:
    """One failure; its object names the table, and the column behind the last dot."""
    table, _, column = failure.object.rpartition(".")
    return Finding(
        span=failure.span,
        message=failure.message,
        severity=severity,
        schema=history.schema.name,
        table=table,
        column=column,
        group=group,
        evidence=(Evidence(*failure.related),) if failure.related else (),
        repair=Repair(repair),
    )
