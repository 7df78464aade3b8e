"""Spans as places: paths with lines and columns, in code points or as editors count.

What comes in: the sources of a run and spans. What goes out: plain values for the formats. Spans of files that are not at hand
are placed at the file's first character. This module does not know findings.
"""

from collections.abc import Mapping

from analyzer.facts.source import Source, Span
from analyzer.positions import LineIndex, Position

Json = dict[str, object]


class Places:
    """Positions in the files of one run; each file's lines are found once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._lines: dict[str, LineIndex] = {}

    def lines(self, path: str) -> LineIndex:
        """The lines of a file, of an empty one where it is not at hand."""
        if path not in self._lines:
            source = self._sources.get(path)
            self._lines[path] = LineIndex(source.content if source is not None else b"")
        return self._lines[path]

    def start(self, span: Span) -> Position:
        return self.lines(span.path).position(span.start)

    def end(self, span: Span) -> Position:
        """The position after the last character."""
        return self.lines(span.path).position(max(span.start, span.end))

    def range(self, span: Span) -> Json:
        """`start` and `end` as the JSON contract writes them."""
        return {"start": _position(self.start(span)), "end": _position(self.end(span))}

    def place(self, span: Span) -> Json:
        return {"path": span.path, **self.range(span)}

    def utf16_range(self, span: Span) -> Json:
        """The range as the language server protocol writes it."""
        lines = self.lines(span.path)
        start, end = lines.utf16(span.start), lines.utf16(max(span.start, span.end))
        return {
            "start": {"line": start[0], "character": start[1]},
            "end": {"line": end[0], "character": end[1]},
        }

    def label(self, span: Span) -> str:
        """`path:line:column`."""
        start = self.start(span)
        return f"{span.path}:{start.line}:{start.column}"


def _position(position: Position) -> Json:
    return {"line": position.line, "column": position.column}
