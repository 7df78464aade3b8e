"""Ignore files: which paths their patterns leave out.

What comes in: the bytes of `.gitignore` files and the `exclude` patterns of the configuration. What goes out: Rules, and a yes or no for
a path. This module does not read anything.

Semantics: https://git-scm.com/docs/gitignore. The last pattern that matches decides, the deepest file first.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from pathspec import GitIgnoreSpec

from analyzer.facts.file import FileError

# Patterns become backtracking regular expressions: each further star multiplies the time by the length of a name.
_MAX_STARS = 3
_STARS = re.compile(r"\*+")
_MAX_BYTES = 1_000_000


class Rules(Struct, frozen=True):
    """The patterns of one ignore file. `base` is its folder with a slash at the end, "" for the root."""

    base: str
    spec: GitIgnoreSpec
    errors: tuple[FileError, ...] = ()


def parse_ignore_file(path: str, content: bytes) -> Rules:
    """The rules of a `.gitignore`. Patterns that git itself would refuse are skipped, with an error value."""
    base = path.rpartition("/")[0]
    text = content[:_MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    return parse_patterns(f"{base}/" if base else "", text.splitlines(), path)


def parse_patterns(base: str, lines: Iterable[str], path: str) -> Rules:
    """Patterns relative to `base`; `path` names their file in errors."""
    kept: list[str] = []
    errors: list[FileError] = []
    for line in lines:
        try:
            kept.append(_checked(line))
        except (ValueError, re.error):
            errors.append(FileError(path, f"ignore pattern not understood: {line.strip()[:80]!r}"))
    return Rules(base, GitIgnoreSpec.from_lines(kept), tuple(errors))


def is_ignored(rules: Sequence[Rules], path: str) -> bool:
    """Whether a path is left out; a folder's path ends with a slash. Later rules win over earlier ones."""
    for rule in reversed(rules):
        include = rule.spec.check_file(path.removeprefix(rule.base)).include
        if include is not None:
            return include
    return False


def _checked(line: str) -> str:
    """The pattern, if it compiles: ValueError or re.error where it does not, or where matching it could take for ever."""
    if any(len(_STARS.findall(segment)) > _MAX_STARS for segment in line.split("/")):
        raise ValueError(line)
    line = _STARS.sub(lambda run: run[0][:2], line)
    GitIgnoreSpec.from_lines([line])
    return line
