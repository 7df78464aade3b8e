"""sql-syntax-error. What comes in: a query. What goes out: a finding where its complete text cannot be parsed."""

from collections.abc import Iterator

from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("error")
def sql_syntax_error(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A complete query text that no dialect of its project can parse.

    **Why** The statement fails every time it runs.

    **Example** corpora/sql-syntax-error

    **Limits** Said only of texts without unknown parts, and only where the defect itself could be seen (an unclosed parenthesis or
    string, a clause that ends too early): a construct this tool does not know is counted as not understood, never accused.

    **Fix** Correct the text at the place shown.
    """
    # A test that sends broken SQL does so on purpose.
    if graph.is_test(query.query.span):
        return
    for placed in query.problems:
        if placed.problem.kind == "syntax":
            yield Finding(
                span=placed.span,
                message=f"SQL does not parse: {placed.problem.message}",
                schema=query.schema or None,
                symbol=query.symbol or None,
                group=f"sql-syntax-error:{query.query.span.path}:{query.symbol}",
                repair=Repair("correct the SQL at this place"),
            )
