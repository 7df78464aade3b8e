"""Python's strings: what the language itself evaluates them to, with each character's place in the source."""

import ast
import io
import tokenize
import warnings

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from tests.extract.python_source import facts, query, source_bytes, sql

_PIECES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\0\r"), min_size=1, max_size=6),
    st.sampled_from(
        ["\\n", "\\t", "\\\\", "\\'", '\\"', "\\\n", "\\x41", "\\u00e9", "\\U0001F600", "\\N{BULLET}", "\\101", "\\0"]
    ),
    st.sampled_from(
        [
            "\\q",
            "\\é",
            "\\d+",
            "\\8",
            "\\777",
            "\\\r\n",
            "\r\n",
            "\r",
            "\n",
            "{{",
            "}}",
            "'",
            '"',
            "%s",
            "\\",
            "é",
            "😀",
        ]
    ),
)
_PREFIXES = st.sampled_from(["", "u", "U", "r", "R", "f", "F", "rf", "Fr", "fR"])
_QUOTES = st.sampled_from(["'", '"', "'''", '"""'])


def _evaluated(literal: str) -> str | None:
    """What Python says, None where it is no literal without interpolations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            node = ast.parse(literal.encode(), mode="eval").body
        except (SyntaxError, ValueError):
            return None
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(literal.encode()).readline))
    except tokenize.TokenError:  # from 3.12 on, of escapes that the parser only warns of
        return None
    if sum(tokenize.tok_name[token.type] in ("STRING", "FSTRING_START") for token in tokens) != 1:
        return None
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    if not all(isinstance(value, ast.Constant) and isinstance(value.value, str) for value in values):
        return None
    return "".join(value.value for value in values)


@settings(max_examples=300)
@given(_PREFIXES, _QUOTES, st.lists(_PIECES, max_size=8))
@example("", '"""', ["\\\r\n", "a", "\r\n"])
@example("r", "'", ["\\", "\\'"])
@example("f", "'", ["\\", "{{"])
@example("r", '"', ["\\\\"])
def test_a_literal_is_what_python_says_it_is(prefix: str, quote: str, pieces: list[str]) -> None:
    literal = f"{prefix}{quote}{''.join(pieces)}{quote}"
    expected = _evaluated(literal)
    # `'` + `''..` opens three quotes.
    assume(expected is not None and not literal.removeprefix(prefix).startswith(quote[0] * (len(quote) + 1)))
    code = f"SQL = {literal}\n"
    constants = facts(code).constants
    if expected == "":
        assert constants == ()
        return
    (constant,) = constants
    assert "".join(part.value for part in constant.text.parts if isinstance(part, LiteralPart)) == expected
    end = len(f"SQL = {literal}".encode()) - len(quote)
    _check_places(code.encode(), constant.text.parts[0], prefix.lower(), end)


def _check_places(content: bytes, part: LiteralPart, prefix: str, last: int) -> None:
    """The bytes from one character's place to the next one's evaluate to that character."""
    places = [*source_bytes(part), last]
    for character, start, end in zip(part.value, places, places[1:], strict=False):
        piece = content[start:end].decode()
        if piece[:1] == character:
            continue
        braces = piece[:2] in ("{{", "}}")
        raw = "r" if "r" in prefix else ""
        assert braces or piece.startswith("\r") or _evaluated(f'{raw}"""{piece}"""') == character, (piece, character)


