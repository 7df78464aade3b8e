"""unbounded-query. What comes in: the graph. What goes out: a finding where all of a table that grows is read at once."""

import re
from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Finding, Repair
from analyzer.link.access import Access
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule

_READS = frozenset({"find", "find_many", "find_all", "all", "objects"})
# What is meant to read all there is.
_MEANT = re.compile(r"export|backup|dump|migrat|seed|reindex|sitemap|backfill|import|clean|purge|sync", re.IGNORECASE)


@rule("info")
def unbounded_query(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """A list is read at once, without a limit, of a collection that grows.

    **Why** Time and memory of the request grow with the data: it works for a year and then stops working.

    **Example** corpora/unbounded-query

    **Limits** Queries of documents so far, not SQL. Only collections that the code itself adds to, outside scripts, seeds and tests. Filters by `_id`, by what is unique, by a
    list of values (`$in`) or from a time on are left out, those that are partly unknown, and pipelines. What belongs to one parent (`{userId}`) is
    left out as well, unless the code asks for all of it in words: `to_list(None)`. Cursors that are gone through one by one hold no list; the body of a module is a script's.
    Exports, imports, backups and clean-ups, by the name of their function, mean to read all there is.

    **Fix** Add a limit and pages, or go through the cursor one by one.
    """
    growing = {name for name, spans in graph.added.items() if any(not is_errand(span.path) for span in spans)}
    found: dict[Span, list[Access]] = {}
    for one in graph.accesses:
        if one.table.name in growing and _is_unbounded(one):
            found.setdefault(one.lookup.span, []).append(one)
    # Of several ways the one that finds most.
    yield from (_finding(min(asked, key=lambda one: len(one.lookup.found_by))) for asked in found.values())


def _is_unbounded(one: Access) -> bool:
    query = one.query.document
    if query is None or query.function is None or query.method not in _READS or query.taken != "all" or one.is_narrow:
        return False
    if is_errand(one.lookup.span.path) or _MEANT.search(one.query.symbol):
        return False
    return not (one.lookup.found_by and one.lookup.keyed) or (bool(one.lookup.equal) and query.asks_for_all)


def _finding(one: Access) -> Finding:
    parents = ", ".join(f'"{path}"' for path in one.lookup.found_by)
    return Finding(
        span=one.lookup.span,
        message=f'all documents of "{one.table.name}"{f" with one {parents}" if parents else ""} are read at once, without a limit',
        confidence="medium" if parents else "high",
        schema=one.query.schema,
        table=one.table.name,
        symbol=one.query.symbol or None,
        group=f"unbounded-query:{one.table.name}",
        repair=Repair(
            "read a page at a time: a sort, a limit and where the last page ended", effort_minutes=60, risk="medium"
        ),
    )
