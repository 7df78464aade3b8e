"""column-count-mismatch. What comes in: a query. What goes out: a finding where an INSERT's columns and values differ in number."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("error")
def column_count_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """An INSERT's columns and values differ in number, the parts of a UNION do, or a row is read beyond or taken apart into other than its columns.

    **Why** The database refuses the statement; a read beyond the last column fails or gives nothing.

    **Example** corpora/column-count-mismatch

    **Limits** `SELECT *` over a table that is not fully known, and values that are spliced in, are not counted; what Python reads by number
    or takes apart is counted only where the text lists its columns.

    **Fix** Give one value for each column, select one for each that is read.
    """
    for placed in query.problems:
        problem = placed.problem
        if problem.kind != "column-count":
            continue
        schema = graph.schema(query.schema)
        table = schema.table(problem.name) if schema is not None else None
        fewer = "fewer" if problem.counts[1] < problem.counts[0] else "more"
        message = f'insert into "{problem.name}" has {fewer} values than columns'
        yield Finding(
            span=placed.span,
            message=message if problem.name else f"this part of the query gives {fewer} columns than the one before it",
            schema=query.schema or None,
            table=problem.name or None,
            symbol=query.symbol or None,
            group=f"column-count-mismatch:{query.query.span.path}:{query.symbol}",
            evidence=(Evidence(table.defined, f'table "{table.name}" is created here'),) if table is not None else (),
            repair=Repair("give one value for each column"),
        )
    yield from _beyond(query)
    for field in query.beyond:
        last = query.columns[-1].name if query.columns else ""
        yield _misread(
            query, field.span, f'column {field.column} (from 0) is read of a row whose last column is "{last}"'
        )
    if query.columns and query.counts_columns:
        yield from _taken(query, len(query.columns))


def _taken(query: LinkedQuery, count: int) -> Iterator[Finding]:
    """What the code takes from a row by number, and the names it takes the row apart into."""
    row = query.query.row
    if row is None:
        return
    for read in row.reads:
        if read.column.isdigit() and not read.default and int(read.column) >= count:
            yield _misread(
                query, read.span, f"column {read.column} is read, counted from 0, of a row that has {_columns(count)}"
            )
    if row.arity is not None and row.arity != count:
        yield _misread(
            query,
            row.arity_span or row.span,
            f"the row is taken apart into {row.arity} name{'' if row.arity == 1 else 's'}, its query gives {_columns(count)}",
        )


def _columns(count: int) -> str:
    return f"{count} column{'' if count == 1 else 's'}"


def _misread(query: LinkedQuery, span: Span, message: str) -> Finding:
    return Finding(
        span=span,
        message=message,
        schema=query.schema or None,
        symbol=query.symbol or None,
        group=f"column-count-mismatch:{query.query.span.path}:{query.symbol}",
        evidence=(Evidence(query.query.text.span, "the row is of this query"),),
        repair=Repair("select one column for each that the code reads"),
    )


def _beyond(query: LinkedQuery) -> Iterator[Finding]:
    """A row read by position that has more fields than the query has columns."""
    row, columns = query.query.row, query.columns
    if row is None or row.by != "position" or not row.strict or not columns or row.scalar:
        return
    expected = query.model.fields if query.model is not None else row.fields
    if len(expected) > len(columns) and not any(field.default for field in expected[len(columns) :]):
        yield _misread(query, row.span, f'the row is read beyond the last column "{columns[-1].name}" of its query')
