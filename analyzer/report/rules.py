"""`rules` and `explain`: what the rules are, from their own documentation.

What comes in: rules' documentation. What goes out: a table, JSON, or the page of one rule.
"""

import textwrap
from collections.abc import Iterator, Sequence

from analyzer.findings import RuleInfo
from analyzer.report.color import Line, paint
from analyzer.report.document import document

_WIDTH = 96


def rules_text(rules: Sequence[RuleInfo], *, color: bool = False) -> str:
    """One line a rule: id, severity, family, summary."""
    ids = max((len(rule.id) for rule in rules), default=0)
    families = max((len(rule.family) for rule in rules), default=0)
    lines: list[Line] = [
        (
            ("bold", f"{rule.id:<{ids}}  "),
            (rule.severity, f"{rule.severity:<7}"),
            ("", f"  {rule.family:<{families}}  {rule.summary}"),
        )
        for rule in rules
    ]
    return paint(lines, color=color)


def rules_json(rules: Sequence[RuleInfo]) -> str:
    """The same, with the whole documentation."""
    return document(
        {
            "version": 1,
            "rules": [
                {
                    "id": rule.id,
                    "severity": rule.severity,
                    "family": rule.family,
                    "summary": rule.summary,
                    "sections": rule.sections,
                }
                for rule in rules
            ],
        }
    )


def explanation(rule: RuleInfo, *, color: bool = False) -> str:
    """The page of one rule."""
    return paint(_page(rule), color=color)


def _page(rule: RuleInfo) -> Iterator[Line]:
    yield (("bold", rule.id), ("", " is "), (rule.severity, rule.severity), ("", f" by default, family {rule.family}"))
    yield ()
    yield from _prose(rule.summary)
    for title, prose in rule.sections.items():
        yield ()
        yield (("bold", title),)
        yield from _prose(prose)
    yield ()
    yield (("", f"To silence one place, write on its line: schemalink: ignore[{rule.id}] and why."),)


def _prose(text: str) -> Iterator[Line]:
    for line in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield (("", f"  {line}"),)
