"""What was read and decided, in sentences: the end of the text report and the notes beside every format.

What comes in: a Report. What goes out: lines. This module does not know the findings' wording.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from analyzer.findings import SEVERITIES, Coverage, Finding, Report, Severity
from analyzer.report.color import Line, Piece
from analyzer.report.frames import printable
from analyzer.schema.history import TOOLED, History, SchemaSource

_ERRORS_SHOWN = 10


def summary(report: Report, shown: Sequence[Finding]) -> Iterator[Line]:
    """Schemas, coverage and the tally of what was printed."""
    for history in report.graph.histories:
        yield (("", _schema(history)),)
    if not report.graph.histories:
        yield (("", "schema: none found, so nothing could be checked against one"),)
    yield (("", _queries(report.coverage)),)
    if report.graph.histories or report.findings:
        yield _tally(report.findings, shown)
    if shown:
        yield (("dim", f"what a rule means: schemalink explain {_first_rule(shown)}"),)


def notes(report: Report, *, with_errors: bool) -> Iterator[str]:
    """What belongs on standard error: notes, and the files that could not be read."""
    for note in report.notes:
        yield f"note: {printable(note)}"
    if with_errors:
        for error in report.errors[:_ERRORS_SHOWN]:
            yield f"note: {printable(error.path)}: {printable(error.message)}"
        left = len(report.errors) - _ERRORS_SHOWN
        if left > 0:
            yield f"note: {left} more like these; --format json lists all"


def count(number: int, noun: str) -> str:
    """`1 table`, `2 tables`, `2 queries`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _schema(history: History) -> str:
    schema = history.schema
    why = f" ({printable(history.evidence)})" if history.evidence else ""
    if schema.dialect == "mongodb":
        return f"schema {printable(schema.name)}{why}: {count(len(schema.tables), 'collection')}, as the code uses them"
    tables = count(len(schema.tables), "table")
    origin = f" from {_origin(history.sources[0])}" if history.sources else ""
    return f"schema {printable(schema.name)}: {schema.dialect}{why}, {tables}{origin}"


def _origin(source: SchemaSource) -> str:
    """`sqlx migrations in db/migrations`, `docs/schema.sql`; a history's own source stands first."""
    words = [source.tool, "migrations in"] if source.kind in TOOLED else []
    return " ".join([*filter(None, words), printable(source.path or ".")])


def _queries(coverage: Coverage) -> str:
    decided = {"resolved": coverage.resolved, "partial": coverage.partial, "unresolved": coverage.unresolved}
    found = count(coverage.queries, "query")
    states = ", ".join(f"{number} {name}" for name, number in decided.items() if number or name == "resolved")
    reasons = f" ({_reasons(coverage.reasons)})" if coverage.reasons else ""
    references = f"{coverage.references_resolved} of {count(coverage.references, 'reference')} decided"
    return f"{found}: {states}{reasons}; {references}"


def _reasons(reasons: Mapping[str, int]) -> str:
    most = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{reason} {number}" for reason, number in most)


def _tally(findings: Sequence[Finding], shown: Sequence[Finding]) -> Line:
    counts = Counter(finding.severity or "error" for finding in shown)
    pieces: list[Piece] = []
    for severity in SEVERITIES:
        if counts[severity]:
            noun: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
            pieces += [("", ", " if pieces else "found "), (severity, count(counts[severity], noun[severity]))]
    hidden = len(findings) - len(shown)
    more = f" ({count(hidden, 'finding')} of level info not shown: --show-info)" if hidden else ""
    return (*(pieces or [("help", "no problems found")]), ("", more))


def _first_rule(shown: Sequence[Finding]) -> str:
    gravest = min(shown, key=lambda finding: SEVERITIES.index(finding.severity or "error"))
    return gravest.rule
