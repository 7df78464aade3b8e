"""nullability-mismatch. What comes in: a query with its rows. What goes out: a finding for each field a NULL can reach."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.compatibility import accepts_null
from analyzer.link.graph import LinkedQuery, ReferenceGraph, RowPair
from analyzer.rules.rule import rule


@rule("error")
def nullability_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A NULL can arrive in a field that is not optional.

    **Why** The first row with a NULL fails to decode, or `null` travels on where the code says it cannot be.

    **Example** corpora/nullability-mismatch

    **Limits** Plain columns and outer-join sides; `COALESCE`, aggregates that cannot be NULL, `IS NOT NULL` filters, primary keys and `"x!"`
    overrides are left out. A column with a default gets NULL only from a
    statement that says so: information. TypeScript and Python do not enforce what they declare: a warning.

    **Fix** Make the field optional, or the column NOT NULL, or filter the NULLs.
    """
    if graph.role(query.query.span) == "test":
        return
    # What a macro infers of SQLite's columns is its own guess: the build has its say there.
    if query.query.checked and query.dialect == "sqlite":
        return
    for pair in query.rows:
        if pair.column.nullable is not True or not pair.column.source or pair.column.force == "!":
            continue
        if accepts_null(pair.field.type) or not pair.field.type.name or pair.field.opaque or pair.field.default:
            continue
        # SQLite lets NULL into a primary key that is not an integer; nobody means it.
        if graph.is_key(query.schema, pair.column.source):
            continue
        column = graph.column(query.schema, pair.column.source)
        if column is not None and not column.certain:
            continue
        severity: Severity | None = None if query.file.language == "rust" else "warning"
        if column is not None and column.nullable and column.default is not None:
            severity = "info"
        yield _finding(pair, query, graph, severity)


def _finding(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph, severity: Severity | None) -> Finding:
    table, _, name = pair.column.source.rpartition(".")
    column = graph.column(query.schema, pair.column.source)
    outer = column is not None and not column.nullable
    cause = "comes from the optional side of an outer join" if outer else "is nullable"
    evidence = [] if column is None else [Evidence(column.defined, f'column "{column.name}" is defined here')]
    if pair.site != query.query.text.span:
        evidence.append(Evidence(query.query.text.span, "read by this query"))
    return Finding(
        span=pair.site,
        message=f'field "{pair.field.name}" is not optional, column "{pair.column.source}" {cause}',
        severity=severity,
        confidence="high" if severity is None else "medium",
        schema=query.schema,
        table=table,
        column=name,
        symbol=query.symbol or None,
        group=f"nullability-mismatch:{query.schema}.{pair.column.source}",
        evidence=tuple(evidence),
        repair=Repair(f'make field "{pair.field.name}" optional, or column "{name}" NOT NULL'),
    )
