"""unresolved-query. What comes in: a query. What goes out: a finding where its text or its tables could not be determined."""

from collections.abc import Iterator

from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule

_REASONS = {
    "dynamic-sql": "its text is built at run time",
    "dynamic-table": "the name of its table is built at run time",
    "not-understood": "it uses SQL this tool does not understand",
    "syntax": "its SQL does not parse",
    "other-database": "its tables are in no schema of this repository: it talks to another database",
    "earlier-schema": "it is part of a migration: the schema of its day is not known",
    "tainted": "a migration that could not be read mentions its tables",
    "query-from-elsewhere": "another function begins it",
    "dynamic-options": "its options are made at run time",
    "no-schema": "no live schema is known for this code",
}


@rule("info")
def unresolved_query(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A query site whose text or tables could not be determined.

    **Why** Nothing is checked here: the site is counted in the coverage, and this says which one and why.

    **Example** corpora/unresolved-query

    **Limits** Never fails a run; `--min-coverage` does.

    **Fix** Keep the text of the query in one constant, or leave it: it is no defect.
    """
    # Without any schema one note for the whole run says more than one a site.
    if query.status != "unresolved" or not graph.histories or query.reason in ("syntax", "external"):
        return
    yield Finding(
        span=query.query.text.span,
        message=f"query not resolved: {_REASONS.get(query.reason, query.reason or 'unknown')}",
        schema=query.schema or None,
        symbol=query.symbol or None,
        group=f"unresolved-query:{query.reason}",
        repair=Repair("keep the text of the query in one constant"),
    )
