"""`check --format lsp`: parameters of `textDocument/publishDiagnostics`, one a file, for editors without a server of ours.

What comes in: a Report, whose `root` is a folder. What goes out: a JSON array; positions are zero-based and count UTF-16 units.
Source: Language Server Protocol 3.17, PublishDiagnosticsParams.
"""

from pathlib import PurePath
from urllib.parse import quote

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Report, Severity
from analyzer.report.document import document
from analyzer.report.places import Json, Places

_SEVERITIES: dict[Severity, int] = {"error": 1, "warning": 2, "info": 3}


def lsp(report: Report) -> str:
    """The report as an array, in the order of paths."""
    places = Places(report.sources)
    files: dict[str, list[Finding]] = {}
    for finding in report.findings:
        files.setdefault(finding.span.path, []).append(finding)
    return document(
        [
            {
                "uri": file_uri(report.root, path),
                "diagnostics": [_diagnostic(finding, report.root, places) for finding in files[path]],
            }
            for path in sorted(files)
        ]
    )


def file_uri(root: str, path: str) -> str:
    """The `file:` URI of a path under a root, or of an absolute one (RFC 8089); a drive letter gets a slash before it."""
    return f"file:///{quote(PurePath(root, path).as_posix().lstrip('/'), errors='surrogateescape')}"


def _diagnostic(finding: Finding, root: str, places: Places) -> Json:
    diagnostic: Json = {
        "range": places.utf16_range(finding.span),
        "severity": _SEVERITIES[finding.severity or "error"],
        "code": finding.rule,
        "source": "schemalink",
        "message": finding.message,
    }
    if finding.evidence:
        diagnostic["relatedInformation"] = [_related(evidence, root, places) for evidence in finding.evidence]
    return diagnostic


def _related(evidence: Evidence, root: str, places: Places) -> Json:
    return {"location": _location(evidence.span, root, places), "message": evidence.message}


def _location(span: Span, root: str, places: Places) -> Json:
    return {"uri": file_uri(root, span.path), "range": places.utf16_range(span)}
