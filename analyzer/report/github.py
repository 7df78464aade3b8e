"""`check --format github`: workflow commands, which become annotations of a change.

What comes in: a Report. What goes out: one command a finding, of every level. Source of the escapes: actions/toolkit,
`packages/core/src/command.ts`. This module does not know whether it runs in a workflow.
"""

from analyzer.findings import Finding, Report, Severity
from analyzer.report.places import Places

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def github(report: Report) -> str:
    """The report as commands, each on its line."""
    places = Places(report.sources)
    return "".join(_command(finding, places) for finding in report.findings)


def _command(finding: Finding, places: Places) -> str:
    """Columns only where the finding stays on one line: of several lines they would be ignored, with a warning."""
    start, end = places.start(finding.span), places.end(finding.span)
    properties = {"title": f"schemalink ({finding.rule})", "file": finding.span.path, "line": start.line}
    if start.line == end.line:
        properties |= {"col": start.column, "endLine": end.line, "endColumn": end.column}
    else:
        properties |= {"endLine": end.line}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity or 'error']} {said}::{_data(_message(finding, places))}\n"


def _message(finding: Finding, places: Places) -> str:
    lines = [f"{places.label(finding.span)}: {finding.message}"]
    lines += [f"note: {evidence.message} ({places.label(evidence.span)})" for evidence in finding.evidence]
    if finding.repair is not None:
        lines.append(f"help: {finding.repair.title}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
