"""type-mismatch. What comes in: a query with its rows and bound values. What goes out: a finding for each that does not go with its column."""

from collections.abc import Iterator

from analyzer.findings import Confidence, Finding, Severity
from analyzer.link.drivers.judge import Bound, refused_constants, refused_values, row_verdict
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery, RowPair
from analyzer.rules.rows import field_finding, value_finding
from analyzer.rules.rule import rule


@rule("error")
def type_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """The host type of a row's field, of a bound value or of a constant does not go with its column.

    **Why** sqlx, tokio-postgres and rusqlite refuse the row at run time; other drivers hand over a value of another type than the code declares.

    **Example** corpora/type-mismatch

    **Limits** What a driver makes of each type is in analyzer/link/drivers. Types no table lists (newtypes with codecs, branded types, JSON,
    `try_from`) are left out, and bound values whose type nobody wrote. A type that holds a part of the values is a warning. TypeScript and
    Python declarations are promises nobody enforces: a warning, and information where 0 and 1 are declared as boolean.

    **Fix** Change the field's type, or cast the column in the query.
    """
    if graph.role(query.query.span) == "test":
        return
    for value in refused_values(query, graph):
        yield _refused(value, f"value of type {value.host.name} is bound", query)
    for constant in refused_constants(query, graph):
        yield _refused(constant, f"'{constant.text}' stands", query)
    for pair in query.rows:
        # What a macro infers of SQLite's expressions is its own guess: the build has its say there.
        if not pair.column.source and query.query.checked and query.dialect == "sqlite":
            continue
        found = row_verdict(pair, query, graph)
        if found in ("incompatible", "lossy"):
            yield _field(pair, query, graph, lossy=found == "lossy")


def _field(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph, *, lossy: bool) -> Finding:
    rust, type_ = query.file.language == "rust", pair.field.type
    severity: Severity | None = None if rust and not lossy else "warning"
    if type_.name == "boolean" and pair.column.type.family in ("bool", "int"):
        severity = "info"
    source = pair.column.source or pair.column.name
    # Literals are values of the type, not its arguments.
    arguments = [text for text in type_.arguments if text[:1] not in "'\"`-0123456789"]
    written = f"{type_.name}<{', '.join(arguments)}>" if arguments else type_.name
    sent = pair.column.type.raw or pair.column.type.name
    message = f'field "{pair.field.name}" is {written}, column "{source}" is {sent}'
    fix = f'change the type of field "{pair.field.name}", or cast column "{source.rpartition(".")[2]}" in the query'
    confidence: Confidence = "high" if rust and pair.column.source else "medium"
    return field_finding("type-mismatch", pair, query, graph, message, fix, severity, confidence)


def _refused(found: Bound, what: str, query: LinkedQuery) -> Finding:
    message = f'{what} where column "{found.source}" is {found.type.raw or found.type.name}'
    fix = f'give a value of the type of column "{found.column.name}", or cast it in the query'
    return value_finding("type-mismatch", found, query, message, fix)
