"""What is read without a grammar: SQL files as scripts, and database URLs.

What comes in: a Source. What goes out: Scripts with their direction, Connections. This module does not know SQL: sections are found by
the marker comments of dbmate, goose and node-pg-migrate, everything else is one script.
"""

import re
from collections.abc import Iterator

from analyzer.extract.changesets import changesets
from analyzer.extract.texts import LiteralBuilder
from analyzer.facts.file import Connection, Script
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Source, Span
from analyzer.facts.text import Text

# dbmate: `-- migrate:up`; goose: `-- +goose Up`; rambler: `-- rambler up`; sql-migrate: `-- +migrate Up`.
_MARKER = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t]*(?:migrate:|\+goose[ \t]+|\+migrate[ \t]+|rambler[ \t]+)(up|down)\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
# node-pg-migrate: `-- Up Migration`; npm sqlite: a line `-- Up`, between rules of dashes. What comes before the first is a way up.
_SECTION = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t-]*(up|down)(?:[ \t]+migration\b[^\n]*|[ \t:-]*\r?)$", re.IGNORECASE | re.MULTILINE
)
# drizzle-orm, `readMigrationFiles`: a file is split at these, wherever they stand.
_BREAKPOINT = re.compile(rb"--> statement-breakpoint")
_URL = re.compile(rb"\b(postgres(?:ql)?|mysql|mariadb|sqlite3?)(?:\+\w+)?:(//)?([^\s\"'`<>)\\]{0,200})")
_DIALECTS = {
    b"postgres": "postgres",
    b"postgresql": "postgres",
    b"mysql": "mysql",
    b"mariadb": "mysql",
    b"sqlite": "sqlite",
    b"sqlite3": "sqlite",
}


def scripts(source: Source) -> Iterator[Script]:
    """The scripts of a SQL file: its up and down sections, or all of it in the direction its layout says.

    A changelog that makes changes by itself is a step that nobody reads: it may change any table.
    """
    if source.language == "text" and source.layout is not None:
        span = Span(source.path, 0, len(source.content))
        parts = LiteralPart("ALTER TABLE ", span, ()), HolePart(span, UnknownOrigin())
        yield Script(Text(span, parts), "up")
    if source.language != "sql":
        return
    if source.layout is not None and source.layout.tool == "liquibase":
        found = [Script(script_text(source, start, end), "up", one) for start, end, one in changesets(source.content)]
        if found:
            yield from found
            return
    markers = list(_MARKER.finditer(source.content))
    if not markers and source.layout is not None and source.layout.direction == "both":
        markers = list(_SECTION.finditer(source.content))
        if markers and source.content[: markers[0].start()].strip():
            yield Script(script_text(source, 0, markers[0].start()), "up")
    whole = "down" if source.layout is not None and source.layout.direction == "down" else "up"
    if not markers:
        for start, end in _pieces(source):
            yield Script(script_text(source, start, end), whole)  # type: ignore[arg-type]
        return
    for index, marker in enumerate(markers):
        end = markers[index + 1].start() if index + 1 < len(markers) else len(source.content)
        direction = "up" if marker[1].lower() == b"up" else "down"
        yield Script(script_text(source, marker.end(), end), direction)  # type: ignore[arg-type]


def _pieces(source: Source) -> Iterator[tuple[int, int]]:
    """What the tool sends one by one: drizzle's need no semicolon between them."""
    start = 0
    if source.layout is not None and source.layout.tool == "drizzle":
        for match in _BREAKPOINT.finditer(source.content):
            yield start, match.start()
            start = match.end()
    if start == 0 or source.content[start:].strip():
        yield start, len(source.content)


def script_text(source: Source, start: int, end: int) -> Text:
    """Bytes of a file as a Text, a byte order mark left out."""
    if start == 0 and source.content.startswith(b"\xef\xbb\xbf"):
        start = 3
    builder = LiteralBuilder(source.path, source.content)
    builder.raw(start, end)
    part: LiteralPart = builder.finish(start, end)
    return Text(Span(source.path, start, end), (part,) if part.value else ())


def connections(source: Source) -> Iterator[Connection]:
    """Database URLs of a file that is code or configuration."""
    if source.language in ("sql", "build"):
        return
    for match in _URL.finditer(source.content):
        if match[2] or match[1].startswith(b"sqlite"):
            span = Span(source.path, match.start(), match.end())
            yield Connection(span, _DIALECTS[match[1]], match[3].decode("utf-8", "replace"))
