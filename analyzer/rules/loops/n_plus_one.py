"""n-plus-one. What comes in: a query. What goes out: a finding where it runs once an element, its key taken from the element."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.looped import Turn, turns
from analyzer.rules.errands import is_errand, is_exempt
from analyzer.rules.rule import rule

# A name may stand for any table there is.
_FEW = 8


@rule("warning")
def n_plus_one(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A query whose key comes from a loop variable runs once for each element.

    **Why** A list of a thousand rows costs a thousand round trips; it is fast in tests and slow in production.

    **Example** corpora/n-plus-one

    **Limits** Said of SELECTs whose filter is bound to the variable of a loop, comprehension or callback: in the same function, or handed on through
    as many as three calls, then at the call in the loop. Loops over a
    short literal list or a constant, over chunks, pages or attempts, loops whose query takes a whole list, tests, seeds and migrations are
    left out. In scripts, tools and importers it is information.

    **Fix** Fetch all rows at once with `IN` / `= ANY`, or join.
    """
    if graph.role(query.query.span) in ("test", "seed", "migration"):
        return
    if not query.resolution.statements or query.resolution.statements[-1].kind != "select":
        return
    direct = False
    for turn in turns(query, graph.program):
        loop = graph.program.loops.get(turn.loop)
        span = query.query.span if turn.call is None else turn.call.span
        if loop is None or is_exempt(loop) or (direct and turn.call is None):
            continue
        if turn.call is not None and graph.role(span) in ("test", "seed", "migration"):
            continue
        direct = direct or turn.call is None
        yield _finding(query, turn, span, graph)


def _finding(query: LinkedQuery, turn: Turn, span: Span, graph: ReferenceGraph) -> Finding:
    names = graph.tables_of(query, turn.call.callee if turn.call is not None else "")
    tables = ", ".join(f'"{table}"' for table in names) if len(names) <= _FEW else f"any of {len(names)} tables"
    through = "" if turn.call is None else f", through {turn.call.callee}"
    evidence = [Evidence(Span(turn.loop.path, turn.loop.start, turn.loop.start + 1), "the loop starts here")]
    if turn.call is not None:
        evidence.append(Evidence(query.query.span, "the query that it runs"))
    return Finding(
        span=span,
        severity="info" if is_errand(span.path) else None,
        message=f"query of {tables or 'unknown tables'} runs once for each element of the loop{through}",
        schema=query.schema or None,
        table=names[0] if names and (len(names) == 1 or not query.query.among) else None,
        symbol=query.symbol or None,
        group=f"n-plus-one:{query.query.span.path}:{query.symbol}",
        evidence=tuple(evidence),
        repair=Repair(
            "fetch the rows of all elements with one query before the loop", effort_minutes=60, risk="medium"
        ),
    )
