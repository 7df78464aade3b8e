"""nullability-mismatch. What comes in: a query with its rows. What goes out: a finding for each field a NULL can reach."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.compatibility import accepts_null
from analyzer.link.drivers.judge import Bound, optional_values
from analyzer.link.graph import LinkedQuery, ReferenceGraph, RowPair
from analyzer.rules.rule import rule


@rule("error")
def nullability_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A NULL can arrive in a field that is not optional.

    **Why** The first row with a NULL fails to decode, or `null` travels on where the code says it cannot be.

    **Example** corpora/nullability-mismatch

    **Limits** `COALESCE`, aggregates that cannot be NULL, `IS NOT NULL` filters, primary keys and `"x!"` overrides are left out. `MAX` of
    no rows is a warning, any other expression that can be NULL is information. A column with a default gets NULL only from a statement that says so: information, as is
    an optional value that is written to a NOT NULL column. TypeScript and Python do not enforce what they declare: a warning.

    **Fix** Make the field optional, or the column NOT NULL, or filter the NULLs.
    """
    # What a macro infers of SQLite's columns is its own guess: the build has its say there.
    if graph.role(query.query.span) == "test" or (query.query.checked and query.dialect == "sqlite"):
        return
    rust = query.file.language == "rust"
    for pair in query.rows:
        # `#[sqlx(default)]` fills in for a column that is missing, not for its NULL.
        if not _can_arrive(pair) or (pair.field.default and not rust):
            continue
        column = graph.column(query.schema, pair.column.source)
        # SQLite lets NULL into a primary key that is not an integer; nobody means it.
        if graph.is_key(query.schema, pair.column.source) or (column is not None and not column.certain):
            continue
        severity: Severity | None = None if rust and pair.column.source else "warning"
        filled = column is not None and column.nullable and column.default is not None
        if filled or not (pair.column.source or (rust and pair.column.empty)):
            severity = "info"
        yield _finding(pair, query, graph, severity)
    yield from (_written(value, query) for value in optional_values(query, graph))


def _can_arrive(pair: RowPair) -> bool:
    if pair.column.nullable is not True or pair.column.force == "!" or pair.field.opaque:
        return False
    return bool(pair.field.type.name) and not accepts_null(pair.field.type)


def _finding(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph, severity: Severity | None) -> Finding:
    table, _, name = pair.column.source.rpartition(".")
    column = graph.column(query.schema, pair.column.source)
    outer = column is not None and not column.nullable
    cause = (
        "comes from the optional side of an outer join"
        if outer
        else "is nullable"
        if name
        else "is NULL where there are no rows"
        if pair.column.empty
        else "can be NULL"
    )
    evidence = [] if column is None else [Evidence(column.defined, f'column "{column.name}" is defined here')]
    if pair.site != query.query.text.span:
        evidence.append(Evidence(query.query.text.span, "read by this query"))
    fix = f'column "{name}" NOT NULL' if name else "give the expression a value with COALESCE"
    return Finding(
        span=pair.site,
        message=f'field "{pair.field.name}" is not optional, column "{pair.column.source or pair.column.name}" {cause}',
        severity=severity,
        confidence="high" if severity is None else "medium",
        schema=query.schema,
        table=table or None,
        column=name or None,
        symbol=query.symbol or None,
        group=f"nullability-mismatch:{query.schema}.{pair.column.source or pair.site.path}",
        evidence=tuple(evidence),
        repair=Repair(f'make field "{pair.field.name}" optional, or {fix}'),
    )


def _written(value: Bound, query: LinkedQuery) -> Finding:
    table, _, name = value.source.rpartition(".")
    return Finding(
        span=value.span,
        message=f'an optional value is written to column "{value.source}", which takes no NULL',
        severity="info",
        confidence="medium",
        schema=query.schema,
        table=table,
        column=name,
        symbol=query.symbol or None,
        group=f"nullability-mismatch:{query.schema}.{value.source}",
        evidence=(Evidence(value.column.defined, f'column "{name}" is defined here'),),
        repair=Repair(f'bind a value that is always there, or make column "{name}" nullable'),
    )
