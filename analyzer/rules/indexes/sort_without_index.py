"""sort-without-index. What comes in: the graph. What goes out: a finding where code wants an order that no index gives."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.access import Access
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule

_SHOWN = 8


@rule("info")
def sort_without_index(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """Code sorts a table by what no index gives in order.

    **Why** All that the filter finds is read and sorted in memory, also where ten rows are wanted; MongoDB gives up at 100 MB.

    **Example** corpora/sort-without-index

    **Limits** Queries of documents so far, not SQL. An index gives an order behind columns that must be equal, and backwards too. Where an index finds the rows and all of them
    are wanted, few are sorted, and nothing is said; nor where missing-index or unindexed-collection speaks, where the order or the filter is partly unknown, of
    tests, scripts, seeds and migrations, and of what a pipeline computes.

    **Fix** Create an index: what must be equal first, then the order, then ranges.
    """
    said: dict[tuple[str, tuple[str, ...]], list[Access]] = {}
    for one in graph.accesses:
        if _is_slow(one) and one.table.name not in graph.unindexed and not is_errand(one.lookup.span.path):
            said.setdefault((one.table.name, one.wanted), []).append(one)
    for asked in said.values():
        yield _finding(asked)


def _is_slow(one: Access) -> bool:
    """Whether many rows may be sorted for it."""
    if one.is_sorted or not one.lookup.order:
        return False
    if not one.lookup.found_by:
        return True
    return one.is_served and one.lookup.limited and one.query.document is not None and one.query.document.is_many


def _finding(asked: list[Access]) -> Finding:
    first = asked[0]
    order = first.lookup.order or ()
    listed = ", ".join(f'"{path}"' for path, _ in order)
    others = dict.fromkeys(one.lookup.span for one in asked[1:] if one.lookup.span != first.lookup.span)
    return Finding(
        span=first.lookup.span,
        message=f'no index gives "{first.table.name}" in the order of {listed}',
        schema=first.query.schema,
        table=first.table.name,
        column=order[0][0],
        symbol=first.query.symbol or None,
        group=f"sort-without-index:{first.table.name}.{','.join(first.wanted)}",
        evidence=tuple(Evidence(span, "another query that sorts so") for span in list(others)[:_SHOWN]),
        repair=Repair(f"create an index of ({', '.join(first.wanted)})", effort_minutes=15),
    )
