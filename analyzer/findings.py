"""Findings and the report: the noun between rules and outputs.

What comes in: what rules say and what the pipeline counted. What goes out: plain values in a fixed order. This module does not
know how a finding was detected or how it will be printed.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from analyzer.facts.file import FileError
from analyzer.facts.source import Dialect, Source, Span
from analyzer.link.graph import ReferenceGraph

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]

# Said of a cache entry that names what is missing.
CACHED = "the query cache says it exists: it was made against another database"

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Evidence(Struct, frozen=True):
    """A place that supports a finding, with a sentence."""

    span: Span
    message: str


class Edit(Struct, frozen=True):
    span: Span
    text: str


class Repair(Struct, frozen=True):
    """How to mend it. `title` is a sentence for people; SQL and edits are filled where they can be derived.

    `verified` are the dialects in which a replay of the SQL gave what was promised.
    """

    title: str
    sql_up: tuple[str, ...] = ()
    sql_down: tuple[str, ...] = ()
    validation: tuple[str, ...] = ()
    verified: tuple[Dialect, ...] = ()
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    effort_minutes: int = 5
    risk: Literal["low", "medium", "high"] = "low"


class Finding(Struct, frozen=True):
    """One site. `rule`, `severity` and `fingerprint` are stamped by the engine; a rule may set `severity` to lower itself.

    `message` has names, never counts. `group` ties the sites of one root cause.
    """

    span: Span
    message: str
    rule: str = ""
    severity: Severity | None = None
    confidence: Confidence = "high"
    schema: str | None = None
    table: str | None = None
    column: str | None = None
    symbol: str | None = None
    group: str = ""
    evidence: tuple[Evidence, ...] = ()
    repair: Repair | None = None
    fingerprint: str = ""


class Coverage(Struct, frozen=True):
    """What was read and decided; shapes as CONTRACT describes `coverage`."""

    files: int = 0
    queries: int = 0
    resolved: int = 0
    partial: int = 0
    unresolved: int = 0
    models: int = 0
    references: int = 0
    references_resolved: int = 0
    reasons: Mapping[str, int] = {}

    @property
    def percent(self) -> float:
        """(resolved + partial) / queries in percent; 100 where there is no query."""
        return 100.0 if not self.queries else 100.0 * (self.resolved + self.partial) / self.queries


class RuleInfo(Struct, frozen=True):
    """A rule's documentation, from its docstring. `sections` maps "Why", "Example", "Limits", "Fix" to prose."""

    id: str
    family: str
    severity: Severity
    summary: str
    sections: Mapping[str, str]


class Report(Struct, frozen=True):
    """Everything the faces need. `findings` are sorted by place, then rule. `sources` holds the bytes for code frames."""

    root: str
    findings: tuple[Finding, ...]
    graph: ReferenceGraph
    coverage: Coverage
    rules: tuple[RuleInfo, ...]
    errors: tuple[FileError, ...]
    notes: tuple[str, ...]
    sources: Mapping[str, Source]
