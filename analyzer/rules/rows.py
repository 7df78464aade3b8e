"""Findings about a field of a row, or about a value a query is given: what the two rules of types share.

What comes in: what is wrong, and where. What goes out: a Finding that names the column, where it is defined and what reads it. This module does not
judge.
"""

from analyzer.findings import Confidence, Evidence, Finding, Repair, Severity
from analyzer.link.drivers.judge import Bound
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery, RowPair


def field_finding(
    rule: str,
    pair: RowPair,
    query: LinkedQuery,
    graph: ReferenceGraph,
    message: str,
    fix: str,
    severity: Severity | None,
    confidence: Confidence,
) -> Finding:
    """A field of a row that does not go with its column."""
    table, _, name = pair.column.source.rpartition(".")
    column = graph.column(query.schema, pair.column.source)
    evidence = [] if column is None else [Evidence(column.defined, f'column "{column.name}" is defined here')]
    if pair.site != query.query.text.span:
        evidence.append(Evidence(query.query.text.span, "read by this query"))
    return Finding(
        span=pair.site,
        message=message,
        severity=severity,
        confidence=confidence,
        schema=query.schema,
        table=table or None,
        column=name or None,
        symbol=query.symbol or None,
        group=f"{rule}:{query.schema}.{pair.column.source or pair.site.path}",
        evidence=tuple(evidence),
        repair=Repair(fix),
    )


def value_finding(
    rule: str, value: Bound, query: LinkedQuery, message: str, fix: str, severity: Severity | None = None
) -> Finding:
    """A bound value or constant that does not go with its column."""
    table, _, name = value.source.rpartition(".")
    return Finding(
        span=value.span,
        message=message,
        severity=severity,
        confidence="high" if severity is None else "medium",
        schema=query.schema,
        table=table,
        column=name,
        symbol=query.symbol or None,
        group=f"{rule}:{query.schema}.{value.source}",
        evidence=(Evidence(value.column.defined, f'column "{name}" is defined here'),),
        repair=Repair(fix),
    )
