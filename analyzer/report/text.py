"""`check --format text`: for people, in a terminal or a pipe.

What comes in: a Report. What goes out: findings with their code, evidence and help, the sites of one root cause together; then
what was read. Findings of level info are left out unless asked for: they are opinions and statistics, and JSON and SARIF have
them. This module does not know whether anybody looks at a terminal: colour is an argument.
"""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.findings import SEVERITIES, Finding, Report, Severity
from analyzer.report.color import Line, Piece, Style, paint
from analyzer.report.frames import Frame, excerpt, frame, printable
from analyzer.report.places import Places
from analyzer.report.summary import count, summary


def text(report: Report, *, color: bool = False, show_info: bool = False, quiet: bool = False) -> str:
    """The report; `quiet` leaves the findings alone."""
    shown = [finding for finding in report.findings if show_info or finding.severity != "info"]
    lines = list(_findings(shown, Places(report.sources)))
    if not quiet:
        lines.extend(summary(report, shown))
    return paint(lines, color=color)


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one group together, the gravest first, groups in the order of their first sites."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.group or finding, []).append(finding)
    return [sorted(group, key=lambda finding: SEVERITIES.index(severity(finding))) for group in groups.values()]


def severity(finding: Finding) -> Severity:
    return finding.severity or "error"


def _findings(findings: Sequence[Finding], places: Places) -> Iterator[Line]:
    for first, *others in by_cause(findings):
        yield from _full(first, places)
        shown = _headline(first, places)
        further = [line for line in dict.fromkeys(_headline(other, places) for other in others) if line != shown]
        if further:
            yield (("", f"  and {count(len(further), 'more place')} with the same cause:"),)
            yield from further
        yield ()


def _headline(finding: Finding, places: Places) -> Line:
    return (
        ("bold", printable(places.label(finding.span))),
        ("", ": "),
        (severity(finding), f"{severity(finding)}[{finding.rule}]"),
        ("", f" {printable(finding.message)}"),
    )


def _full(finding: Finding, places: Places) -> Iterator[Line]:
    """Headline, code with a mark, then the evidence and the help, all in one column of line numbers."""
    lines = places.lines(finding.span.path)
    shown = excerpt(lines, finding.span)
    evidence = [(item, frame(places.lines(item.span.path), item.span)) for item in finding.evidence]
    numbers = [number for number, _ in shown] + [framed.number for _, framed in evidence]
    gutter = max(len(str(number)) for number in numbers)
    yield _headline(finding, places)
    yield _bar(gutter)
    if len(shown) == 1:
        yield from _marked(frame(lines, finding.span), gutter, severity(finding))
    else:
        yield from _bracketed(shown, gutter, severity(finding))
    for item, framed in evidence:
        yield (*_remark(gutter, "note", "info"), ("", f" {printable(item.message)}"))
        yield (("dim", f"{' ' * gutter}--> "), ("", printable(places.label(item.span))))
        # A database file has no lines to show.
        if framed.code:
            yield _code(framed.number, framed.code, gutter)
    if finding.repair is not None:
        yield (*_remark(gutter, "help", "help"), ("", f" {printable(finding.repair.title)}"))


def _marked(shown: Frame, gutter: int, style: Style) -> Iterator[Line]:
    """A line with carets under its mark."""
    yield _code(shown.number, shown.code, gutter)
    yield (*_bar(gutter), (style, f" {' ' * shown.indent}{'^' * shown.width}"))


def _bracketed(shown: Sequence[tuple[int, str]], gutter: int, style: Style) -> Iterator[Line]:
    """Several lines with a stroke beside them."""
    for index, (number, code) in enumerate(shown):
        label = f"{number:>{gutter}} |" if number else "..."
        stroke = f"{' ' * (gutter + 3 - len(label))}{'|' if index else '/'}"
        yield (("dim", label), (style, stroke), ("", f" {code}"))
    yield (*_bar(gutter), (style, " |_^"))


def _code(number: int, code: str, gutter: int) -> Line:
    return (("dim", f"{number:>{gutter}} |"), ("", f" {code}"))


def _bar(gutter: int) -> tuple[Piece]:
    return (("dim", f"{' ' * gutter} |"),)


def _remark(gutter: int, word: str, style: Style) -> tuple[Piece, Piece]:
    return (("dim", f"{' ' * gutter} = "), (style, f"{word}:"))
