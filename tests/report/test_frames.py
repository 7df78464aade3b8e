"""Code frames: what is printed of a line, and that the carets stand under it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.source import Span
from analyzer.positions import LineIndex
from analyzer.report.frames import WIDTH, Frame, cells, excerpt, frame


def framed(content: bytes, needle: bytes) -> Frame:
    at = content.index(needle)
    return frame(LineIndex(content), Span("src/db.py", at, at + len(needle)))


@pytest.mark.parametrize(
    ("line", "code", "indent", "width"),
    [
        ("    SELECT emial", "SELECT emial", 7, 5),
        ("\tSELECT\temial", "SELECT    emial", 10, 5),
        ("'日本語' emial", "'日本語' emial", 9, 5),
        ("'e\u0301' emial", "'e\u0301' emial", 4, 5),
        ("emial\r", "emial", 0, 5),
        ("a\x1b[1m emial", "a␛[1m emial", 6, 5),
    ],
)
def test_carets_stand_under_the_code(line: str, code: str, indent: int, width: int) -> None:
    shown = framed(f"first\n{line}\nlast".encode(), b"emial")
    assert (shown.number, shown.code, shown.indent, shown.width) == (2, code, indent, width)


def test_wide_characters_get_wide_carets() -> None:
    assert framed("x = '日本'".encode(), "日本".encode()).width == 4


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    shown = framed(b"  CREATE TABLE users (\n  id INTEGER\n);", b"CREATE TABLE users (\n  id INTEGER\n)")
    assert shown.code == "CREATE TABLE users ("
    assert shown.width == len(shown.code)


def test_an_empty_file_has_a_frame() -> None:
    assert frame(LineIndex(b""), Span("src/db.py", 0, 0)) == Frame(1, "", 0, 1)


def test_long_lines_are_cut_around_the_mark() -> None:
    shown = framed(b"a" * 900 + b"emial" + b"b" * 900, b"emial")
    assert shown.code.startswith("…a")
    assert shown.code.endswith("b…")
    assert shown.code[shown.indent : shown.indent + shown.width] == "emial"


@given(st.text(st.characters(exclude_characters="\n")), st.text(min_size=1), st.text())
def test_no_line_is_wider_than_the_page(before: str, marked: str, after: str) -> None:
    content = (before + marked + after).encode("utf-8", "surrogatepass")
    start = len(before.encode("utf-8", "surrogatepass"))
    shown = frame(LineIndex(content), Span("src/db.py", start, start + len(marked.encode("utf-8", "surrogatepass"))))
    assert cells(shown.code) <= WIDTH
    assert shown.indent + shown.width <= max(cells(shown.code), shown.indent + 1)


@given(st.binary(), st.integers(0, 60), st.integers(0, 60))
def test_no_bytes_break_a_frame(content: bytes, start: int, length: int) -> None:
    shown = frame(LineIndex(content), Span("src/db.py", start, start + length))
    assert "\n" not in shown.code
    assert shown.width >= 1


def lines_of(content: bytes, start: int, end: int) -> tuple[tuple[int, str], ...]:
    return excerpt(LineIndex(content), Span("src/db.py", start, end))


def test_several_lines_lose_their_common_indentation() -> None:
    content = b"def find():\r\n    db.execute(\r\n\r\n\t'SELECT'\r\n    )\r\n"
    assert lines_of(content, 17, len(content)) == ((2, "db.execute("), (3, ""), (4, "'SELECT'"), (5, ")"))


def test_the_middle_of_many_lines_is_left_out() -> None:
    content = b"".join(b"line %d\n" % number for number in range(1, 21))
    assert [number for number, _ in lines_of(content, 0, len(content))] == [1, 2, 3, 4, 0, 20]


@given(st.binary(), st.integers(0, 60), st.integers(0, 60))
def test_no_bytes_break_an_excerpt(content: bytes, start: int, length: int) -> None:
    assert all("\n" not in code and cells(code) <= WIDTH for _, code in lines_of(content, start, start + length))
