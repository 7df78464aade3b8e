"""Comments that silence rules: `schemalink: ignore[rule] reason` and `ignore-file[rule]`, after `//`, `#` or `--`.

What comes in: the bytes of a file. What goes out: Suppressions with 1-based lines. An ignore alone on its line concerns the next
line that is not such a comment. This module does not know which rules exist.
"""

import re
from collections.abc import Iterator

from analyzer.facts.file import Suppression
from analyzer.facts.source import Span

_COMMENT = re.compile(
    rb"(?P<mark>//|#|--|/\*)[ \t]*schemalink:[ \t]*(?P<kind>ignore|ignore-file)\[(?P<rules>[^\]\n]{0,400})\][ \t]*(?P<reason>[^\n]{0,400})"
)
_FILE_LINES = 10


def suppressions(path: str, content: bytes) -> Iterator[Suppression]:
    """Suppressions of one file, in order."""
    if b"schemalink:" not in content:
        return
    lines = content.split(b"\n")
    offset = 0
    for number, line in enumerate(lines, 1):
        for match in _COMMENT.finditer(line):
            rules = tuple(rule.strip() for rule in match["rules"].decode("utf-8", "replace").split(",") if rule.strip())
            span = Span(path, offset + match.start(), offset + match.end())
            reason = match["reason"].decode("utf-8", "replace").strip().removesuffix("*/").strip()
            if match["kind"] == b"ignore-file":
                if number <= _FILE_LINES:
                    yield Suppression(span, rules, None, reason)
            else:
                alone = not line[: match.start()].strip()
                yield Suppression(span, rules, _target(lines, number) if alone else number, reason)
        offset += len(line) + 1


def _target(lines: list[bytes], number: int) -> int:
    """The line below, past further comments of this kind."""
    target = number + 1
    while target <= len(lines) and _COMMENT.match(lines[target - 1].strip()):
        target += 1
    return target
