"""The one place that turns byte offsets into lines and columns, and columns into UTF-16.

What comes in: the bytes of one file. What goes out: 1-based lines, columns counted in Unicode code points (1-based), and
UTF-16 code units (0-based) for editors. Bytes that are not UTF-8 count as one code point each. A byte order mark at the start
is no part of the text: editors do not count it.
"""

import bisect
import codecs
from functools import cached_property

from msgspec import Struct


class Position(Struct, frozen=True, order=True):
    """1-based line, 1-based column in Unicode code points."""

    line: int
    column: int


class LineIndex:
    """Look-ups over the lines of one file. Offsets beyond the end mean the end."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def starts(self) -> list[int]:
        starts = [len(codecs.BOM_UTF8) if self.content.startswith(codecs.BOM_UTF8) else 0]
        find = self.content.find
        at = find(b"\n")
        while at != -1:
            starts.append(at + 1)
            at = find(b"\n", at + 1)
        return starts

    def line(self, offset: int) -> int:
        """The 1-based line that holds this byte."""
        return max(1, bisect.bisect_right(self.starts, min(offset, len(self.content))))

    def position(self, offset: int) -> Position:
        line = self.line(offset)
        start = self.starts[line - 1]
        before = self.content[start : min(offset, len(self.content))]
        return Position(line, len(before.decode("utf-8", "surrogateescape")) + 1)

    def utf16(self, offset: int) -> tuple[int, int]:
        """0-based line and 0-based column in UTF-16 code units, as the language server protocol counts."""
        line = self.line(offset)
        before = self.content[self.starts[line - 1] : min(offset, len(self.content))]
        return line - 1, len(before.decode("utf-8", "replace").encode("utf-16-le")) // 2

    def text(self, line: int) -> str:
        """The text of a 1-based line, without its line ending."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.content)
        return self.content[start:end].decode("utf-8", "replace").rstrip("\r\n")

    @property
    def lines(self) -> int:
        return len(self.starts)
