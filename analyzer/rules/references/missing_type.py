"""missing-type. What comes in: a query. What goes out: a finding for each cast to a type that nothing creates."""

from collections.abc import Iterator

from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("warning")
def missing_type(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A cast names a type, enum or domain that no migration creates.

    **Why** PostgreSQL rejects the statement: `type "order_status" does not exist`.

    **Example** corpora/missing-type

    **Limits** PostgreSQL only: SQLite takes any name for a type, MySQL none but its own. Types of known extensions and of other namespaces are left
    alone. A column of a missing type is a migration-error where it is created.

    **Fix** Create the type in a migration, or cast to the one that exists.
    """
    schema = graph.schema(query.schema)
    for placed in query.problems:
        problem = placed.problem
        if problem.kind != "missing-type":
            continue
        near = schema.nearest_type(problem.name) if schema is not None else None
        hint = f', did you mean "{near}"?' if near is not None else ""
        yield Finding(
            span=placed.span,
            message=f'type "{problem.name}" is not created by any migration{hint}',
            schema=query.schema or None,
            symbol=query.symbol or None,
            group=f"missing-type:{query.schema}.{problem.name}",
            repair=Repair(f'create type "{problem.name}", or cast to a type that exists'),
        )
