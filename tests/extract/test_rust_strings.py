"""Rust's strings: what the compiler evaluates them to, with each character's place in the source."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.facts.part.written import LiteralPart
from tests.extract.python_source import source_bytes
from tests.extract.rust_source import facts, sql, texts

_BEFORE = "const SQL: &str = "
_SPACE = " \t\n\r"

# (what is written, what it means), by the Rust Reference, "Tokens".
_ESCAPES = (
    ("\\n", "\n"),
    ("\\t", "\t"),
    ("\\r", "\r"),
    ("\\0", "\0"),
    ("\\\\", "\\"),
    ('\\"', '"'),
    ("\\'", "'"),
    ("\\x41", "A"),
    ("\\x7F", "\x7f"),
    ("\\u{e9}", "é"),
    ("\\u{1F600}", "😀"),
    ("\r\n", "\n"),
    ("\\\n", ""),
    ("\\\r\n", ""),
    ("\\\n \t\n  ", ""),
)
_PLAIN = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters='\\"\r\0'),
    st.sampled_from([" ", "\n", "{", "}", "'", "é", "😀", "/", "*"]),
).map(lambda character: (character, character))
_ESCAPED = st.lists(st.one_of(_PLAIN, st.sampled_from(_ESCAPES)), max_size=12)
_RAW = st.lists(st.one_of(_PLAIN, st.sampled_from([("\\", "\\"), ("\r\n", "\n"), ('"', '"'), ("#", "#")])), max_size=12)


def _expected(pieces: list[tuple[str, str]], start: int) -> list[tuple[str, int]]:
    """Each character with its byte; a continuation swallows the white space of the pieces behind it."""
    found: list[tuple[str, int]] = []
    at, swallows = start, False
    for written, value in pieces:
        if swallows and not written.strip(_SPACE):
            at += len(written.encode())
            continue
        swallows = value == ""
        found.extend((character, at) for character in value)
        at += len(written.encode())
    return found


def _evaluated(code: str) -> list[tuple[str, int]]:
    found = facts(code).constants
    if not found:
        return []
    (constant,) = found
    (part,) = constant.text.parts
    assert isinstance(part, LiteralPart)
    return list(zip(part.value, source_bytes(part), strict=True))


@settings(max_examples=400)
@given(_ESCAPED)
@example([("\\\n", ""), (" ", " "), ("é", "é"), (" ", " ")])
@example([("\\\r\n", ""), ("\r\n", "\n"), ("a", "a")])
@example([(" ", " "), ("\n", "\n"), ("a", "a")])
@example([("/", "/"), ("/", "/")])
def test_an_escaped_literal(pieces: list[tuple[str, str]]) -> None:
    code = f'{_BEFORE}"{"".join(written for written, _ in pieces)}";\n'
    assert _evaluated(code) == _expected(pieces, len(_BEFORE) + 1)


@settings(max_examples=400)
@given(_RAW, st.integers(0, 3))
@example([("\n", "\n"), (" ", " "), ("é", "é")], 1)
@example([('"', '"'), ("#", "#"), ("\\", "\\")], 2)
@example([(" ", " ")], 1)
def test_a_raw_literal(pieces: list[tuple[str, str]], hashes: int) -> None:
    text = "".join(written for written, _ in pieces)
    while f'"{"#" * hashes}' in f'{text}"'[: -1 if hashes else None]:
        hashes += 1
        if f'"{"#" * hashes}' not in text:
            break
    fence = "#" * hashes
    code = f'{_BEFORE}r{fence}"{text}"{fence};\n'
    assert _evaluated(code) == _expected(pieces, len(_BEFORE) + 2 + hashes)


@given(st.binary(max_size=80))
def test_no_bytes_can_crash_it(content: bytes) -> None:
    facts("fn f() { sqlx::query(" + content.decode("latin-1") + ").fetch_all(pool); }", "sqlx")
    facts("fn f() { sqlx::query!(" + content.decode("latin-1") + "); QueryBuilder::new(", "sqlx")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"SELECT 1"', "SELECT 1"),
        ('r"SELECT 1"', "SELECT 1"),
        ('r##"SELECT "#" FROM users"##', 'SELECT "#" FROM users'),
        ('"SELECT id, \\\n      name \\\n   FROM users"', "SELECT id, name FROM users"),
        ('&"SELECT 1".to_string()', "SELECT 1"),
        ('("SELECT 1")', "SELECT 1"),
        ('concat!("SELECT ", "id", " FROM users")', "SELECT id FROM users"),
        ('const_format::concatcp!("SELECT ", "id", " FROM users")', "SELECT id FROM users"),
        ('&format!("SELECT {} FROM {table} {{}}", "id", table = "users")', "SELECT id FROM users {}"),
        ('&format!("SELECT {1}, {0} FROM users", "id", "name")', "SELECT name, id FROM users"),
        ('&format!("SELECT {0:?} FROM users", column)', "SELECT {} FROM users"),
        ('&("SELECT 1".to_owned() + " FROM users")', "SELECT 1 FROM users"),
        ('indoc! {"SELECT 1"}', "SELECT 1"),
        ('String::from("SELECT 1").as_str()', "SELECT 1"),
        ('AssertSqlSafe("SELECT 1")', "SELECT 1"),
        ('{ "SELECT 1" }', "SELECT 1"),
        ("text()", "{}"),
    ],
)
def test_a_text_is_evaluated(expression: str, expected: str) -> None:
    assert sql(expression) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('let q = "SELECT 1";', "SELECT 1"),
        ('let mut q = String::from("SELECT 1"); q.push_str(" FROM users");', "SELECT 1 FROM users"),
        (
            'let mut q = "SELECT 1".to_string(); if deep { q.push_str(" FROM users"); }',
            "SELECT 1 FROM users | SELECT 1",
        ),
        ('let mut q = "SELECT 1".to_string(); for id in ids { q.push_str(" OR 1"); }', "SELECT 1 {}"),
        ('let q = "SELECT 1"; let q = format!("{q} FROM users");', "SELECT 1 FROM users"),
        ('const q: &str = "SELECT 1";', "SELECT 1"),
    ],
)
def test_a_name_is_what_was_bound_to_it_last(before: str, expected: str) -> None:
    assert sql("&q", before) == expected


@pytest.mark.parametrize(
    "declaration",
    [
        'const FIND: &str = "SELECT 1";',
        'static FIND: &str = "SELECT 1";',
        'static FIND: LazyLock<String> = LazyLock::new(|| format!("SELECT {}", 1));',
        'static FIND: once_cell::sync::Lazy<String> = once_cell::sync::Lazy::new(|| "SELECT 1".to_string());',
        'lazy_static! { pub static ref FIND: String = format!("SELECT {}", 1); }',
        'lazy_static::lazy_static! {\n    /// How many\n    static ref COUNT: u8 = 3;\n    static ref FIND: String = "SELECT 1".into();\n}',
    ],
)
def test_constants_of_the_module(declaration: str) -> None:
    code = f"use sqlx::PgPool;\n{declaration}\nasync fn f(pool: &PgPool) {{ sqlx::query(&FIND).execute(pool).await; }}"
    assert texts(code) == ["SELECT 1"]
