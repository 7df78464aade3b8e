"""n-plus-one. What comes in: a query. What goes out: a finding where it runs once an element, its key taken from the element."""

from collections.abc import Iterator

from analyzer.facts.call import Loop
from analyzer.facts.source import Span
from analyzer.facts.text import CallOrigin, HolePart, LoopOrigin, Origin
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import LinkedQuery, ReferenceGraph
from analyzer.rules.rule import rule

# Sequences that give batches, or count attempts: one query a turn is their purpose.
_BATCHES = ("chunk", "batch", "page", "retry", "attempt", "backoff", "range(")
_FEW = 12
# What runs once by hand may take its time.
_ERRANDS = frozenset({"scripts", "script", "tools", "bin", "migrate", "migrations"})
_ERRAND_NAMES = ("migrat", "seed", "backfill", "import", "convert")


@rule("warning")
def n_plus_one(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A query whose key comes from a loop variable runs once for each element.

    **Why** A list of a thousand rows costs a thousand round trips; it is fast in tests and slow in production.

    **Example** corpora/n-plus-one

    **Limits** Said of SELECTs whose filter is bound to the variable of a loop, comprehension or callback in the same function. Loops over a
    short literal list or a constant, over chunks, pages or attempts, loops whose query takes a whole list, tests, seeds and migrations are
    left out. In scripts, tools and importers it is information.

    **Fix** Fetch all rows at once with `IN` / `= ANY`, or join.
    """
    if not query.query.loops or graph.role(query.query.span) in ("test", "seed", "migration"):
        return
    if not query.resolution.statements or query.resolution.statements[-1].kind != "select":
        return
    for place in _key_loops(query, graph):
        loop = graph.program.loops.get(place)
        if loop is None or place not in query.query.loops or _is_exempt(loop):
            continue
        tables = ", ".join(f'"{table}"' for table in query.tables)
        yield Finding(
            span=query.query.span,
            severity="info" if _is_errand(query.query.span.path) else None,
            message=f"query of {tables or 'unknown tables'} runs once for each element of the loop",
            schema=query.schema or None,
            table=query.tables[0] if query.tables else None,
            symbol=query.symbol or None,
            group=f"n-plus-one:{query.query.span.path}:{query.symbol}",
            evidence=(Evidence(Span(place.path, place.start, place.start + 1), "the loop starts here"),),
            repair=Repair(
                "fetch the rows of all elements with one query before the loop", effort_minutes=60, risk="medium"
            ),
        )
        return


def _key_loops(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Span]:
    """Loops whose variable reaches a filter of the query."""
    values = query.query.arguments.values if query.query.arguments is not None else ()
    by_position = {parameter.position: parameter for parameter in query.parameters}
    for position, value in enumerate(values, 1):
        parameter = by_position.get(position)
        # A list bound at once is the batch this rule asks for.
        if parameter is not None and (not parameter.column or parameter.type.family == "array"):
            continue
        yield from _loops_of(value.origin, graph)
    for part in query.query.text.parts:
        if not values and hasattr(part, "origin") and not isinstance(part, HolePart):
            yield from _loops_of(part.origin, graph)


def _loops_of(origin: Origin, graph: ReferenceGraph) -> Iterator[Span]:
    match origin:
        case LoopOrigin(loop=loop):
            yield loop
        case CallOrigin(call=call):
            found = graph.program.calls.get(call)
            for argument in found.arguments if found is not None else ():
                if isinstance(argument, LoopOrigin):
                    yield argument.loop
        case _:
            return


def _is_errand(path: str) -> bool:
    *folders, name = path.lower().split("/")
    return not _ERRANDS.isdisjoint(folders) or name.startswith(_ERRAND_NAMES)


def _is_exempt(loop: Loop) -> bool:
    text = loop.over_text.lower()
    # A constant is a list that the code itself holds.
    if loop.over_text.isidentifier() and loop.over_text.isupper():
        return True
    names = " ".join(loop.variables).lower()
    if loop.items is not None and loop.items <= _FEW:
        return True
    return any(word in text for word in _BATCHES) or any(
        word in names for word in ("chunk", "batch", "page", "attempt")
    )
