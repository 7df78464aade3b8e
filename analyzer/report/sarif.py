"""`check --format sarif`: SARIF 2.1.0, for code scanning services and editors.

What comes in: a Report. What goes out: one log with one run. A result is one site; `properties.group` ties the sites of one root
cause, and each further site points to the first. Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from analyzer import __version__
from analyzer.facts.file import FileError
from analyzer.facts.source import Span
from analyzer.findings import Edit, Finding, Report, RuleInfo, Severity
from analyzer.report.document import document
from analyzer.report.places import Json, Places

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


def sarif(report: Report) -> str:
    """The report as a log; findings of every level are in it."""
    return document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, Places(report.sources))]})


def _run(report: Report, places: Places) -> Json:
    indexes = {rule.id: index for index, rule in enumerate(report.rules)}
    return {
        "tool": {
            "driver": {
                "name": "schemalink",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the analysed repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report.errors, report.notes, places)],
        "results": list(_results(report.findings, indexes, places)),
    }


def _rule(rule: RuleInfo) -> Json:
    why, fix = rule.sections.get("Why", rule.summary), rule.sections.get("Fix", rule.summary)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": why},
        "help": {"text": fix, "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["database", rule.family]},
    }


def _markdown(rule: RuleInfo) -> str:
    sections = "".join(f"\n\n**{title}** {prose}" for title, prose in rule.sections.items())
    return f"{rule.summary}{sections}"


def _invocation(errors: Sequence[FileError], notes: Sequence[str], places: Places) -> Json:
    told: list[Json] = [{"level": "note", "message": {"text": note}} for note in notes]
    for error in errors:
        location = _location(error.span, places) if error.span else {"physicalLocation": _file(error.path)}
        told.append({"level": "warning", "message": {"text": error.message}, "locations": [location]})
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _results(findings: Sequence[Finding], indexes: Mapping[str, int], places: Places) -> Iterator[Json]:
    first_of: dict[str, Finding] = {}
    for finding in findings:
        first = first_of.setdefault(finding.group, finding) if finding.group else finding
        yield _result(finding, indexes, places, None if first is finding else first)


def _result(finding: Finding, indexes: Mapping[str, int], places: Places, first: Finding | None) -> Json:
    result: Json = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity or "error"],
        "message": {"text": finding.message},
        "locations": [{**_location(finding.span, places), **_symbol(finding)}],
    }
    if finding.rule in indexes:
        result["ruleIndex"] = indexes[finding.rule]
    related = [(evidence.span, evidence.message) for evidence in finding.evidence]
    if first is not None:
        related.append((first.span, "the first place with the same cause"))
    if related:
        result["relatedLocations"] = [
            {"id": number, **_location(span, places), "message": {"text": message}}
            for number, (span, message) in enumerate(related, start=1)
        ]
    if finding.fingerprint:
        result["partialFingerprints"] = {"schemalink/v1": finding.fingerprint}
    if finding.repair is not None and finding.repair.edits:
        result["fixes"] = [_fix(finding.repair.title, finding.repair.edits, places)]
    return {**result, "properties": _properties(finding)}


def _properties(finding: Finding) -> Json:
    known = {
        "confidence": finding.confidence,
        "schema": finding.schema,
        "table": finding.table,
        "column": finding.column,
        "group": finding.group or None,
        "repair": finding.repair.title if finding.repair is not None else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _symbol(finding: Finding) -> Json:
    if not finding.symbol:
        return {}
    return {"logicalLocations": [{"fullyQualifiedName": finding.symbol, "kind": "function"}]}


def _fix(title: str, edits: Sequence[Edit], places: Places) -> Json:
    changed: dict[str, list[Json]] = {}
    for edit in edits:
        replacement = {"deletedRegion": _region(edit.span, places), "insertedContent": {"text": edit.text}}
        changed.setdefault(edit.span.path, []).append(replacement)
    changes = [{**_file(path), "replacements": replacements} for path, replacements in changed.items()]
    return {"description": {"text": title}, "artifactChanges": changes}


def _location(span: Span, places: Places) -> Json:
    return {"physicalLocation": {**_file(span.path), "region": _region(span, places)}}


def _file(path: str) -> Json:
    return {"artifactLocation": {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}}


def _region(span: Span, places: Places) -> Json:
    start, end = places.start(span), places.end(span)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
