"""The pipeline, and nothing else.

What comes in: classified sources and a Config. What goes out: a Report. This module does not know a disk, a format or a framework.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from analyzer.discover.config import Config
from analyzer.extract.extract import extract
from analyzer.facts.file import FileError, FileFacts
from analyzer.facts.source import Source, Span
from analyzer.findings import Coverage, Finding, Report
from analyzer.link.alternatives import decided, labels, sites, worst
from analyzer.link.graph import ReferenceGraph
from analyzer.link.link import link
from analyzer.link.linked import Link, LinkedQuery
from analyzer.link.standing import CacheState, PlacedStep
from analyzer.positions import LineIndex
from analyzer.program.program import build_program
from analyzer.rules.registry import all_rules
from analyzer.rules.rule import Rule
from analyzer.schema.build import survey
from analyzer.schema.history import History, Rival, Unregistered


def analyze(
    sources: Iterable[Source],
    config: Config,
    *,
    evidence: Iterable[Rival] = (),
    root: str = "",
    errors: Iterable[FileError] = (),
    progress: Callable[[str], object] = bool,
    extraction: Callable[[Source], FileFacts] = extract,
) -> Report:
    """Everything that can be said of these sources. `evidence` is what databases hold that were given; `errors` are those of reading them; `progress` is told each stage.

    `extraction` is asked for the facts of each source.
    """
    known = {source.path: source for source in sources}
    progress("reading files")
    facts = [extraction(known[path]) for path in sorted(known)]
    progress("linking files")
    program = build_program(facts)
    progress("replaying migrations")
    surveyed = survey(program, config, evidence)
    progress("resolving queries")
    graph = link(program, surveyed, config.external_tables)
    progress("checking rules")
    rules = tuple(rule for rule in all_rules() if is_selected(rule, config))
    return Report(
        root=root,
        findings=tuple(_sorted(_unsuppressed(_found(rules, graph), program.files, known))),
        graph=graph,
        coverage=coverage(graph),
        rules=tuple(rule.info for rule in all_rules()),
        errors=tuple(sorted((*errors, *(error for file in facts for error in file.errors)), key=_error_order)),
        notes=tuple(_notes(graph)),
        sources=known,
    )


def is_selected(rule: Rule, config: Config) -> bool:
    """By id or family; `ignore` wins."""
    names = {rule.info.id, rule.info.family}
    return not names & set(config.ignore) and (not config.select or bool(names & set(config.select)))


def _found(rules: Iterable[Rule], graph: ReferenceGraph) -> Iterator[Finding]:
    for rule in rules:
        for finding in _detected(rule, graph):
            severity = finding.severity or rule.info.severity
            confidence = finding.confidence
            # Tests break things on purpose, and make tables of their own.
            if severity == "error" and graph.is_test(finding.span):
                severity, confidence = "warning", "medium"
            yield msgspec.structs.replace(finding, rule=rule.info.id, severity=severity, confidence=confidence)


def _detected(rule: Rule, graph: ReferenceGraph) -> Iterator[Finding]:
    """What a rule finds, once a site, where it finds it whichever of several entities a name there stands for."""
    first: dict[tuple[Span, Span], object] = {}
    found_for: dict[tuple[Span, Span], set[str]] = {}
    held: list[tuple[tuple[Span, Span], LinkedQuery, Finding]] = []
    for subject in _subjects(rule.subject, graph):
        for finding in rule.detect(subject, graph):
            if not isinstance(subject, LinkedQuery):
                yield finding
                continue
            place = (subject.query.span, finding.span)
            found_for.setdefault(place, set()).add(subject.query.among)
            # The texts that a site may run share its faults.
            if first.setdefault(place, subject) is subject:
                held.append((place, subject, finding))
    for place, subject, finding in held:
        if not subject.query.among or found_for[place] == labels(graph.texts(subject)):
            yield finding


def _subjects(kind: type, graph: ReferenceGraph) -> Iterable[object]:
    subjects: dict[type, Iterable[object]] = {
        Link: graph.links,
        LinkedQuery: graph.queries,
        PlacedStep: graph.steps,
        History: graph.histories,
        Unregistered: graph.unregistered,
        CacheState: graph.cache,
        ReferenceGraph: (graph,),
    }
    return subjects[kind]


def _unsuppressed(
    findings: Iterable[Finding], files: Mapping[str, FileFacts], sources: Mapping[str, Source]
) -> Iterator[Finding]:
    lines: dict[str, LineIndex] = {}
    for finding in findings:
        path = finding.span.path
        file = files.get(path)
        concerned = [] if file is None else [s for s in file.suppressions if finding.rule in s.rules]
        if concerned:
            index = lines.setdefault(path, LineIndex(sources[path].content))
            first, last = index.line(finding.span.start), index.line(max(finding.span.start, finding.span.end - 1))
            if any(s.line is None or first <= s.line <= last for s in concerned):
                continue
        yield finding


def _sorted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """In order of place, each once, with its fingerprint: rule, object, symbol and ordinal, so that moved lines keep it."""
    seen: Counter[tuple[str | None, ...]] = Counter()
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.span, f.rule, f.message)):
        # A field of a row that many queries read is wrong once.
        unique.setdefault((finding.span, finding.rule, finding.message, finding.schema), finding)
    for finding in unique.values():
        key = (finding.rule, finding.span.path, finding.schema, finding.table, finding.column, finding.symbol)
        seen[key] += 1
        text = "\0".join([*(part or "" for part in key), str(seen[key])])
        yield msgspec.structs.replace(finding, fingerprint=hashlib.sha256(text.encode()).hexdigest()[:20])


def coverage(graph: ReferenceGraph) -> Coverage:
    """What was read and decided."""
    groups = list(sites(graph.queries))
    queries = [worst(group) for group in groups]
    statuses = Counter(query.status for query in queries)
    reasons = Counter(query.reason for query in queries if query.status != "resolved" and query.reason)
    references = [decided(group) for group in groups]
    return Coverage(
        files=len(graph.program.files),
        queries=len(queries),
        resolved=statuses["resolved"],
        partial=statuses["partial"],
        unresolved=statuses["unresolved"],
        models=sum(len(file.models) + len(file.entities) for file in graph.program.files.values()),
        references=sum(everything for _, everything in references),
        references_resolved=sum(known for known, _ in references),
        reasons=dict(sorted(reasons.items())),
    )


def _notes(graph: ReferenceGraph) -> Iterator[str]:
    if not graph.histories:
        yield (
            "no live schema found: looked for folders of SQL migrations (sqlx, diesel, golang-migrate, dbmate, goose, Flyway, numbered "
            "files), for lists of migrations in code and for schema files (schema.sql, structure.sql, dumps); `schemalink schema --sources` "
            "prints what was found and why it does not count; name yours under [[schemas]] in schemalink.toml"
        )


def _error_order(error: FileError) -> tuple[str, int, str]:
    return error.path, error.span.start if error.span else -1, error.message
