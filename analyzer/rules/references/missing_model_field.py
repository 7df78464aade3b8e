"""missing-model-field. What comes in: a query. What goes out: a finding for each attribute it names that its model lacks."""

from collections.abc import Iterator

from analyzer.catalog.names import nearest
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("error")
def missing_model_field(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:  # noqa: ARG001 - what every rule is given
    """A call of an ORM or query builder names an attribute that its model does not have.

    **Why** The call fails with an attribute or property error the first time it runs, or the condition is silently left out.

    **Example** corpora/missing-model-field

    **Limits** Said only of models of which everything is known: one that takes attributes from a class or object outside of the repository, that is
    reflected from a database, or that sets attributes at run time is left alone. Relations, methods, hybrids and computed properties are attributes.

    **Fix** Correct the name, or add the attribute to the model, with a migration for its column.
    """
    for lack in query.query.lacking:
        near = nearest(lack.attribute, lack.known)
        hint = f' (did you mean "{near}"?)' if near else ""
        yield Finding(
            span=lack.span,
            message=f'model "{lack.entity}" has no attribute "{lack.attribute}"{hint}',
            schema=query.schema or None,
            table=lack.table or None,
            column=lack.attribute,
            symbol=query.symbol or None,
            group=f"missing-model-field:{lack.defined.path}:{lack.entity}",
            evidence=(Evidence(lack.defined, f'model "{lack.entity}" is declared here'),),
            repair=Repair("correct the name, or add the attribute to the model"),
        )
