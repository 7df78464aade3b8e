"""ambiguous-column. What comes in: a query. What goes out: a finding for each unqualified column two of its tables have."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("error")
def ambiguous_column(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """An unqualified column exists in two of the joined tables.

    **Why** The database refuses the statement: it cannot know which column is meant.

    **Example** corpora/ambiguous-column

    **Limits** Columns merged by USING or NATURAL JOIN and names of the select list where a dialect allows them are no ambiguity. Said
    only where both tables are fully known.

    **Fix** Write the table or its alias before the column.
    """
    schema = graph.schema(query.schema)
    if schema is None:
        return
    for placed in query.problems:
        problem = placed.problem
        if problem.kind != "ambiguous":
            continue
        tables = " and ".join(f'"{table}"' for table in problem.candidates)
        yield Finding(
            span=placed.span,
            message=f'column "{problem.name}" is ambiguous: {tables} have it',
            schema=schema.name,
            column=problem.name,
            symbol=query.symbol or None,
            group=f"ambiguous-column:{schema.name}.{problem.name}",
            evidence=tuple(
                Evidence(column.defined, f'"{name}"."{problem.name}" is defined here')
                for name in problem.candidates
                if (table := schema.table(name)) and (column := table.column(problem.name))
            ),
            repair=Repair(f'qualify "{problem.name}" with its table'),
        )
