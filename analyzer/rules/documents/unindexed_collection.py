"""unindexed-collection. What comes in: the graph. What goes out: a finding for each collection that is searched and has no index beside `_id`."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.access import Access
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule

_SHOWN = 6


@rule("warning")
def unindexed_collection(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """A collection is searched by something beside `_id`, and nothing in the code makes an index of it.

    **Why** Every one of its queries reads the whole collection, more slowly with each document that is added.

    **Example** corpora/unindexed-collection

    **Limits** Indexes count wherever they are made: models, helpers, scripts of the shell. Said once a collection, at its first query; collections that are only read whole
    or by `_id`, and those that only tests and scripts search, are left out, and those of GridFS. Nothing is said where an index is made of
    what nobody knows. Information where the code only ever searches by constants that it writes itself. Indexes that are made by hand, by
    other repositories or by tools of the host are not seen.

    **Fix** Create indexes of what its queries search by.
    """
    for name, asked in sorted(graph.unindexed.items()):
        daily = [one for one in asked if not is_errand(one.lookup.span.path)]
        if daily:
            yield _finding(name, daily)


def _finding(name: str, asked: list[Access]) -> Finding:
    first = next((one for one in asked if one.lookup.found_by), asked[0])
    paths = dict.fromkeys(path for one in asked for path in (*one.lookup.found_by, *one.lookup.maybe))
    listed = ", ".join(f'"{path}"' for path in list(paths)[:_SHOWN])
    wanted = dict.fromkeys(f"({', '.join(one.wanted)})" for one in asked if one.wanted)
    others = [Evidence(one.lookup.span, "another query of it") for one in asked if one is not first]
    return Finding(
        span=first.lookup.span,
        message=f'collection "{name}" has no index beside _id, and is searched by {listed}',
        severity=None if any(one.lookup.keyed or one.lookup.maybe for one in asked) else "info",
        schema=first.query.schema,
        table=name,
        column=next(iter(paths), None),
        symbol=first.query.symbol or None,
        group=f"unindexed-collection:{name}",
        evidence=tuple(others[:_SHOWN]),
        repair=Repair(f"create indexes of {', '.join(list(wanted)[:3]) or listed}", effort_minutes=15),
    )
