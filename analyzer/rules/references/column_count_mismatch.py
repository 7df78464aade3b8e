"""column-count-mismatch. What comes in: a query. What goes out: a finding where an INSERT's columns and values differ in number."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import LinkedQuery, ReferenceGraph
from analyzer.rules.rule import rule


@rule("error")
def column_count_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """An INSERT names more or fewer columns than it has values, or a row is read beyond the columns its query gives.

    **Why** The database refuses the statement; a read beyond the last column fails or gives nothing.

    **Example** corpora/column-count-mismatch

    **Limits** `SELECT *` over a table that is not fully known, and values that are spliced in, are not counted.

    **Fix** Give one value for each column.
    """
    for placed in query.problems:
        problem = placed.problem
        if problem.kind != "column-count":
            continue
        schema = graph.schema(query.schema)
        table = schema.table(problem.name) if schema is not None else None
        fewer = problem.counts[1] < problem.counts[0]
        yield Finding(
            span=placed.span,
            message=f'insert into "{problem.name}" has {"fewer" if fewer else "more"} values than columns',
            schema=query.schema or None,
            table=problem.name,
            symbol=query.symbol or None,
            group=f"column-count-mismatch:{query.query.span.path}:{query.symbol}",
            evidence=(Evidence(table.defined, f'table "{table.name}" is created here'),) if table is not None else (),
            repair=Repair("give one value for each column"),
        )
    yield from _beyond(query)
    last = query.columns[-1].name if query.columns else ""
    for field in query.beyond:
        yield _short(
            query, field.span, f'column {field.column} (from 0) is read of a row whose last column is "{last}"'
        )


def _short(query: LinkedQuery, span: Span, message: str) -> Finding:
    return Finding(
        span=span,
        message=message,
        schema=query.schema or None,
        symbol=query.symbol or None,
        group=f"column-count-mismatch:{query.query.span.path}:{query.symbol}",
        repair=Repair("select one column for each field of the row"),
    )


def _beyond(query: LinkedQuery) -> Iterator[Finding]:
    """A row read by position that has more fields than the query has columns."""
    row, columns = query.query.row, query.columns
    if row is None or row.by != "position" or not row.strict or not columns or row.scalar:
        return
    expected = query.model.fields if query.model is not None else row.fields
    if len(expected) > len(columns) and not any(field.default for field in expected[len(columns) :]):
        yield _short(query, row.span, f'the row is read beyond the last column "{columns[-1].name}" of its query')
