"""unknown-document-field. What comes in: a query. What goes out: a finding where it names a field that nothing gives to documents."""

from collections.abc import Iterator

from analyzer.catalog.names import nearest
from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import FieldUse, LinkedQuery
from analyzer.link.strict_queries import drops_unknown
from analyzer.program.documents.paths.named import handed_on
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule


@rule("warning")
def unknown_document_field(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A filter, an update or an order names a field that no model, validator, index or writer knows.

    **Why** The database knows no fields: a filter by a misspelt one matches nothing, its negation everything, and nobody is told. mongoose leaves what its
    schema does not list out of updates, its version 6 out of filters as well: a delete then deletes every document.

    **Example** corpora/unknown-document-field

    **Limits** Said only of a collection whose writers are all known and whose documents this program makes. A field that may be in an object nobody read,
    that a virtual or an alias is called by, or that is only asked for being there (`$exists`), a document that a type describes, tests, seeds and migrations are
    left out. What another program writes to the collection is not known.

    **Fix** Correct the name, or set the field.
    """
    document = query.document
    if document is None or document.generic or graph.role(query.query.span) in ("test", "seed", "migration"):
        return
    for field in query.fields:
        # An object that comes from elsewhere may be meant for several models: each takes what it knows.
        if field.status == "missing" and field.is_meant and not (field.use.role == "write" and handed_on(document)):
            yield _finding(field, query, graph)


def _finding(field: FieldUse, query: LinkedQuery, graph: ReferenceGraph) -> Finding:
    schema = graph.schema(query.schema)
    table = schema.table(field.collection) if schema is not None else None
    near = nearest(field.use.path, [column.name for column in table.columns]) if table is not None else None
    hint = f' (did you mean "{near}"?)' if near else ""
    span = field.use.span if field.use.span.path == query.query.span.path else query.query.span
    evidence = [] if table is None else [Evidence(table.defined, f'"{table.name}" is first met here')]
    return Finding(
        span=span,
        severity=_severity(field, query),
        message=f'no document of "{field.collection}" has a field "{field.use.path}"{hint}: {_effect(field, query, graph)}',
        schema=query.schema,
        table=field.collection,
        column=field.use.path,
        symbol=query.symbol or None,
        group=f"unknown-document-field:{field.collection}.{field.use.path}",
        evidence=tuple(evidence),
        repair=Repair("correct the name, or set the field where documents are written", effort_minutes=15),
    )


def _severity(field: FieldUse, query: LinkedQuery) -> Severity | None:
    if is_errand(query.query.span.path):
        return "info"
    changes = query.document is not None and query.document.effect in ("delete", "update", "upsert")
    return "error" if changes and field.use.role == "filter" and field.use.certain else None


def _effect(field: FieldUse, query: LinkedQuery, graph: ReferenceGraph) -> str:
    if field.use.role == "order":
        return "sorting by it gives no order"
    if field.use.role == "write":
        return "mongoose leaves it out of what is written"
    if query.document is not None and drops_unknown(query.document, graph.program):
        return "mongoose leaves it out of the filter, which then matches more"
    return "the filter matches every document" if field.use.is_negative else "the filter matches nothing"
