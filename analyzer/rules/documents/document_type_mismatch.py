"""document-type-mismatch. What comes in: a query. What goes out: a finding where it compares a field with what it never equals."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.document_types import Mismatch, mismatches
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule


@rule("warning")
def document_type_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A filter compares a field with a value of another type than any document holds there.

    **Why** The database converts nothing: `"5"` is not 5, the text of a key is not the key, and such a filter finds nothing. mongoose converts in filters, but not in
    pipelines; what it cannot convert it refuses with a CastError.

    **Example** corpora/document-type-mismatch

    **Limits** Said where all writers of a collection are known and all that they write to the field has a known type, and so has the value. Numbers are one type
    whatever their width; nothing is said of null, of whole objects and lists, of what a type of the host language may turn into text (dates, keys), nor in
    tests, seeds and migrations.

    **Fix** Convert the value before the query: `ObjectId(id)`, `new Date(text)`, `Number(text)`.
    """
    schema = graph.schema(query.schema)
    if query.document is None or schema is None or graph.role(query.query.span) in ("test", "seed", "migration"):
        return
    for found in mismatches(query, schema, graph.program):
        use = found.field.use
        yield Finding(
            span=use.span if use.span.path == query.query.span.path else query.query.span,
            severity="info" if is_errand(query.query.span.path) else None,
            message=_message(found),
            schema=query.schema,
            table=found.field.collection,
            column=use.path,
            symbol=query.symbol or None,
            group=f"document-type-mismatch:{found.field.collection}.{use.path}",
            evidence=(Evidence(found.column.defined, f'"{use.path}" is given its type here'),),
            repair=Repair(f'compare "{use.path}" with a value of type {found.held}'),
        )


def _message(found: Mismatch) -> str:
    where = (
        f'"{found.field.use.path}" of "{found.field.collection}" holds {found.held} and is compared with {found.given}'
    )
    if found.cast:
        return f"{where} that mongoose cannot convert: it throws a CastError"
    return f"{where}: they are never equal"
