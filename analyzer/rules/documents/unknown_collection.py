"""unknown-collection. What comes in: the graph. What goes out: a finding for a collection that is named once, almost like another."""

from collections import defaultdict
from collections.abc import Iterator

from analyzer.catalog.names import is_slip
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.mentions import Mention, mentions
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule


@rule("warning")
def unknown_collection(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """A query reads a collection that nothing writes, and that is called almost like one that is used everywhere.

    **Why** The database makes no objection: a collection that is not there is an empty one, and a `$lookup` of it finds nothing.

    **Example** corpora/unknown-collection

    **Limits** Said of a name that one place alone reads, and that is one letter, a plural or a case away from a collection with a model or a writer that
    other places use. Names with dots (GridFS, `system.profile`), names that differ by a number, and computed names are left out, tests, seeds and
    migrations as well.

    **Fix** Correct the name.
    """
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(graph.queries):
        named[mention.name].append(mention)
    declared = graph.program.documents.declared
    known = {
        name
        for name, several in named.items()
        if name in declared or (any(one.known for one in several) and len({one.span for one in several}) > 1)
    }
    for name, several in sorted(named.items()):
        if name in declared or any(one.known for one in several) or len({one.span for one in several}) > 1:
            continue
        near = next((one for one in sorted(known) if is_slip(name, one)), None)
        if near is not None and graph.role(several[0].span) not in ("test", "seed", "migration"):
            yield _finding(several[0], near, named[near])


def _finding(mention: Mention, near: str, others: list[Mention]) -> Finding:
    known = next((one for one in others if one.known), others[0])
    return Finding(
        span=mention.span,
        severity="info" if is_errand(mention.span.path) else None,
        message=f'nothing writes to a collection "{mention.name}", and no other place names it (did you mean "{near}"?)',
        schema=mention.query.schema or None,
        table=mention.name,
        symbol=mention.query.symbol or None,
        group=f"unknown-collection:{mention.name}",
        evidence=(Evidence(known.span, f'"{near}" is used here'),),
        repair=Repair(f'read "{near}"'),
    )
