"""What strings evaluate to, and from which bytes each character came."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart, NamePart
from tests.extract.javascript import PG, facts, queries, sources, texts


def text_of(expression: str, before: str = "") -> str:
    code = PG + "export function list(id: string) {\n" + before + f"\nreturn pool.query({expression});\n}}"
    return " | ".join(texts(code))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'SELECT 1'", "SELECT 1"),
        ('"SELECT \\"id\\""', 'SELECT "id"'),
        ("`SELECT 1`", "SELECT 1"),
        ("'SELECT ' + 'id' + ' FROM users'", "SELECT id FROM users"),
        ("('SELECT ' +\n  `id`)", "SELECT id"),
        ("`SELECT ${'id'}, ${10} FROM users`", "SELECT id, 10 FROM users"),
        ("`SELECT ${id} FROM users`", "SELECT {} FROM users"),
        ("'SELECT ' + id", "SELECT {}"),
        ("`SELECT id FROM users ${id ? 'WHERE id' : ''}`", "SELECT id FROM users WHERE id | SELECT id FROM users "),
        ("'SELECT \\x69\\u0064 \\u{1F600} \\ud83d\\ude00\\\nFROM'", "SELECT id 😀 😀FROM"),
        ("'SELECT \\t\\n\\'\\0\\q'", "SELECT \t\n'\0q"),
        ("String.raw`SELECT '\\n' ${id}`", "SELECT '\\n' {}"),
        ("`\n  SELECT 1\n`.trim()", "\n  SELECT 1\n"),
        ("['SELECT id', 'FROM users'].join(' ')", "SELECT id FROM users"),
        ("'SELECT id '.concat('FROM ', 'users')", "SELECT id FROM users"),
        ("`SELECT 1`.replace(/\\s+/g, ' ')", "SELECT 1"),
        ("dedent`SELECT 1`", "SELECT 1"),
        ("/* sql */ `SELECT 1`", "SELECT 1"),
        ("'SELECT 1' as string", "SELECT 1"),
        ("'SELECT é, ü'", "SELECT é, ü"),
    ],
)
def test_expression(expression: str, expected: str) -> None:
    assert text_of(expression) == expected


@pytest.mark.parametrize(
    ("before", "expression", "expected"),
    [
        ("const sql = 'SELECT 1';", "sql", "SELECT 1"),
        ("let sql = 'SELECT 1'; sql += ' WHERE';", "sql", "SELECT 1 WHERE"),
        ("let sql = 'SELECT 1'; if (id) { sql += ' WHERE'; }", "sql", "SELECT 1 WHERE | SELECT 1"),
        ("let sql = 'SELECT 1'; if (id) sql += ' WHERE';", "sql", "SELECT 1 WHERE | SELECT 1"),
        ("let sql = 'SELECT 1'; id && (sql += ' WHERE');", "sql", "SELECT 1 {}"),
        ("let sql = 'SELECT 1'; while (id) sql += ' WHERE';", "sql", "SELECT 1 {}"),
        ("let sql = 'SELECT 1'; try { sql += ' WHERE'; } catch {}", "sql", "SELECT 1 {}"),
        ("let sql = 'SELECT 1'; sql = sql + ' WHERE';", "sql", "SELECT 1 WHERE"),
        ("let sql = 'SELECT 1'; sql ||= ' WHERE';", "sql", "SELECT 1{}"),
        ("let sql = 'SELECT 1'; switch (id) { case '1': sql += ' WHERE'; }", "sql", "SELECT 1 WHERE | SELECT 1"),
        ("let sql; sql = 'SELECT 1';", "sql", "SELECT 1"),
        ("let sql = 'SELECT 1'; [id].forEach((x) => { sql += x; });", "sql", "SELECT 1{}"),
        ("let sql = 'SELECT 1'; if (id) sql = 'SELECT 2';", "sql", "SELECT 2 | SELECT 1"),
        ("if (id) { const sql = 'SELECT 2'; } const sql = 'SELECT 1';", "sql", "SELECT 1"),
        ("const lines = ['SELECT id']; lines.push(id);", "lines.join(' ')", "SELECT id{}"),
        ("const sql = { find: 'SELECT 1' };", "sql.find", "SELECT 1"),
        ("const { sql } = other;", "`SELECT ${sql}`", "SELECT {}"),
        (
            "const columns = ['id', 'email'];",
            "`SELECT ${columns.join(', ')} FROM users`",
            "SELECT id, email FROM users",
        ),
    ],
)
def test_names(before: str, expression: str, expected: str) -> None:
    assert text_of(expression, before) == expected


def test_a_name_means_the_innermost_block() -> None:
    code = (
        PG
        + """export function list(id) {
      const sql = 'SELECT 1';
      if (id) { const sql = 'SELECT 2'; pool.query(sql); }
      switch (id) { case 1: { const sql = 'SELECT 3'; pool.query(sql); } }
      pool.query(sql);
    }"""
    )
    assert texts(code, "javascript") == ["SELECT 2", "SELECT 3", "SELECT 1"]


def test_constants_of_the_file_are_names_with_a_constant() -> None:
    code = (
        PG
        + """const TABLE = 'users';
    const SQL = Object.freeze({ find: `SELECT id FROM ${TABLE}`, nested: { all: 'SELECT 2' } });
    enum Columns { Email = 'email' }
    class Repo { static COUNT = 'SELECT 3'; }
    function list() {
      pool.query(SQL.find); pool.query(SQL.nested.all); pool.query(Repo.COUNT); pool.query(`SELECT ${Columns.Email}`);
    }"""
    )
    found = facts(code)
    names = [part.name for query in found.queries for part in query.text.parts if isinstance(part, NamePart)]
    assert names == ["SQL.find", "SQL.nested.all", "Repo.COUNT", "Columns.Email"]
    constants = {constant.name: constant.text.skeleton for constant in found.constants}
    assert constants == {
        "TABLE": "users",
        "SQL.find": "SELECT id FROM users",
        "SQL.nested.all": "SELECT 2",
        "Columns.Email": "email",
        "Repo.COUNT": "SELECT 3",
    }


def test_fields_of_imports_are_constants_of_another_file() -> None:
    code = PG + "import { users } from './sql';\nimport * as orders from './sql';\nconst carts = require('./sql');\n"
    code += "function list(request) { pool.query(users.find); pool.query(orders.all); pool.query(carts.all); pool.query(request.sql); }"
    found = [part for query in queries(code) for part in query.text.parts]
    assert [part.name if isinstance(part, NamePart) else None for part in found] == [
        "users.find", "orders.all", "carts.all", None,
    ]  # fmt: skip


def test_a_shadowed_object_is_no_constant() -> None:
    code = PG + "const SQL = { find: 'SELECT 1' };\nfunction list(SQL) { pool.query(SQL.find); }"
    assert isinstance(queries(code, "javascript")[0].text.parts[0], HolePart)


def test_a_binding_tag_binds() -> None:
    code = "import SQL from 'sql-template-strings';\n" + PG + "pool.query(SQL`SELECT 1 FROM users WHERE id = ${id}`);"
    (query,) = queries(code)
    assert query.text.skeleton == "SELECT 1 FROM users WHERE id = $1"
    assert any(isinstance(part, BoundPart) for part in query.text.parts)
    assert query.arguments is not None
    assert len(query.arguments.values) == 1


_PLAIN = st.characters(exclude_characters="\\'\"`$\r\n\u2028\u2029", exclude_categories=("Cs", "Cc"))
_PIECES = st.one_of(
    _PLAIN.map(lambda character: (character, character)),
    st.sampled_from([("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\"), ("\\'", "'"), ('\\"', '"'), ("\\`", "`"), ("\\$", "$"), ("\\q", "q")]),
    st.integers(0, 255).map(lambda code: (f"\\x{code:02x}", chr(code))),
    st.integers(0x20, 0xD7FF).map(lambda code: (f"\\u{code:04X}", chr(code))),
    st.integers(0x20, 0xD7FF).map(lambda code: (f"\\u{{{code:x}}}", chr(code))),
    st.integers(0x10000, 0x10FFFF).map(lambda code: (f"\\u{{{code:x}}}", chr(code))),
    st.integers(0x10000, 0x10FFFF).map(lambda code: (_pair(code), chr(code))),
)  # fmt: skip


def _pair(code: int) -> str:
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + ((code - 0x10000) & 0x3FF):04x}"


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=30), st.sampled_from(["'", '"', "`"]))
def test_every_character_knows_its_bytes(pieces: list[tuple[str, str]], quote: str) -> None:
    # The text must begin like SQL to be a query at all; where the last escape ends, no later character says.
    literal = quote + "SELECT 1 " + "".join(written for written, _ in pieces) + " " + quote
    code = PG + f"pool.query({literal});"
    (query,) = queries(code)
    expected = [(c, c.encode()) for c in "SELECT 1 "] + [(value, written.encode()) for written, value in pieces]
    assert sources(query.text, code.encode()) == [*expected, (" ", b" ")]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_crash(content: bytes) -> None:
    for language in ("javascript", "typescript", "tsx"):
        facts(content, language)  # type: ignore[arg-type]
        facts(b"pool.query(`SELECT ${" + content, language, ("pg", "postgres", "sqlite3"))  # type: ignore[arg-type]


def test_line_continuation_and_line_ends() -> None:
    code = PG + "pool.query('SELECT \\\r\n1');\npool.query(`SELECT\r\n2`);"
    assert texts(code) == ["SELECT 1", "SELECT\n2"]


def test_doubling_names_end() -> None:
    lines = ["const a0 = 'SELECT ';"] + [f"const a{n + 1} = a{n} + a{n};" for n in range(60)]
    code = PG + "function list() {\n" + "\n".join(lines) + "\npool.query(a60);\n}"
    (query,) = queries(code)
    assert not all(isinstance(part, LiteralPart) for part in query.text.parts)
