"""What a rule is: a function with a subject, a severity and a documentation.

What comes in: a decorated function whose first parameter's annotation names its subject. What goes out: a Rule. A rule whose docstring
lacks its summary or one of its sections does not load. This module does not know any rule.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from msgspec import Struct

from analyzer.findings import Finding, RuleInfo, Severity
from analyzer.link.graph import ReferenceGraph

SECTIONS = ("Why", "Example", "Limits", "Fix")
_SECTION = re.compile(r"^\*\*(\w+)\*\*[ \t]*", re.MULTILINE)

Detect = Callable[[Any, ReferenceGraph], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """`detect` is asked once for each subject of type `subject`."""

    info: RuleInfo
    subject: type
    detect: Detect


class RuleError(Exception):
    """A rule that must not load; the message names it and says why."""


def rule(severity: Severity) -> Callable[[Detect], Detect]:
    """Marks a function as a rule of this default severity. Its name with dashes is the rule's id."""

    def mark(function: Detect) -> Detect:
        function.severity = severity  # type: ignore[attr-defined]
        return function

    return mark


def load(function: Detect, family: str) -> Rule:
    """The rule of a decorated function."""
    name = function.__name__
    summary, _, body = inspect.cleandoc(function.__doc__ or "").partition("\n")
    pieces = _SECTION.split(body)
    sections = {title: " ".join(text.split()) for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    missing = [title for title in SECTIONS if not sections.get(title)]
    if not summary or missing:
        raise RuleError(f"rule {name} has no {', '.join(missing) or 'summary'} in its docstring")
    subject = next(iter(get_type_hints(function).values()))
    severity: Severity = function.severity  # type: ignore[attr-defined]
    return Rule(RuleInfo(name.replace("_", "-"), family, severity, summary, sections), subject, function)
