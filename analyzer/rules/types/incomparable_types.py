"""incomparable-types. What comes in: a query. What goes out: a finding for each operator or function that has no form for its operands' types."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("warning")
def incomparable_types(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A comparison, operator, function call or mixture of alternatives has types the engine refuses.

    **Why** PostgreSQL rejects the statement when it is prepared: `operator does not exist: text = integer`. The branch that runs it always fails.

    **Example** corpora/incomparable-types

    **Limits** PostgreSQL only: SQLite and MySQL convert. Types of extensions, composites and operators or casts a project makes itself are left alone;
    a placeholder takes the type it is compared with, so what the host binds to it is type-mismatch's question.

    **Fix** Cast one side, or compare with a value of the column's type.
    """
    schema = graph.schema(query.schema)
    for placed in query.problems:
        problem = placed.problem
        if problem.kind != "incomparable":
            continue
        found = [(source, column) for source in problem.columns if (column := graph.column(query.schema, source))]
        table, _, name = found[0][0].rpartition(".") if found else ("", "", "")
        yield Finding(
            span=placed.span,
            message=problem.message + (f": {' and '.join(problem.columns)}" if problem.columns else ""),
            confidence="high",
            schema=schema.name if schema is not None else None,
            table=table or None,
            column=name or None,
            symbol=query.symbol or None,
            group=f"incomparable-types:{query.query.span.path}:{problem.message}",
            evidence=tuple(Evidence(column.defined, f'column "{column.name}" is defined here') for _, column in found),
            repair=Repair("cast one side to the type of the other"),
        )
