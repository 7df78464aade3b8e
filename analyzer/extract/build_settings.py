"""What the files around a build say of the database that checks its queries.

What comes in: a Source. What goes out: BuildSettings. Sources: the documentation of sqlx's macros (docs.rs/sqlx, `query!`, "Requirements" and
"Offline Mode") and of sqlx-cli. Lines that are comments are passed over. This module does not know who reads a setting.
"""

import re
from collections.abc import Iterator

from analyzer.facts.cache import BuildSetting
from analyzer.facts.source import Source, Span

_WORD = re.compile(rb"\b(?:DATABASE_URL|SQLX_OFFLINE|sqlx[ \t]{1,4}(?:prepare|database|db|migrate|mig)\b)")
# `SQLX_OFFLINE=true`, `SQLX_OFFLINE: "true"`, `ENV SQLX_OFFLINE true`, `SQLX_OFFLINE = { value = "true" }`.
_TRUE = re.compile(
    rb"[\"']?[ \t]{0,8}[:=]?[ \t]{0,8}(?:\{[ \t]{0,8}value[ \t]{0,8}=[ \t]{0,8})?[\"']?(?:true|1)\b", re.IGNORECASE
)


def build_settings(source: Source) -> Iterator[BuildSetting]:
    """The settings of a file of configuration, or of a build script, in the order of the file."""
    script = source.language == "rust" and source.path.rpartition("/")[2] == "build.rs"
    if source.language not in ("build", "text", "toml") and not script:
        return
    for match in _WORD.finditer(source.content):
        begin = source.content.rfind(b"\n", 0, match.start()) + 1
        end = source.content.find(b"\n", match.end())
        rest = source.content[match.end() : end if end != -1 else None]
        if source.content[begin : match.start()].lstrip().startswith((b"#", b"//")):
            continue
        kind = _kind(match[0], rest)
        if kind is not None:
            yield BuildSetting(Span(source.path, match.start(), match.end()), kind)  # type: ignore[arg-type]


def _kind(word: bytes, rest: bytes) -> str | None:
    if word == b"SQLX_OFFLINE":
        return "offline" if _TRUE.match(rest) else None
    # `prepare --check` compares the cache that is committed.
    return "prepare" if word.endswith(b"prepare") and b"--check" not in rest else "database"
