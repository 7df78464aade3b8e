"""`check --format json`: the contract for scripts, version 1.

What comes in: a Report. What goes out: one JSON document with everything in it, findings of level info included.
"""

from analyzer import __version__
from analyzer.facts.source import Span
from analyzer.findings import Coverage, Finding, Repair, Report
from analyzer.report.document import document
from analyzer.report.places import Json, Places
from analyzer.schema.history import History, SchemaSource


def json(report: Report) -> str:
    """The report as a document."""
    places = Places(report.sources)
    return document(
        {
            "version": 1,
            "tool": {"name": "schemalink", "version": __version__},
            "schemas": [schema_summary(history) for history in report.graph.histories],
            "coverage": coverage(report.coverage),
            "findings": [_finding(finding, places) for finding in report.findings],
            "errors": [{"path": error.path, "message": error.message} for error in report.errors],
        }
    )


def schema_summary(history: History) -> Json:
    """A schema's name, size and origin."""
    return {
        "name": history.schema.name,
        "dialect": history.schema.dialect,
        "tables": len(history.schema.tables),
        "columns": history.schema.columns,
        "sources": [schema_source(source) for source in history.sources],
    }


def schema_source(source: SchemaSource) -> Json:
    """A candidate for the live schema."""
    return {
        "kind": source.kind,
        "tool": source.tool,
        "path": source.path,
        "live": source.live,
        "reason": source.reason,
    }


def coverage(counted: Coverage) -> Json:
    """What was read and decided, reasons in the order of their names."""
    return {
        "files": counted.files,
        "queries": counted.queries,
        "resolved": counted.resolved,
        "partial": counted.partial,
        "unresolved": counted.unresolved,
        "models": counted.models,
        "references": counted.references,
        "references_resolved": counted.references_resolved,
        "reasons": {reason: counted.reasons[reason] for reason in sorted(counted.reasons)},
    }


def _finding(finding: Finding, places: Places) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        **places.place(finding.span),
        "schema": finding.schema,
        "table": finding.table,
        "column": finding.column,
        "symbol": finding.symbol,
        "fingerprint": finding.fingerprint,
        "group": finding.group,
        "related": [_related(evidence.span, evidence.message, places) for evidence in finding.evidence],
        "repair": _repair(finding.repair, places) if finding.repair is not None else None,
    }


def _related(span: Span, message: str, places: Places) -> Json:
    return {**places.place(span), "message": message}


def _repair(repair: Repair, places: Places) -> Json:
    return {
        "title": repair.title,
        "sql_up": repair.sql_up,
        "sql_down": repair.sql_down,
        "validation": repair.validation,
        "verified": repair.verified,
        "edits": [{**places.place(edit.span), "text": edit.text} for edit in repair.edits],
        "safe": repair.safe,
        "effort_minutes": repair.effort_minutes,
        "risk": repair.risk,
    }
