"""missing-transaction. What comes in: the graph. What goes out: a finding for each function whose writes belong together and are no transaction."""

import re
from collections.abc import Iterator
from itertools import combinations

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.dependent import share, uses
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.errands import is_errand, is_passing
from analyzer.rules.rule import rule

_WRITES = frozenset({"insert", "update", "upsert", "delete"})
_BEGINS = re.compile(r"transaction|start_?session|unit_?of_?work|atomic", re.IGNORECASE)
_PASSED = re.compile(r"session|transaction|^trx?$|^tx$|uow", re.IGNORECASE)


@rule("info")
def missing_transaction(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """A function writes to several collections what belongs together, outside of a transaction.

    **Why** Where the second write fails, or the process ends between them, the first one stays: an order without its items, a key that leads nowhere.

    **Example** corpora/missing-transaction

    **Limits** Documents only: SQL statements are not looked at. Said of writes that surely run one after the other, one of which holds what the other gives, or
    that go by the same key; not of those in branches. Functions that begin a transaction, are handed a session, or are called by one that begins it, collections of logs, events,
    tokens and the like, tests, seeds, migrations and scripts are left out. A server on its own has no transactions: it takes a replica set.

    **Fix** Run the writes with one session in `with_transaction` / `withTransaction`, or keep the data in one document.
    """
    written: dict[Span, list[LinkedQuery]] = {}
    for query in graph.queries:
        document = query.document
        if document is not None and document.function is not None and _counts(query, graph):
            written.setdefault(document.function, []).append(query)
    for function, queries in written.items():
        pair = next((two for two in combinations(queries, 2) if _belong(*two)), None)
        if pair is not None and not _is_transaction(function, graph):
            yield _finding(*pair)


def _counts(query: LinkedQuery, graph: ReferenceGraph) -> bool:
    """Whether it surely writes to one collection of what lasts, without a session."""
    document = query.document
    if document is None or not (document.effect in _WRITES or document.method in ("bulk_write", "bulkWrite")):
        return False
    plain = document.option("session") is None and document.step("session") is None
    lasts = bool(document.collection) and not is_passing(document.collection)
    meant = graph.role(document.span) in ("test", "seed", "migration") or is_errand(document.path)
    return lasts and plain and not meant and not document.guarded


def _belong(first: LinkedQuery, second: LinkedQuery) -> bool:
    if first.tables == second.tables:
        return False
    return share(first, second) or uses(second, first)


def _is_transaction(span: Span, graph: ReferenceGraph) -> bool:
    """Whether a function begins one, is handed one, or may be called in one."""
    function = graph.program.functions.get(span)
    if function is None or any(_PASSED.search(one.name) for one in function.parameters):
        return True
    callers = graph.program.callers.of(function)
    around = [span, *(one.function for one in callers if one.function is not None)]
    return any(_BEGINS.search(name) for one in around for name in graph.program.called_in(one))


def _finding(first: LinkedQuery, second: LinkedQuery) -> Finding:
    names = f'"{first.tables[0]}" and "{second.tables[0]}"'
    return Finding(
        span=first.query.span,
        message=f"writes to {names} belong together, and are not one transaction",
        schema=first.schema or None,
        table=first.tables[0],
        symbol=first.symbol or None,
        group=f"missing-transaction:{first.query.span.path}:{first.symbol}",
        evidence=(Evidence(second.query.span, "where this write fails, the first one stays"),),
        repair=Repair("run both writes in one transaction", effort_minutes=45, risk="medium"),
    )
