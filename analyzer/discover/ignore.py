"""Ignore files: which paths their patterns leave out.

What comes in: the bytes of `.gitignore` files and the `exclude` patterns of the configuration. What goes out: Rules, and a yes or no for
a path. This module does not read anything.

Semantics: https://git-scm.com/docs/gitignore. The last pattern that matches decides, the deepest file first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from analyzer.discover.glob import compile_pattern
from analyzer.facts.file import FileError

_TRAILING_SPACE = re.compile(r"(?<![\\ ])[ ]+$|^[ ]+$")
_MAX_BYTES = 1_000_000


class Rules(Struct, frozen=True):
    """The patterns of one ignore file, each with whether it leaves out or brings back, in the order of the file.

    `base` is its folder with a slash at the end, "" for the root.
    """

    base: str
    patterns: tuple[tuple[re.Pattern[str], bool], ...] = ()
    errors: tuple[FileError, ...] = ()


def parse_ignore_file(path: str, content: bytes) -> Rules:
    """The rules of a `.gitignore`. Patterns that git itself would refuse are skipped, with an error value."""
    base = path.rpartition("/")[0]
    text = content[:_MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    return parse_patterns(f"{base}/" if base else "", text.split("\n"), path)


def parse_patterns(base: str, lines: Iterable[str], path: str) -> Rules:
    """Patterns relative to `base`; `path` names their file in errors."""
    patterns: list[tuple[re.Pattern[str], bool]] = []
    errors: list[FileError] = []
    for line in lines:
        try:
            patterns.extend(_compiled(line))
        except (ValueError, re.error):
            errors.append(FileError(path, f"ignore pattern not understood: {line.strip()[:80]!r}"))
    return Rules(base, tuple(patterns), tuple(errors))


def is_ignored(rules: Sequence[Rules], path: str) -> bool:
    """Whether a path is left out; a folder's path ends with a slash. Later rules win over earlier ones.

    The folders above have been asked before: a pattern must match the path itself, not one of them.
    """
    for rule in reversed(rules):
        inner = path.removeprefix(rule.base)
        for pattern, leaves_out in reversed(rule.patterns):
            if pattern.fullmatch(inner):
                return leaves_out
    return False


def _compiled(line: str) -> Iterator[tuple[re.Pattern[str], bool]]:
    """Nothing for a blank line or a comment. ValueError where git would never match."""
    line = _TRAILING_SPACE.sub("", line.removesuffix("\r"))
    if line and not line.startswith("#"):
        yield compile_pattern(line.removeprefix("!")), not line.startswith("!")
