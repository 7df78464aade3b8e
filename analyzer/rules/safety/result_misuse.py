"""result-misuse. What comes in: the graph. What goes out: a finding where what a driver gives is used as what it is not."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.libraries.drivers import drivers
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.documents.tested import Tested
from analyzer.rules.rule import rule

_AWAIT = "await the methods of the cursor (to_list), or iterate over it with async for"
_TESTS = {
    "collection": ("a collection raises NotImplementedError where its truth is asked", "compare it with None"),
    "database": ("a database raises NotImplementedError where its truth is asked", "compare it with None"),
    "cursor": (
        "a cursor is always true, whether it finds anything or not",
        "ask for the documents, or for one of them",
    ),
}


@rule("error")
def result_misuse(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """What a driver gives is used as what it is not.

    **Why** The code reads well and cannot work: a cursor cannot be awaited, a collection has no truth, a list of length zero is always empty,
    and a write that nobody awaits is never sent.

    **Example** corpora/result-misuse

    **Limits** Drivers of documents: Motor, PyMongo, the Node.js driver, mongoose, Beanie. Said where the driver is known: by what the handle is made of, or
    because the project uses one only. A dropped Future of Motor runs, so that is left out; so is the truth of handles of
    PyMongo 3 and Motor 2: pinned, or told by calls that later versions took away. Rows of SQL drivers are not looked at.

    **Fix** Await the cursor's list, compare handles with None, leave out the length, await the write.
    """
    awaited: set[tuple[str, int]] = set()
    old: set[str] = set()
    for query in graph.queries:
        if query.document is not None:
            yield from _of_query(query, query.document)
            if drivers().is_gone(query.document.driver, query.document.method):
                old.add(query.file.project.path)
            if query.document.is_awaited_cursor:
                awaited.add((query.document.path, query.document.span.start))
    for tested in graph.program.documents.tested:
        if (tested.span.path, tested.start) in awaited:
            continue
        project = graph.program.files[tested.span.path].project
        raises = drivers().raises_on_truth(tested.driver, project) and project.path not in old
        if tested.kind == "cursor" or raises:
            yield _of_test(tested)


def _of_query(query: LinkedQuery, document: DocumentQuery) -> Iterator[Finding]:
    if document.is_awaited_cursor:
        yield _finding(query, document.span, f'the cursor that "{document.method}" gives cannot be awaited', _AWAIT)
    if not document.via and document.is_idle:
        yield _finding(query, document.span, f'"{document.method}" is never run: nobody awaits it', "await it")
    zero = drivers().zero.get(document.driver)
    step = document.emptied
    if zero and step is not None:
        message = f"a list of length 0 {zero}: without a limit the length is None"
        yield _finding(query, step.span, message, "pass None where there is no limit")


def _of_test(tested: Tested) -> Finding:
    message, repair = _TESTS[tested.kind]
    return Finding(
        span=tested.span,
        message=message,
        severity="warning" if tested.kind == "cursor" else None,
        table=tested.name or None,
        group=f"result-misuse:{tested.span.path}:{tested.kind}",
        repair=Repair(repair),
    )


def _finding(query: LinkedQuery, span: Span, message: str, repair: str) -> Finding:
    return Finding(
        span=span,
        message=message,
        schema=query.schema or None,
        table=query.tables[0] if len(query.tables) == 1 else None,
        symbol=query.symbol or None,
        group=f"result-misuse:{span.path}:{query.symbol}",
        repair=Repair(repair),
    )
