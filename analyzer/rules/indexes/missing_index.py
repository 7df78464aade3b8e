"""missing-index. What comes in: the graph. What goes out: a finding for each set of columns that code searches a table by and no index serves."""

from collections.abc import Iterator, Mapping

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.access import Access
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule

_SHOWN = 8


@rule("warning")
def missing_index(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """Code searches a table by columns that no index starts with.

    **Why** The database reads every row to find a few, more slowly with each row that is added.

    **Example** corpora/missing-index

    **Limits** Queries of documents so far, not SQL. One finding for each table and set of columns, at the first of its queries; the index named has what must be equal
    first, then the order, then ranges. Every branch of an `$or` needs an index of its own. Conditions that an index cannot narrow (`$ne`, `$nin`, `$exists`,
    expressions without an anchor) ask for none; filters that are partly unknown, texts and places, tests, scripts, seeds and migrations are left out.
    An index of one of the columns is enough, a partial one too. A collection without any index is an unindexed-collection. Information where only
    constants are searched for.

    **Fix** Create the index.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Access]] = {}
    for one in graph.accesses:
        # Where nothing is indexed unindexed-collection says so.
        if _is_slow(one) and one.table.name not in graph.unindexed and not is_errand(one.lookup.span.path):
            found.setdefault((one.table.name, tuple(sorted(one.lookup.found_by))), []).append(one)
    yield from _findings(found)


def _is_slow(one: Access) -> bool:
    return bool(one.lookup.found_by) and not one.is_served and one.names_fields


def _findings(found: Mapping[tuple[str, tuple[str, ...]], list[Access]]) -> Iterator[Finding]:
    for (table, _), asked in found.items():
        first = max(asked, key=lambda one: len(one.wanted))
        paths = first.lookup.found_by
        listed = ", ".join(f'"{path}"' for path in paths)
        others = dict.fromkeys(one.lookup.span for one in asked if one.lookup.span != asked[0].lookup.span)
        yield Finding(
            span=asked[0].lookup.span,
            message=f'no index of "{table}" serves a search by {listed}',
            severity=None if any(one.lookup.keyed for one in asked) else "info",
            schema=first.query.schema,
            table=table,
            column=paths[0],
            symbol=asked[0].query.symbol or None,
            group=f"missing-index:{table}.{','.join(sorted(paths))}",
            evidence=(
                *(Evidence(span, "another query that searches so") for span in list(others)[:_SHOWN]),
                *(
                    Evidence(index.defined, f"an index of {', '.join(index.columns)}")
                    for index in first.table.indexes[:3]
                ),
            ),
            repair=Repair(f"create an index of ({', '.join(first.wanted)})", effort_minutes=15),
        )
