"""Code frames: the source line of a span, and where under it the carets go, in terminal cells; or the lines of a longer span.

What comes in: the lines of a file and a span. What goes out: printable text with the cells to mark. Tabs become
spaces, control and direction-changing characters become visible, long lines are cut around the mark, indentation is dropped.
This module does not know findings or colours.
"""

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.positions import LineIndex

WIDTH = 100
_MARGIN = 24
_TAB = "    "
_CUT = "…"
_BYTES = 4 * WIDTH
_LINES = 6


class Frame(Struct, frozen=True):
    """`code` is the line to print; the mark covers `width` cells from `indent`."""

    number: int
    code: str
    indent: int
    width: int


def frame(lines: LineIndex, span: Span) -> Frame:
    """The line on which a span begins; the mark ends with the line where the span goes on."""
    number = lines.line(span.start)
    first, last = _bounds(lines, number)
    start = min(max(span.start, first), last)
    end = min(max(span.end, start), last)
    before = _clean(lines.content[max(first, start - _BYTES) : start])
    marked = _clean(lines.content[start : min(end, start + _BYTES)])
    after = _clean(lines.content[end : min(last, end + _BYTES)])
    if not before.strip():
        before = ""
    elif start - _BYTES <= first:
        before = before.lstrip()
    marked = _head(marked, WIDTH - _MARGIN)
    room = WIDTH - cells(marked)
    before = _tail(before, max(room - cells(after), room // 2))
    return Frame(
        number, before + marked + _head(after, room - cells(before)), cells(before), max(1, cells(marked.rstrip()))
    )


def excerpt(lines: LineIndex, span: Span) -> tuple[tuple[int, str], ...]:
    """The numbered lines of a span of several, their common indentation taken off; a long one's middle is (0, "")."""
    end = min(span.end, len(lines.content))
    while end > span.start and lines.content[end - 1] in b" \t\r\n":
        end -= 1
    first, last = lines.line(span.start), lines.line(max(span.start, end - 1))
    numbers = list(range(first, last + 1))
    if len(numbers) > _LINES:
        numbers = [*numbers[: _LINES - 2], 0, last]
    texts = {number: _line(lines, number) for number in numbers if number}
    margin = min((len(text) - len(text.lstrip()) for text in texts.values() if text.strip()), default=0)
    return tuple((number, _head(texts[number][margin:], WIDTH) if number else "") for number in numbers)


def printable(text: str) -> str:
    """One line in which nothing can move the cursor, start an escape sequence or turn the direction of writing."""
    return "".join(map(_visible, text.replace("\t", _TAB)))


def cells(text: str) -> int:
    """How many terminal cells a printable text takes (Unicode's East Asian Width; marks that combine take none)."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _bounds(lines: LineIndex, number: int) -> tuple[int, int]:
    """First byte of a line and the byte after its last, without the line ending."""
    first = lines.starts[number - 1]
    last = lines.starts[number] if number < lines.lines else len(lines.content)
    while last > first and lines.content[last - 1] in b"\r\n":
        last -= 1
    return first, last


def _line(lines: LineIndex, number: int) -> str:
    first, last = _bounds(lines, number)
    return _clean(lines.content[first : min(last, first + _BYTES)]).rstrip()


def _clean(content: bytes) -> str:
    return printable(content.decode("utf-8", "replace"))


def _visible(character: str) -> str:
    if character.isascii():
        code = ord(character)
        return chr(0x2400 + code) if code < 32 else "␡" if code == 127 else character
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _head(text: str, room: int) -> str:
    """The beginning of a text in so many cells."""
    return text if cells(text) <= room else _fitting(text, room - 1) + _CUT


def _tail(text: str, room: int) -> str:
    """The end of a text in so many cells."""
    return text if cells(text) <= room else _CUT + _fitting(reversed(text), room - 1)[::-1]


def _fitting(characters: Iterable[str], room: int) -> str:
    kept: list[str] = []
    for character in characters:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept)
