"""write-in-loop. What comes in: a query. What goes out: a finding where it writes one row for each element of a loop."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.looped import Turn, written_turns
from analyzer.rules.errands import is_errand, is_exempt
from analyzer.rules.rule import rule


@rule("warning")
def write_in_loop(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """An INSERT or UPDATE of one row runs once for each element of a list.

    **Why** A thousand rows cost a thousand round trips, and as many commits where nothing holds them together.

    **Example** corpora/write-in-loop

    **Limits** Said where what is written, or the row that is chosen, is the loop's element, in the loop or through a function that it calls. Endless
    loops and streams, loops over few constants, chunks and attempts, and statements whose result is read (RETURNING) are left out, as are tests,
    seeds, migrations and SQLite. In scripts and importers it is information.

    **Fix** Write all rows with one statement: several VALUES, `unnest`, `executemany`, a bulk call of the library.
    """
    # SQLite runs in the process: there is no round trip, and a prepared statement in a loop is how it is done.
    if query.dialect == "sqlite":
        return
    kinds = {write.write.verb for write in query.writes}
    role = graph.role(query.query.span)
    if role in ("test", "seed", "migration") or not kinds & {"insert", "update"} or query.query.operation == "many":
        return
    if query.columns or any(write.write.source == "query" for write in query.writes):
        return
    for turn in written_turns(query, graph.program):
        loop = graph.program.loops.get(turn.loop)
        span = query.query.span if turn.call is None else turn.call.span
        if loop is None or loop.kind == "while" or is_exempt(loop) or graph.role(span) in ("test", "seed", "migration"):
            continue
        yield _finding(query, turn, span)
        return


def _finding(query: LinkedQuery, turn: Turn, span: Span) -> Finding:
    table = query.writes[0].table.name
    through = "" if turn.call is None else f", through {turn.call.callee}"
    evidence = [Evidence(Span(turn.loop.path, turn.loop.start, turn.loop.start + 1), "the loop starts here")]
    if turn.call is not None:
        evidence.append(Evidence(query.query.span, "the statement that it runs"))
    return Finding(
        span=span,
        severity="info" if is_errand(span.path) else None,
        message=f'table "{table}" is written once for each element of the loop{through}',
        schema=query.schema or None,
        table=table,
        symbol=query.symbol or None,
        group=f"write-in-loop:{query.query.span.path}:{query.symbol}",
        evidence=tuple(evidence),
        repair=Repair("write all rows with one statement", effort_minutes=30, risk="medium"),
    )
