"""Offsets and placeholders: every character of a literal comes from the right byte, every placeholder counts once."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart, NamePart
from analyzer.facts.query import ParamStyle
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import Text
from analyzer.sql.embed import embed, embed_plain
from analyzer.sql.placeholders import canonicalise

ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@st.composite
def sources(draw: st.DrawFn) -> tuple[str, Text]:
    """A source line with string literals that escape some characters, and its Text with true segments."""
    source, parts = draw(st.text("ab é", max_size=4)), []
    for _ in range(draw(st.integers(1, 5))):
        start = len(source.encode())
        kind = draw(st.sampled_from(("literal", "literal", "hole", "bound", "name")))
        if kind == "literal":
            value = draw(st.text('ab é𝄞\n\t"\\', max_size=8))
            source += '"'
            segments = []
            for at, character in enumerate(value):
                segments.append((at, len(source.encode())))
                source += ESCAPES.get(character, character)
            source += '"'
            kept = tuple(pair for at, pair in enumerate(segments) if at == 0 or not plain(value, segments, at))
            parts.append(LiteralPart(value, Span("a.py", start, len(source.encode())), kept))
        else:
            source += "name"
            parts.append(other(kind, Span("a.py", start, len(source.encode()))))
        source += " "
    return source, Text(Span("a.py", 0, len(source.encode())), tuple(parts))


def plain(value: str, segments: list[tuple[int, int]], at: int) -> bool:
    return segments[at][1] == segments[at - 1][1] + 1 and ord(value[at - 1]) < 128


def other(kind: str, span: Span) -> Part:
    if kind == "name":
        return NamePart("COLUMNS", span)
    return HolePart(span, UnknownOrigin()) if kind == "hole" else BoundPart(span, UnknownOrigin())


def apart(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts without what follows a hole at once: adjacent holes are one."""
    known = True
    for part in parts:
        if known or isinstance(part, BoundPart) or (isinstance(part, LiteralPart) and part.value):
            yield part
            known = not isinstance(part, HolePart | NamePart)


def test_adjacent_holes_are_one() -> None:
    holes = tuple(HolePart(Span("a.py", at, at + 2), UnknownOrigin()) for at in (0, 2, 4))
    embedded = embed(Text(Span("a.py", 0, 6), holes))
    assert embedded.sql == "{}"
    assert embedded.holes == ((0, 2, "hole"),)


@given(sources())
def test_every_character_comes_from_its_byte(drawn: tuple[str, Text]) -> None:
    source, text = drawn
    text = Text(text.span, tuple(apart(text.parts)))
    embedded, content = embed(text), source.encode()
    assert embedded.sql == text.skeleton
    at = 0
    for part in text.parts:
        if not isinstance(part, LiteralPart):
            end = next(stop for start, stop, _ in embedded.holes if start == at)
            assert embedded.span(at, end) == part.span
            at = end
            continue
        for index, character in enumerate(part.value, 1):
            span, written = embedded.span(at, at + 1), ESCAPES.get(character, character).encode()
            assert content.startswith(written, span.start)
            if index < len(part.value) or character not in ESCAPES:  # where a last escape ends, no segment says
                assert content[span.start : span.end] == written
            at += 1


@given(st.text("ab é𝄞\n'", max_size=30))
def test_plain_text_maps_to_itself(sql: str) -> None:
    embedded = embed_plain(sql, "query.sql")
    for at, character in enumerate(sql):
        span = embedded.span(at, at + 1)
        assert sql.encode()[span.start : span.end].decode() == character


def test_range_over_two_literals_runs_from_first_to_last() -> None:
    parts = (
        LiteralPart("SELECT ", Span("a.py", 1, 8), ((0, 1),)),
        LiteralPart("id", Span("a.py", 20, 22), ((0, 20),)),
    )
    assert embed(Text(Span("a.py", 0, 30), parts)).span(0, 9) == Span("a.py", 1, 22)


CASES: tuple[tuple[Dialect, ParamStyle, str, list[int], list[str | None]], ...] = (
    ("sqlite", "qmark", "SELECT ? , ?", [1, 2], [None, None]),
    ("sqlite", "qmark", "SELECT ?1, ?2, ?1", [1, 2, 1], [None, None, None]),
    ("sqlite", "any", "SELECT :id, @name, $age, :id", [1, 2, 3, 1], ["id", "name", "age", "id"]),
    ("postgres", "numeric", "SELECT $2, $1, $2::text", [2, 1, 2], [None, None, None]),
    ("postgres", "numeric", "SELECT tags ? 'a', tags ?| $1, tags ?& $2", [1, 2], [None, None]),
    ("postgres", "pyformat", "SELECT %s, %(name)s, name LIKE '50%%', 7 %% 2", [1, 2], [None, "name"]),
    ("postgres", "named", "SELECT :id, created_at::date, tags[1:2]", [1], ["id"]),
    ("postgres", "named", "SELECT {start:DateTime64(3)}, :id", [1], ["id"]),
    ("postgres", "any", "SELECT id FROM users WHERE id = %s AND tags ? 'a'", [1], [None]),
    ("postgres", "qmark", "SELECT id FROM users WHERE id = ?", [1], [None]),
    ("postgres", "any", "SELECT ':no', \"$1\", $$ ? $$ -- :no ?\n, $1 /* $2 */", [1], [None]),
    ("mysql", "qmark", "SELECT @seen := ?, '?', @@version", [1], [None]),
    ("mysql", "pyformat", "SELECT id FROM users WHERE email = %s AND name = %(name)s", [1, 2], [None, "name"]),
)


@pytest.mark.parametrize(("dialect", "style", "sql", "positions", "names"), CASES)
def test_placeholders_count(
    dialect: Dialect, style: ParamStyle, sql: str, positions: list[int], names: list[str | None]
) -> None:
    canonical = canonicalise(embed_plain(sql), dialect, style)
    assert [each.position for each in canonical.placeholders] == positions
    assert [each.name for each in canonical.placeholders] == names


@given(st.text("ab?:$%@'\"{}[]( )1-\n", max_size=40), st.sampled_from(("postgres", "sqlite", "mysql")))
def test_offsets_lead_back(sql: str, dialect: Dialect) -> None:
    canonical = canonicalise(embed_plain(sql), dialect)
    edited = {at for low, high, _, _ in canonical.edits for at in range(low, high)}
    for at, character in enumerate(canonical.sql):
        origin = canonical.origin(at)
        if (
            origin not in edited
            and origin < len(sql)
            and not any(low <= at < high for _, _, low, high in canonical.edits)
        ):
            assert sql[origin] == character