@given(st.binary(max_size=60))
def test_no_bytes_can_crash_it(content: bytes) -> None:
    facts("conn.execute(" + content.decode("latin-1") + ")")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"SELECT 1 " "FROM users"', "SELECT 1 FROM users"),
        ('"SELECT 1" + " FROM users" + tail', "SELECT 1 FROM users{}"),
        ('"SELECT %s FROM %s" % ("id", table)', "SELECT id FROM {}"),
        ('"SELECT %(c)s FROM users LIMIT %(n)d" % {"c": "id", "n": 5}', "SELECT id FROM users LIMIT 5"),
        (
            "\"SELECT * FROM users WHERE name LIKE 'a%%' AND id = %s\" % (3)",
            "SELECT * FROM users WHERE name LIKE 'a%' AND id = 3",
        ),
        ('"SELECT {} FROM {t} {{}}".format("id", t="users")', "SELECT id FROM users {}"),
        ('"SELECT {0}, {0} FROM {1:>10}".format("id", table)', "SELECT id, id FROM {}"),
        ('f"SELECT * FROM {table} WHERE id = {user.id!r:>10} {{}}"', "SELECT * FROM {} WHERE id = {} {}"),
        ("f\"SELECT {'id'} FROM users LIMIT {10}\"", "SELECT id FROM users LIMIT 10"),
        ('" ".join(["SELECT id", "FROM users"])', "SELECT id FROM users"),
        ('"SELECT " + ", ".join(columns)', "SELECT {}"),
        ('textwrap.dedent("""\\\n    SELECT id\n      FROM users\n    """)', "SELECT id\n  FROM users\n"),
        ('"""\n  SELECT 1\n""".strip()', "SELECT 1"),
        ('"SELECT TABLE.id FROM TABLE".replace("TABLE", "users")', "SELECT users.id FROM users"),
        ('"SELECT id FROM users".replace("id", column)', "{}"),
        ('text("SELECT :id")', "SELECT :id"),
        (
            'sql.SQL("SELECT {} FROM {}").format(sql.Placeholder(), sql.Identifier("shop", "users"))',
            'SELECT %s FROM "shop"."users"',
        ),
        ('sql.SQL("SELECT {}").format(sql.Identifier(row.column)) + sql.SQL(" FROM users")', "SELECT {} FROM users"),
        ('sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(f"{prefix}users"))', 'SELECT 1 FROM "{}users"'),
        ('sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(row.table))', "SELECT 1 FROM {}"),
        ('"SELECT %(a)s FROM users" % {f"{a}": "id"}', "SELECT {} FROM users"),
        ('"SELECT 1" if x else "SELECT 1"', "SELECT 1"),
        ('("SELECT id "\n  # every user\n  "FROM users")', "SELECT id FROM users"),
        ('t"SELECT {1}"', "SELECT 1"),
        ('str("SELECT 1")', "SELECT 1"),
        ('(q := "SELECT 1")', "SELECT 1"),
    ],
)
def test_a_text_is_evaluated(expression: str, expected: str) -> None:
    assert sql(expression) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('q = "SELECT 1"', "SELECT 1"),
        ('q: str = "SELECT 1"\nq += " FROM users"', "SELECT 1 FROM users"),
        ('q = "SELECT 1"\nif x:\n    q += " FROM users"', "SELECT 1 FROM users | SELECT 1"),
        ('q = "SELECT 1"\nfor x in y:\n    q += " OR 1"', "SELECT 1 {}"),
        ('q = "SELECT 1"\nq = "SELECT 2"', "SELECT 2"),
        ('q = "SELECT 1"\nq = q + " FROM users"', "SELECT 1 FROM users"),
        ('if x:\n    q = "SELECT 1"\nelse:\n    q = "SELECT 2"', "SELECT 1 | SELECT 2"),
        ('def other():\n    q = "SELECT 2"\nq = "SELECT 1"', "SELECT 1"),
    ],
)
def test_a_name_is_what_was_bound_to_it_last(before: str, expected: str) -> None:
    assert sql("q", before) == expected


def test_the_text_of_an_identifier_lies_in_the_source() -> None:
    code = 'cur.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier("users")))'
    parts = query(code).text.parts
    characters = [
        (c, at)
        for part in parts
        if isinstance(part, LiteralPart)
        for c, at in zip(part.value, source_bytes(part), strict=True)
    ]
    assert [at for c, at in characters if c == "u"] == [code.index("users")]


def test_constants_keep_their_names_and_a_class_qualifies_its_own() -> None:
    code = 'class Repo:\n    FIND = "SELECT 1"\n    def find(self):\n        self.conn.execute(self.FIND)\n        self.conn.execute(FIND)\n'
    found = facts("import sqlite3\n" + code)
    assert [constant.name for constant in found.constants] == ["Repo.FIND"]
    assert [part.name for query in found.queries for part in query.text.parts if isinstance(part, NamePart)] == [
        "Repo.FIND",
        "FIND",
    ]


def test_bytes_are_no_text() -> None:
    assert all(isinstance(part, HolePart) for part in query('import sqlite3\nconn.execute(b"SELECT 1")').text.parts)
