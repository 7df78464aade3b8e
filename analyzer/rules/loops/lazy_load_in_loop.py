"""lazy-load-in-loop. What comes in: a query. What goes out: a finding for each relation of its rows that a loop loads one by one."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.errands import is_errand, is_exempt
from analyzer.rules.rule import rule


@rule("warning")
def lazy_load_in_loop(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A relation that is read in a loop over a query's rows is loaded by a query of its own for each row.

    **Why** A list of a thousand rows costs a thousand round trips more than it seems; where the session is asynchronous, the access fails.

    **Example** corpora/lazy-load-in-loop

    **Limits** Said where the loop's rows come from a query of the same file, the relation is loaded lazily, and no option of the query speaks of it. A relation to
    one row, of a table whose rows the same function loads beforehand, is left alone, as are tests, seeds and migrations. In scripts, tools and importers it is
    information.

    **Fix** Load the relation with the query: `selectinload`, `joinedload`, or the library's word for it.
    """
    if graph.role(query.query.span) in ("test", "seed", "migration"):
        return
    seen: set[str] = set()
    for lazy in graph.lazy_reads(query):
        loop = graph.program.loops.get(lazy.loop)
        path = f"{lazy.owner}.{lazy.relation.name}"
        if loop is None or is_exempt(loop) or path in seen:
            continue
        seen.add(path)
        yield Finding(
            span=lazy.read.span,
            severity="info" if is_errand(query.query.span.path) else None,
            message=f'"{path}" is loaded for each element of the loop: the query does not load it',
            schema=query.schema or None,
            table=lazy.target.physical if lazy.target is not None else None,
            symbol=query.symbol or None,
            group=f"lazy-load-in-loop:{query.query.span.path}:{query.symbol}",
            evidence=(
                Evidence(query.query.span, "the query of the rows"),
                Evidence(lazy.relation.span, "the relation is declared here, and loaded when it is read"),
            ),
            repair=Repair("load the relation with the query", effort_minutes=15, risk="low"),
        )
